import type { EnvironmentFacts } from "../../../policy/engine/context";
import type { Stage } from "../../../policy/engine/stage";
import type { Thresholds } from "../../../policy/engine/thresholds";

/** A block whose arguments can be changed. */
export type Block = Record<string, unknown>;

/** Terraform's JSON, open to changes. */
export interface MutableTerraformJson {
  resource?: Record<string, Record<string, Block>>;
  data?: Record<string, Record<string, Block>>;
  [block: string]: unknown;
}

/** An environment that keeps every rule, open to changes. */
export interface CompliantEnvironment {
  /** By id, e.g. `atlas-prod-data`; what our own lack is in `atlas-<stage>-complement`. */
  readonly stacks: Record<string, MutableTerraformJson>;
  /** As rendered from these stacks; a change of a stack does not reach them. */
  readonly objects: Block[];
  /** `resource_changes` of a plan of the complement. */
  readonly changes: Block[];
  /** `resource_drift` of that plan. */
  readonly drift: Block[];
  readonly stage: Stage;
  readonly environment: { -readonly [Fact in keyof EnvironmentFacts]: EnvironmentFacts[Fact] };
  readonly thresholds: { -readonly [Limit in keyof Thresholds]: Thresholds[Limit] };
}

/** One attribute of a compliant environment broken, which exactly one rule must find. */
export interface Mutant {
  /** Id of the rule, e.g. `FD-EKS-001`. */
  readonly rule: string;
  /** What is done, as a fact: `the endpoint is opened`. */
  readonly what: string;
  /** @default "prod" */
  readonly stage?: Stage;
  /**
   * What has to be so before, without which the rule has nothing to say: what it leads to is not counted.
   * @default - nothing
   */
  given?(environment: CompliantEnvironment): void;
  change(environment: CompliantEnvironment): void;
}

/** What our own environments lack, in a shape that keeps every rule of every family. */
export interface Complement {
  readonly terraform?: MutableTerraformJson;
  readonly objects?: readonly Block[];
  readonly changes?: readonly Block[];
}

/** A resource that can be changed. The first of its type whose name holds `name`, in the order of the stacks. */
export function resourceOf({ stacks }: CompliantEnvironment, type: string, name = ""): Block {
  const found = Object.values(stacks)
    .flatMap(({ resource }) => Object.entries(resource?.[type] ?? {}))
    .find(([key]) => key.includes(name));
  if (!found) throw new Error(`the environment has no ${type} whose name holds "${name}"`);
  return found[1];
}

/** A Kubernetes object that can be changed: the first of its kind whose name holds `name`. */
export function objectOf({ objects }: CompliantEnvironment, kind: string, name = ""): Block {
  const found = objects.find((object) => object.kind === kind && String(at(object, "metadata.name")).includes(name));
  if (!found) throw new Error(`the environment has no ${kind} whose name holds "${name}"`);
  return found;
}

/** A planned change that can be changed: the first of the type whose address holds `address`. */
export function changeOf({ changes }: CompliantEnvironment, type: string, address = ""): Block {
  const found = changes.find((change) => change.type === type && String(change.address).includes(address));
  if (!found) throw new Error(`the environment plans no ${type} whose address holds "${address}"`);
  return found;
}

/** Takes the first resource of a type whose name holds `name` out of its stack. */
export function removeResource({ stacks }: CompliantEnvironment, type: string, name = ""): void {
  for (const { resource } of Object.values(stacks)) {
    const named = resource?.[type] ?? {};
    const key = Object.keys(named).find((one) => one.includes(name));
    if (key === undefined) continue;
    Reflect.deleteProperty(named, key);
    return;
  }
  throw new Error(`the environment has no ${type} whose name holds "${name}"`);
}

/** What stands at a path; of lists of blocks the element at a number, or else the first. */
export function at(block: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (entered(value, name) as Block | undefined)?.[name], block);
}

/**
 * Puts a value at a path; blocks on the way are made where they lack. `undefined` takes away what is there.
 *
 * @example
 * put(resourceOf(environment, "aws_eks_cluster"), "vpc_config.endpoint_public_access", true);
 */
export function put(block: Block, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop()!;
  const holder = names.reduce<Block>((inner, name) => {
    const there = entered(inner, name) as Block;
    there[name] ??= {};
    return there[name] as Block;
  }, block);
  const target = entered(holder, last) as Block;
  if (value === undefined) Reflect.deleteProperty(target, last);
  else target[last] = value;
}

/** A list of blocks stands for its first one, unless a number says which. */
function entered(value: unknown, name: string): unknown {
  return Array.isArray(value) && !/^\d+$/.test(name) ? (value as unknown[])[0] : value;
}
