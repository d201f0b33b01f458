import { orderByNeeds } from "../engine/circles";
import { referencesWithin } from "../engine/expressions/evaluate";
import { readReference } from "../engine/references";
import { Resource } from "../engine/subject";
import type { Stack } from "../engine/subject";
import { Value } from "../engine/value";
import { firstProblems } from "./first-problems";
import { InputError } from "./input-error";
import { parseJson } from "./parse-json";
import { ArgumentReader, isEmpty } from "./terraform/argument-reader";
import { BlockReader, isObject, show } from "./terraform/block-reader";
import type { Block } from "./terraform/block-reader";
import { readMetadata } from "./terraform/cdktf-metadata";
import { ModuleScope } from "./terraform/module-scope";

/** Where Terraform's JSON comes from. */
export interface TerraformSource {
  /** Id of the stack, e.g. `atlas-prod-data`; for what is of no stack the name of the file or folder. */
  readonly stack: string;
  /**
   * Name of the file in messages.
   * @default - messages name the stack
   */
  readonly file?: string;
  /**
   * Absolute path of the project: places in the source of a resource are relative to it.
   * @default - resources have no places in the source
   */
  readonly root?: string;
}

/**
 * Reads one file of Terraform's JSON syntax, a `cdk.tf.json` or one of any author, as a module of its own.
 *
 * Expressions become literals where they are plain: variables with a default, locals, conditions and operators over them.
 * Every other string with an expression becomes an `Unresolved`, and so does a block that `dynamic` makes. With `count` or
 * `for_each` one resource stands for all its instances; where these are known to be none, it is left out and named in
 * `unjudged`.
 *
 * @throws {InputError} when it is no JSON, nothing of Terraform's, holds tokens of CDKTF, or goes in a circle
 */
export function readTerraformJson(text: string, source: TerraformSource): Stack {
  return readTerraformModule([{ text, file: source.file ?? source.stack }], source);
}

/**
 * Reads the files of one folder, which Terraform takes for one module: each may refer to what another defines. Values of its
 * variables, where they are handed in, stand in place of their defaults. Otherwise as {@link readTerraformJson}.
 *
 * @throws {InputError}
 */
export function readTerraformModule(
  files: readonly { readonly text: string; readonly file: string }[],
  source: Pick<TerraformSource, "stack" | "root"> & {
    readonly values?: readonly { readonly text: string; readonly file: string }[];
  },
): Stack {
  const blocks = new BlockReader(files.map(({ text, file }) => ({ file, json: parseJson(text, file) })));
  refuse(blocks.problems);
  const values = new Map((source.values ?? []).flatMap(({ text, file }) => readValues(text, file)));
  return new ModuleReader(blocks, source, values).read();
}

function readValues(text: string, file: string): readonly (readonly [string, unknown])[] {
  const values = parseJson(text, file);
  if (isObject(values)) return Object.entries(values);
  throw new InputError([`${file}: must be an object of values by variable, got ${show(values)}`]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(firstProblems(problems));
}

class ModuleReader {
  private readonly scope: ModuleScope;
  private readonly problems: string[] = [];
  private readonly unjudged: string[];

  constructor(
    private readonly blocks: BlockReader,
    private readonly source: Pick<TerraformSource, "stack" | "root">,
    values: ReadonlyMap<string, unknown>,
  ) {
    this.scope = new ModuleScope(blocks.of("variable"), blocks.of("locals"), values);
    refuse(this.scope.problems);
    this.unjudged = [...blocks.strangers];
  }

  read(): Stack {
    const resources = [
      ...this.blocks.of("resource").flatMap((block) => this.resource(block, "managed")),
      ...this.blocks.of("data").flatMap((block) => this.resource(block, "data")),
    ];
    const outputs = Object.fromEntries(this.blocks.of("output").map((block) => this.output(block)));
    const providers = this.providers();
    const backend = this.backend();
    const requiredProviders = this.requiredProviders();
    this.refuseCircles(resources);
    refuse(this.problems);
    const modules = this.blocks
      .of("module")
      .map(({ labels: [name] }) => `module "${name}": its resources lie elsewhere and were not judged`);
    const unjudged = [...new Set([...this.unjudged, ...this.scope.unjudged, ...modules])];
    return {
      id: this.source.stack,
      resources,
      outputs,
      providers,
      unjudged,
      ...(backend && { backend }),
      ...(requiredProviders && { requiredProviders }),
    };
  }

  private resource({ file, labels: [type = "", name = ""], body }: Block, mode: Resource["mode"]): readonly Resource[] {
    const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    const { "//": comment, depends_on: needs, lifecycle, provider, ...rest } = body;
    const made = this.arguments({ file, address }, { count: rest.count, for_each: rest.for_each });
    if (isEmpty(made.count) || isEmpty(made.for_each)) {
      this.unjudged.push(`${address}: there is none of it, by its \`${isEmpty(made.count) ? "count" : "for_each"}\``);
      return [];
    }
    const values = this.arguments({ file, address }, rest, referencesWithin(made.for_each));
    const literal = {
      ...(needs !== undefined && { depends_on: addressesIn(needs) }),
      ...(lifecycle !== undefined && { lifecycle }),
      ...(provider !== undefined && { provider }),
    };
    const place = { stack: this.source.stack, address, ...readMetadata(comment, this.source.root) };
    return [new Resource(place, mode, type, name, { ...values, ...literal })];
  }

  private arguments(
    place: { readonly file: string; readonly address: string },
    body: Readonly<Record<string, unknown>>,
    each: readonly string[] = [],
  ): Readonly<Record<string, unknown>> {
    const reader = new ArgumentReader(place);
    const values = reader.block(body, this.scope.withEach(each));
    for (const problem of reader.problems) this.problems.push(problem);
    for (const message of reader.unjudged) this.unjudged.push(message);
    return values;
  }

  private output({ file, labels: [name = ""], body }: Block): readonly [string, Value] {
    const { value } = this.arguments({ file, address: `output.${name}` }, { value: body.value });
    return [name, new Value(this.source.stack, `output.${name}`, value)];
  }

  private providers(): Readonly<Record<string, readonly Value[]>> {
    const providers = new Map<string, Value[]>();
    for (const {
      file,
      labels: [name = ""],
      body,
    } of this.blocks.of("provider")) {
      const { "//": _comment, ...rest } = body;
      const values = this.arguments({ file, address: `provider.${name}` }, rest);
      const all = providers.get(name) ?? [];
      all.push(new Value(this.source.stack, "", values));
      providers.set(name, all);
    }
    return Object.fromEntries(providers);
  }

  /** Terraform allows one, and no expressions in it. */
  private backend(): Stack["backend"] {
    for (const { body } of this.blocks.of("terraform")) {
      const [block] = [body.backend].flat();
      const [type, values] = isObject(block) ? (Object.entries(block)[0] ?? []) : [];
      const [inner] = [values].flat();
      if (type !== undefined) return { type, values: isObject(inner) ? inner : {} };
      const [cloud] = [body.cloud].flat();
      if (isObject(cloud)) return { type: "cloud", values: cloud };
    }
    return undefined;
  }

  /** Terraform merges the blocks of all files, and allows no expressions in them. */
  private requiredProviders(): Stack["requiredProviders"] {
    const blocks = this.blocks.of("terraform").flatMap(({ body }) => [body.required_providers].flat().filter(isObject));
    return blocks.length === 0 ? undefined : Object.fromEntries(blocks.flatMap((block) => Object.entries(block)));
  }

  private refuseCircles(resources: readonly Resource[]): void {
    const needs = new Map(resources.map(({ address, values }) => [address, needsOf(values)]));
    for (const circle of orderByNeeds(needs).circles) {
      const names = circle.map((address) => `\`${address}\``).join(", ");
      this.problems.push(
        `${this.source.stack}: resources must not need themselves, nor each other in a circle: ${names}`,
      );
    }
  }
}

function needsOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  const direct = Array.isArray(values.depends_on) ? values.depends_on.filter((one) => typeof one === "string") : [];
  return [...referencesWithin(values), ...direct].flatMap((reference) => readReference(reference)?.address ?? []);
}

/** Addresses are written plainly, and were written as templates before Terraform 0.12. */
function addressesIn(needs: unknown): unknown {
  if (!Array.isArray(needs)) return needs;
  return needs.map((need: unknown) => (typeof need === "string" ? need.replace(/^\$\{(.*)\}$/, "$1") : need));
}
