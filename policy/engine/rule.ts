import type { RuleContext } from "./context";
import type { Stage } from "./stage";
import type { KubernetesObject, PlannedChange, Resource, Subject } from "./subject";
import type { Thresholds } from "./thresholds";
import type { Verdict } from "./verdict";

/** How bad it is when a rule is broken. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Sets of rules that can be switched on and off together. `baseline` is what every account needs, `strict` is what many find
 * too noisy and is off unless asked for.
 */
export const PACKS = ["baseline", "mlops", "gpu", "cost", "cis-eks", "strict"] as const;
export type Pack = (typeof PACKS)[number];

/** The ids under which others have the same check. */
export interface ForeignIds {
  /** e.g. `CKV_AWS_58` */
  readonly checkov?: readonly string[];
  /** e.g. `AWS-0039` */
  readonly trivy?: readonly string[];
  /** e.g. `AwsSolutions-EKS1` */
  readonly cdkNag?: readonly string[];
}

/** Terraform's JSON as far as examples need it. */
export interface TerraformJson {
  /** Type → name → arguments. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /** Type → name → arguments. */
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly [block: string]: unknown;
}

/** The smallest input that shows a rule pass, fail or not know. At least one of `terraform`, `stacks`, `objects`, `changes`. */
export interface Example {
  /** One stack. */
  readonly terraform?: TerraformJson;
  /** Several stacks by id. */
  readonly stacks?: Readonly<Record<string, TerraformJson>>;
  /** Kubernetes objects. */
  readonly objects?: readonly Readonly<Record<string, unknown>>[];
  /** `resource_changes` of a plan's JSON. */
  readonly changes?: readonly Readonly<Record<string, unknown>>[];
  /** `resource_drift` of that plan's JSON. */
  readonly drift?: readonly Readonly<Record<string, unknown>>[];
  /** @default "prod" */
  readonly stage?: Stage;
  /** @default - account 111111111111, project `atlas`, region us-east-1, no environments beside it */
  readonly environment?: Partial<Omit<RuleContext["environment"], "stage">>;
  /** @default - those of the stage */
  readonly thresholds?: Partial<Thresholds>;
}

interface RuleHead {
  /** `<PREFIX>-<FAMILY>-<three digits>`, e.g. `FD-EKS-003`: never given to another rule, never changed. */
  readonly id: string;
  /** Its name for people, in kebab-case: `eks-private-endpoint`. */
  readonly slug: string;
  /** What holds where it is kept, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  readonly packs: readonly Pack[];
  /** What happens where it is broken, in one to three sentences. */
  readonly why: string;
  /** What to write instead, in one to three sentences. */
  readonly fix: string;
  /** @default - no other scanner has it */
  readonly sameAs?: ForeignIds;
  /**
   * Whether a waiver may except something from it.
   * @default true
   */
  readonly waivable?: boolean;
  readonly examples: {
    readonly failing: Example;
    readonly passing: Example;
    /** @default - it is never unknown */
    readonly unknown?: Example;
  };
}

/** Judges resources of Terraform one by one. */
export interface ResourceRule extends RuleHead {
  readonly judges: "resource";
  /** Types of managed resources, e.g. `aws_eks_cluster`. Of other types the rule never hears. */
  readonly types: readonly string[];
  readonly judge: (resource: Resource, context: RuleContext) => Verdict;
}

/** Judges Kubernetes objects one by one. */
export interface ObjectRule extends RuleHead {
  readonly judges: "object";
  /** Kinds of objects, e.g. `Deployment`; `WORKLOAD_KINDS` for all that run pods. */
  readonly kinds: readonly string[];
  readonly judge: (object: KubernetesObject, context: RuleContext) => Verdict;
}

/** Judges the changes of a plan one by one. */
export interface ChangeRule extends RuleHead {
  readonly judges: "change";
  readonly judge: (change: PlannedChange, context: RuleContext) => Verdict;
}

/** What an environment rule says of one thing in it. */
export interface Judgement {
  readonly subject: Subject;
  readonly verdict: Verdict;
}

/** Judges an environment as a whole, once. */
export interface EnvironmentRule extends RuleHead {
  readonly judges: "environment";
  /** No judgement at all means that the rule does not apply. */
  readonly judge: (context: RuleContext) => readonly Judgement[];
}

/** A check: pure, it looks at what it is given and at nothing else. */
export type Rule = ResourceRule | ObjectRule | ChangeRule | EnvironmentRule;

/** Defines a rule for resources of Terraform. */
export function resourceRule(rule: Omit<ResourceRule, "judges">): ResourceRule {
  return { ...rule, judges: "resource" };
}

/** Defines a rule for Kubernetes objects. */
export function objectRule(rule: Omit<ObjectRule, "judges">): ObjectRule {
  return { ...rule, judges: "object" };
}

/** Defines a rule for the changes of a plan. */
export function changeRule(rule: Omit<ChangeRule, "judges">): ChangeRule {
  return { ...rule, judges: "change" };
}

/** Defines a rule for an environment as a whole. */
export function environmentRule(rule: Omit<EnvironmentRule, "judges">): EnvironmentRule {
  return { ...rule, judges: "environment" };
}
