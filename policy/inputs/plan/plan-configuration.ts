import { longestReferences } from "./longest-references";
import { modulePrefix, splitAddress, splitModules, withoutInstance, withoutKey } from "./module-address";
import { asBlock } from "./plan-shape";
import { Written } from "./written";
import type { Follow } from "./written";

type Block = Readonly<Record<string, unknown>>;

/** A module of the configuration. */
interface Module {
  /** Resources by address in the module, without keys: `aws_subnet.b`, `data.aws_vpc.c`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** Calls of other modules by name. */
  readonly calls: Block;
  readonly outputs: Block;
}

/** What in a reference stands for no resource that could be named. */
const OF_NO_RESOURCE: ReadonlySet<string> = new Set(["count", "path", "self", "terraform"]);

/** The configuration inside of a plan: which argument was made of what, followed through the modules. */
export class PlanConfiguration {
  private readonly root: unknown;
  private readonly modules = new Map<string, Module | undefined>();
  private readonly followed = new Map<string, readonly string[]>();
  private readonly instances = new Map<string, Set<string>>();

  /**
   * @param configuration `configuration` of the plan's JSON
   * @param addresses of all resources and data sources of the plan, keys of instances included
   */
  constructor(
    private readonly configuration: unknown,
    addresses: readonly string[],
  ) {
    this.root = asBlock(configuration)?.root_module;
    for (const address of addresses) {
      const base = withoutInstance(address);
      this.instances.set(base, (this.instances.get(base) ?? new Set()).add(address));
    }
  }

  /** What is written of a resource. */
  resource(address: string): Written {
    const [modules, rest] = splitModules(address);
    const config = this.module(modules)?.resources.get(rest.map(withoutKey).join("."));
    return new Written(config?.expressions, this.followerOf(modules, config, keyOf(rest.at(-1))));
  }

  /** What is written of an output of the root module. */
  output(name: string): Written {
    return new Written(asBlock(this.module([])?.outputs[name])?.expression, (reference) =>
      this.follow([], reference, ""),
    );
  }

  /** Configurations of providers of the root module, by name. */
  get providers(): readonly { readonly name: string; readonly expressions: Block; readonly written: Written }[] {
    return Object.values(asBlock(asBlock(this.configuration)?.provider_config) ?? {}).flatMap((config) => {
      const { name, module_address: inModule, expressions, alias } = asBlock(config) ?? {};
      if (typeof name !== "string" || inModule !== undefined) return [];
      const all = { ...asBlock(expressions), ...(alias === undefined ? {} : { alias: { constant_value: alias } }) };
      return [{ name, expressions: all, written: new Written(all, (reference) => this.follow([], reference, "")) }];
    });
  }

  /** How references in a resource or call are followed, of which one instance is looked at. */
  private followerOf(modules: readonly string[], of: Block | undefined, key: string): Follow {
    const each = asBlock(of?.for_each_expression)?.references;
    return (reference, picks) =>
      reference.startsWith("each.")
        ? this.followAll(modules, each, key)
        : this.follow(modules, reference, picks ? key : "");
  }

  private followAll(modules: readonly string[], references: unknown, key: string): readonly string[] {
    if (!Array.isArray(references)) return [];
    const texts = references.filter((one) => typeof one === "string");
    return longestReferences(texts).flatMap((one) => this.follow(modules, one, key));
  }

  /**
   * Resources that a reference inside of a module comes from; in a circle, which Terraform refuses, there are none.
   *
   * @param key of the instance that is meant where the reference names none, e.g. `[0]`; empty for all
   */
  private follow(modules: readonly string[], reference: string, key: string): readonly string[] {
    const question = `${modulePrefix(modules)}${reference} ${key}`;
    const known = this.followed.get(question);
    if (known) return known;
    this.followed.set(question, []);
    const found = [...new Set(this.step(modules, reference, key))];
    this.followed.set(question, found);
    return found;
  }

  private step(modules: readonly string[], reference: string, key: string): readonly string[] {
    const [first = "", second = "", third] = splitAddress(reference);
    if (OF_NO_RESOURCE.has(first)) return [];
    if (first === "local") return [`${modulePrefix(modules)}${reference}`];
    if (first === "var") return modules.length === 0 ? [`var.${second}`] : this.argumentOf(modules, second);
    if (first !== "module") return this.instancesOf(modules, reference, key);
    if (third === undefined) return [];
    const inner = [...modules, second];
    const output = asBlock(asBlock(this.module(inner)?.outputs[withoutKey(third)])?.expression);
    return this.followAll(inner, output?.references, "");
  }

  /** What the caller of a module gives to one of its variables. */
  private argumentOf(modules: readonly string[], variable: string): readonly string[] {
    const caller = modules.slice(0, -1);
    const call = asBlock(this.module(caller)?.calls[withoutKey(modules.at(-1) ?? "")]);
    const given = asBlock(call?.expressions)?.[withoutKey(variable)];
    return new Written(given, this.followerOf(caller, call, keyOf(modules.at(-1)))).references;
  }

  /** A reference to a resource with many instances, of which it names none, means the one with the key, or all of them. */
  private instancesOf(modules: readonly string[], reference: string, key: string): readonly string[] {
    const prefix = modulePrefix(modules);
    const parts = splitAddress(reference);
    const length = parts[0] === "data" ? 3 : 2;
    const address = `${prefix}${parts.slice(0, length).join(".")}`;
    const rest = parts
      .slice(length)
      .map((part) => `.${part}`)
      .join("");
    const instances = this.instances.get(withoutInstance(address));
    if (!instances || instances.has(address)) return [`${address}${rest}`];
    if (instances.has(`${address}${key}`)) return [`${address}${key}${rest}`];
    return [...instances].map((instance) => `${instance}${rest}`);
  }

  private module(modules: readonly string[]): Module | undefined {
    const names = modules.map(withoutKey);
    const key = names.join(".");
    if (!this.modules.has(key)) {
      const found = names.reduce<unknown>(
        (module, name) => asBlock(asBlock(asBlock(module)?.module_calls)?.[name])?.module,
        this.root,
      );
      this.modules.set(key, readModule(found));
    }
    return this.modules.get(key);
  }
}

function readModule(module: unknown): Module | undefined {
  const { resources, module_calls: calls, outputs } = asBlock(module) ?? {};
  if (asBlock(module) === undefined) return undefined;
  const found = (Array.isArray(resources) ? (resources as unknown[]) : []).flatMap((entry) => {
    const resource = asBlock(entry);
    return resource && typeof resource.address === "string" ? [[resource.address, resource] as const] : [];
  });
  return { resources: new Map(found), calls: asBlock(calls) ?? {}, outputs: asBlock(outputs) ?? {} };
}

/** The key of an instance in its name: `[0]` of `b[0]`; empty when it has none. */
function keyOf(name = ""): string {
  return name.slice(withoutKey(name).length);
}
