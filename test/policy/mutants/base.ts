import { buildGraph } from "../../../policy/engine/build-graph";
import type { EnvironmentFacts } from "../../../policy/engine/context";
import type { Stage } from "../../../policy/engine/stage";
import { judge } from "../../../policy/engine/judge";
import type { Finding } from "../../../policy/engine/result";
import type { Rule } from "../../../policy/engine/rule";
import type { KubernetesObject, Stack } from "../../../policy/engine/subject";
import { STAGE_THRESHOLDS } from "../../../policy/engine/thresholds";
import { addressOf } from "../../../policy/inputs/kubernetes-yaml";
import { readPlan } from "../../../policy/inputs/plan-json";
import { toKubernetesObject } from "../../../policy/inputs/rendered-objects";
import { readTerraformJson } from "../../../policy/inputs/terraform-json";
import { EXAMPLE_DAY } from "../../../policy/run/judge-example";
import { renderStacks } from "../../../rendering";
import type { RenderedObject } from "../../../rendering";
import { allEnvironments, environment, synthesizePlatforms } from "../../support/platform";
import { gather } from "./gather";
import type { Block, CompliantEnvironment, Complement, Mutant, MutableTerraformJson } from "./mutant";

/** An environment as it is before anything of it is broken. */
class BaseEnvironment {
  private readonly stackTexts: ReadonlyMap<string, string>;
  private readonly objectTexts: readonly string[];
  private readonly changeText: string;
  private readonly facts: EnvironmentFacts;
  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly objects: readonly KubernetesObject[];
  private found?: readonly Finding[];

  constructor(
    readonly stage: Stage,
    private readonly rules: readonly Rule[],
    given: {
      readonly texts: Readonly<Record<string, string>>;
      readonly rendered: readonly RenderedObject[];
      readonly complement: Required<Complement>;
    },
  ) {
    const { texts, rendered, complement } = given;
    const text = JSON.stringify({ ...skeletonOf(texts[`atlas-${stage}-data`]!), ...complement.terraform });
    this.stackTexts = new Map([...Object.entries(texts), [this.complementId, text]]);
    this.stacks = new Map([...this.stackTexts].map(([id, json]) => [id, readTerraformJson(json, { stack: id })]));
    const objects = rendered.map(({ object, stack, address, references }) =>
      toKubernetesObject(object, { stack, address }, references),
    );
    // Those of the complement come first: a mutant means them unless it names another.
    this.objects = [...complement.objects.map((object) => this.toObject(object)), ...objects];
    this.objectTexts = [...complement.objects, ...rendered.map(({ object }) => object)].map((one) =>
      JSON.stringify(one),
    );
    this.changeText = JSON.stringify(complement.changes);
    this.facts = factsOf(stage);
  }

  /** What the rules find in it unbroken. */
  get findings(): readonly Finding[] {
    this.found ??= this.judge(this.copy());
    return this.found;
  }

  /** What the rules find once a change has been made. */
  findingsOf(change: Mutant["change"]): readonly Finding[] {
    const copy = this.copy();
    change(copy);
    return this.judge(copy);
  }

  /** Id of the stack with everything that our own stacks lack. */
  get complementId(): string {
    return `atlas-${this.stage}-complement`;
  }

  private copy(): CompliantEnvironment {
    const parsed = [...this.stackTexts].map(([id, text]) => [id, JSON.parse(text) as MutableTerraformJson] as const);
    return {
      stacks: Object.fromEntries(parsed),
      objects: this.objectTexts.map((text) => JSON.parse(text) as Block),
      changes: JSON.parse(this.changeText) as Block[],
      drift: [],
      stage: this.stage,
      environment: { ...this.facts, others: [...this.facts.others] },
      thresholds: { ...STAGE_THRESHOLDS[this.stage] },
    };
  }

  /** Only what was changed is read again. */
  private judge(copy: CompliantEnvironment): readonly Finding[] {
    const stacks = Object.entries(copy.stacks).map(([id, json]) => {
      const text = JSON.stringify(json);
      const known = text === this.stackTexts.get(id) ? this.stacks.get(id) : undefined;
      return known ?? readTerraformJson(text, { stack: id });
    });
    const known = new Map(this.objectTexts.map((text, index) => [text, this.objects[index]!]));
    const objects = copy.objects.map((object) => known.get(JSON.stringify(object)) ?? this.toObject(object));
    const plan = { format_version: "1.2", resource_changes: copy.changes, resource_drift: copy.drift };
    const { changes } = readPlan(JSON.stringify(plan), { stack: this.complementId });
    const { environment: facts, thresholds } = copy;
    const graph = buildGraph({ stacks, objects, changes });
    return judge(this.rules, { graph, environment: facts, thresholds, today: EXAMPLE_DAY }).findings;
  }

  private toObject(object: Block): KubernetesObject {
    return toKubernetesObject(object, { stack: this.complementId, address: addressOf(object) });
  }
}

/** The environments `atlas/<stage>`, each synthesised and rendered once, with what the complements hold put to them. */
export class BaseEnvironments {
  private readonly loaded = new Map<Stage, BaseEnvironment>();

  constructor(private readonly rules: readonly Rule[]) {}

  async load(stage: Stage): Promise<void> {
    const { texts } = synthesizePlatforms([environment(`atlas/${stage}`)]);
    const stacks = Object.entries(texts).map(([id, json]) => ({
      id,
      layer: id.split("-").at(-1)!,
      json: compact(json),
    }));
    const { objects: rendered } = await renderStacks(stacks);
    const given = { texts: Object.fromEntries(stacks.map(({ id, json }) => [id, json])), rendered };
    this.loaded.set(stage, new BaseEnvironment(stage, this.rules, { ...given, complement: complements() }));
  }

  /** One that was loaded. */
  of(stage: Stage): BaseEnvironment {
    const found = this.loaded.get(stage);
    if (!found) throw new Error(`atlas/${stage} was not loaded`);
    return found;
  }
}

function complements(): Required<Complement> {
  const all = [...gather<Complement>("compliant", "compliant").values()];
  return {
    terraform: all.reduce<MutableTerraformJson>((merged, { terraform = {} }) => merge(merged, terraform, 0), {}),
    objects: all.flatMap(({ objects = [] }) => objects),
    changes: all.flatMap(({ changes = [] }) => changes),
  };
}

const DEPTH_OF_RESOURCES = 3;

/** Puts blocks together; two families that define one resource are told so. */
function merge(one: Block, other: Block, depth: number): Block {
  const merged = { ...one };
  for (const [name, value] of Object.entries(other)) {
    if (depth === DEPTH_OF_RESOURCES - 1 && name in merged) throw new Error(`two complements define ${name}`);
    const inner = merged[name];
    merged[name] = inner === undefined ? value : merge(inner as Block, value as Block, depth + 1);
  }
  return merged;
}

/** Backend and providers of a stack, for another one beside it. */
function skeletonOf(text: string): Block {
  const { terraform, provider } = JSON.parse(text.replaceAll(/(?<=[-/])data\b/g, "complement")) as Block;
  return { terraform, provider };
}

/** The text as `JSON.stringify` writes it, so that texts can be compared. */
function compact(json: string): string {
  return JSON.stringify(JSON.parse(json));
}

function factsOf(stage: Stage): EnvironmentFacts {
  const { project, account, region } = environment(`atlas/${stage}`);
  const others = allEnvironments()
    .filter((other) => other.project !== project || other.stage !== stage)
    .map((other) => ({ project: other.project, stage: other.stage, account: other.account }));
  return { stage, project, account, region, others };
}
