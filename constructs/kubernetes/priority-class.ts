import { PriorityClassV1 } from "@cdktf/provider-kubernetes/lib/priority-class-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import { checkObjectName } from "./private/metadata";
import { onlyOne } from "./private/only-one";

/** A rank among pods. */
export interface IPriorityClass extends IConstruct {
  /** Name by which pods ask for it. */
  readonly priorityClassName: string;
  /** The class itself, for what must wait until it stands; undefined when it is defined elsewhere. */
  readonly resource: ITerraformDependable | undefined;
}

/** What a `PriorityClass` is made of. */
export interface PriorityClassProps {
  /** Name: a DNS subdomain that does not start with `system-`, which Kubernetes keeps for itself. */
  readonly name: string;
  /**
   * Rank, −2147483648 to 1000000000; pods without a class have 0. It cannot be changed: another value makes the class anew.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
   */
  readonly value: number;
  /** What belongs there, as a sentence. */
  readonly description: string;
  /**
   * Whether pods without a class get this one. One class of a cluster at most.
   *
   * @default false
   */
  readonly globalDefault?: boolean;
  /**
   * Whether pods of lower rank are ended to make room, or the pod waits at the head of the queue.
   *
   * @default true
   */
  readonly preempts?: boolean;
}

/**
 * A rank among pods: who is started first, and who is ended to make room, when nodes are full.
 *
 * @example
 * const training = new PriorityClass(this, "Training", {
 *   name: "training",
 *   value: 1000,
 *   description: "Training jobs: they wait for nodes and end nobody else",
 *   preempts: false,
 * });
 */
export class PriorityClass extends Construct implements IPriorityClass {
  /**
   * A class that is defined elsewhere, as `system-cluster-critical` is.
   *
   * @throws ValidationError `INVALID_PRIORITY_CLASS_NAME`
   */
  static fromPriorityClassName(scope: Construct, id: string, priorityClassName: string): IPriorityClass {
    return new ImportedPriorityClass(scope, id, priorityClassName);
  }

  readonly priorityClassName: string;
  readonly resource: PriorityClassV1;
  private readonly globalDefault: boolean;

  /** @throws ValidationError `INVALID_PRIORITY_CLASS_PROPS` */
  constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, id);
    const { name, value, description, globalDefault = false, preempts = true } = props;
    this.globalDefault = globalDefault;

    this.validateProps(props);
    const isDefault = (other: unknown): other is PriorityClass => other instanceof PriorityClass && other.globalDefault;
    if (globalDefault) onlyOne<PriorityClass>(this, isDefault, "priority class that is the default");

    this.resource = new PriorityClassV1(this, "Resource", {
      metadata: { name },
      value,
      description,
      globalDefault,
      preemptionPolicy: preempts ? "PreemptLowerPriority" : "Never",
    });
    this.priorityClassName = name;
  }

  private validateProps({ name, value, description }: PriorityClassProps): void {
    const checks = new PropChecks(this, "INVALID_PRIORITY_CLASS_PROPS");
    checkObjectName(checks, "name", name);
    const own = "must not start with system-, which Kubernetes keeps for itself";
    checks.require(!name.startsWith("system-"), "name", own, name);
    const within = Number.isInteger(value) && value >= LOWEST && value <= HIGHEST;
    checks.require(within, "value", `must be a whole number from ${LOWEST} to ${HIGHEST}`, value);
    checks.require(description.trim() !== "", "description", "must say what belongs there", description);
    checks.throwIfAny();
  }
}

class ImportedPriorityClass extends Construct implements IPriorityClass {
  readonly resource = undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly priorityClassName: string,
  ) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_PRIORITY_CLASS_NAME");
    checkObjectName(checks, "priorityClassName", priorityClassName);
    checks.throwIfAny();
  }
}

/** What is above belongs to Kubernetes itself. */
const HIGHEST = 1_000_000_000;
const LOWEST = -2_147_483_648;
