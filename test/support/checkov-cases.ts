import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildGraph } from "../../policy/engine/build-graph";
import type { RuleContext } from "../../policy/engine/context";
import type { Stage } from "../../policy/engine/stage";
import type { Example, Rule } from "../../policy/engine/rule";
import { Resource } from "../../policy/engine/subject";
import type { KubernetesObject } from "../../policy/engine/subject";
import { STAGE_THRESHOLDS } from "../../policy/engine/thresholds";
import { addressOf } from "../../policy/inputs/kubernetes-yaml";
import { toKubernetesObject } from "../../policy/inputs/rendered-objects";
import { readTerraformJson } from "../../policy/inputs/terraform-json";
import { contextOf, EXAMPLE_DAY } from "../../policy/run/judge-example";
import { BaseEnvironments } from "../policy/mutants/base";
import { mutantsByFamily } from "../policy/mutants/families";
import type { CompliantEnvironment, Mutant, MutableTerraformJson } from "../policy/mutants/mutant";
import { policiesIn } from "./checkov-policies";
import { SPECIMENS } from "./checkov-specimens";
import { surroundingsOf } from "./checkov-surroundings";

/** Where a case comes from: an environment of ours, one with one attribute broken, the example of a rule, or a specimen. */
export type Origin = "environment" | "mutant" | "example" | "specimen";

/** One input that both judge. */
export interface Case {
  /** Its folder: `prod`, `mutant-17`, `example-FD-S3-001-failing`. */
  readonly id: string;
  readonly origin: Origin;
  /** What it shows, for people. */
  readonly what: string;
  readonly context: RuleContext;
  /** What its files `<number>.json` hold: of a mutant only what it changes. */
  readonly objects: readonly KubernetesObject[];
  /** The resource or data source that is written in a stack, by its name with or without its type, and its line. */
  readonly resources: (stack: string, name: string, line: number) => Resource | undefined;
  /** What it was made of, which says the same about everything that the change does not touch. */
  readonly base?: Case;
  /**
   * Resources that the change may have made a difference to, as `<stack> <address>`.
   * @default - all of them
   */
  readonly touched?: ReadonlySet<string>;
}

const STAGES: readonly Stage[] = ["dev", "staging", "prod"];

/** Collects everything that rules with a counterpart in checkov are compared on, and writes it for checkov. */
export class Cases {
  readonly all: Case[] = [];
  private readonly bases = new BaseEnvironments([]);
  private readonly texts = new Map<string, ReadonlyMap<string, string>>();
  private readonly environments = new Map<Stage, Case>();

  /**
   * @param folder where stacks are written to, as `terraform/<origin>/<case>/<stack>/cdk.tf.json`, the policies in them once
   * more, as `policies/<case>/<stack>/policies.tf`, and objects, as `objects/<case>/<number>.json`
   */
  constructor(
    private readonly folder: string,
    private readonly rules: readonly Rule[],
  ) {}

  async collect(): Promise<void> {
    for (const stage of STAGES) {
      await this.bases.load(stage);
      this.environments.set(stage, this.add(stage, "environment", `atlas/${stage}`, this.changed(stage)));
    }
    const mapped = new Set(this.rules.map(({ id }) => id));
    const mutants = [...mutantsByFamily().values()].flat().filter(({ rule }) => mapped.has(rule));
    mutants.forEach((mutant, index) => this.addMutant(mutant, index));
    for (const rule of this.rules) this.addExamples(rule);
    for (const [name, specimen] of Object.entries(SPECIMENS))
      this.addExample(`specimen-${name}`, "specimen", name, specimen);
  }

  private addMutant(mutant: Mutant, index: number): void {
    const { rule, what, stage = "prod" } = mutant;
    this.add(
      `mutant-${index}`,
      "mutant",
      `${rule}: ${what}`,
      this.changed(stage, mutant),
      this.environments.get(stage),
    );
  }

  private addExamples({ id, examples }: Rule): void {
    for (const [kind, example] of Object.entries(examples)) {
      const { terraform, stacks, objects }: Example = example;
      if (terraform ?? stacks ?? objects)
        this.addExample(`example-${id}-${kind}`, "example", `${id}: ${kind}`, example);
    }
  }

  private addExample(id: string, origin: Origin, what: string, example: Example): void {
    const { terraform, stacks, objects = [] } = example;
    const context = contextOf(example);
    const written = { ...(terraform && { [`atlas-${context.environment.stage}-example`]: terraform }), ...stacks };
    const texts = new Map(Object.entries(written).map(([stack, json]) => [stack, printed(json)]));
    this.take({ id, origin, what, context }, texts, objects.map(printed), context.graph.objects);
  }

  /** The environment of a stage, as a mutant leaves it. */
  private changed(stage: Stage, mutant?: Mutant): CompliantEnvironment {
    const taken: CompliantEnvironment[] = [];
    this.bases.of(stage).findingsOf((environment) => {
      mutant?.given?.(environment);
      mutant?.change(environment);
      taken.push(environment);
    });
    return taken[0]!;
  }

  private add(id: string, origin: Origin, what: string, environment: CompliantEnvironment, base?: Case): Case {
    const context = contextIn(environment);
    const before = base && this.texts.get(base.id);
    const texts = Object.entries(environment.stacks).map(([stack, json]) => [stack, printed(json)] as const);
    const objects = environment.objects.map(
      (object, index) => [printed(object), context.graph.objects[index]!] as const,
    );
    if (!base) this.texts.set(id, new Map([...texts, ...objects.map(([text]) => [text, text] as const)]));
    const fresh = objects.filter(([text]) => !before?.has(text));
    const changes = texts.filter(([stack, text]) => before?.get(stack) !== text);
    const surroundings = changes.map(([stack]) => {
      const earlier = JSON.parse(before?.get(stack) ?? "{}") as MutableTerraformJson;
      return [stack, surroundingsOf(environment.stacks[stack]!, earlier)] as const;
    });
    const touched = surroundings.flatMap(([stack, part]) => [...part.touched].map((address) => `${stack} ${address}`));
    return this.take(
      { id, origin, what, context, ...(base && { base, touched: new Set(touched) }) },
      new Map(surroundings.map(([stack, { json }]) => [stack, printed(json)])),
      fresh.map(([text]) => text),
      fresh.map(([, object]) => object),
    );
  }

  private take(
    about: Omit<Case, "objects" | "resources">,
    stacks: ReadonlyMap<string, string>,
    texts: readonly string[],
    objects: readonly KubernetesObject[],
  ): Case {
    const { id, origin, context } = about;
    for (const [stack, text] of stacks) {
      put(join(this.folder, "terraform", origin, id, stack, "cdk.tf.json"), text);
      this.putPolicies(about, stack, text);
    }
    texts.forEach((text, index) => put(join(this.folder, "objects", id, `${index}.json`), text));
    const made = { ...about, objects, resources: resourcesIn(context, stacks) };
    this.all.push(made);
    return made;
  }

  /** Of a mutant only those that it changes. */
  private putPolicies({ id, base }: Omit<Case, "objects" | "resources">, stack: string, text: string): void {
    const before = base && this.texts.get(base.id)?.get(stack);
    const known = new Set(before === undefined ? [] : policiesIn(before));
    const fresh = policiesIn(text).filter((policy) => !known.has(policy));
    if (fresh.length > 0) put(join(this.folder, "policies", id, stack, "policies.tf"), fresh.join("\n"));
  }
}

function printed(json: unknown): string {
  return JSON.stringify(json, null, 2);
}

/** Finds resources as checkov names them: checks by attribute leave the type out, so that the line has to tell, as for secrets. */
function resourcesIn({ graph }: RuleContext, stacks: ReadonlyMap<string, string>): Case["resources"] {
  const addresses = new Map([...stacks].map(([stack, text]) => [stack, addressesByLine(text)]));
  return (stack, name, line) => {
    const all = graph.stacks.find(({ id }) => id === stack)?.resources ?? [];
    const address = addresses.get(stack)?.[line - 1];
    const provider = [name, address].find((one) => one?.startsWith("provider."));
    if (provider !== undefined) return providerOf(stack, provider);
    return all.find((one) => one.address === name) ?? all.find((one) => one.address === address);
  };
}

function providerOf(stack: string, address: string): Resource {
  return new Resource({ stack, address }, "managed", "provider", "provider", {});
}

/** The address that each line of JSON is of, which is indented by two. */
function addressesByLine(text: string): readonly string[] {
  const open: string[] = [];
  return text.split("\n").map((line) => {
    const [, indent = "", key] = /^( {2,6})"([^"]+)": /.exec(line) ?? [];
    if (key !== undefined) open.splice(indent.length / 2 - 1, Infinity, key);
    const [block, type, name] = open;
    if (block === "provider") return `provider.${type}`;
    return block === "data" ? `data.${type}.${name}` : `${type}.${name}`;
  });
}

function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function contextIn({ stacks, objects, stage, environment }: CompliantEnvironment): RuleContext {
  const stack = `atlas-${stage}-complement`;
  const graph = buildGraph({
    stacks: Object.entries(stacks).map(([id, json]) => readTerraformJson(JSON.stringify(json), { stack: id })),
    objects: objects.map((object) => toKubernetesObject(object, { stack, address: addressOf(object) })),
    changes: [],
  });
  return { graph, environment, thresholds: STAGE_THRESHOLDS[stage], today: EXAMPLE_DAY };
}
