import type { KubernetesObject, PlannedChange, Resource, Stack } from "./subject";
import type { Value } from "./value";

/**
 * Everything that is judged in one run, and who refers to whom. References are followed through Terraform's expressions:
 * locals, variables with a default, outputs that another stack reads through its remote state, and data sources.
 */
export interface Graph {
  readonly stacks: readonly Stack[];
  /** Managed resources of all stacks. */
  readonly resources: readonly Resource[];
  readonly objects: readonly KubernetesObject[];
  readonly changes: readonly PlannedChange[];
  /** References that lead nowhere: outputs of stacks that are made of each other. One sentence each. */
  readonly problems: readonly string[];

  /** Managed resources of these types. */
  resourcesOf(...types: readonly string[]): readonly Resource[];

  /** Data sources of these types. */
  dataOf(...types: readonly string[]): readonly Resource[];

  /** Objects of these kinds, whatever their API version. */
  objectsOf(...kinds: readonly string[]): readonly KubernetesObject[];

  /** The resources and data sources that a value refers to, itself and everything in it. */
  targets(value: Value): readonly Resource[];

  /**
   * Whether a value is made of nothing but resources of the run and names of things: ARNs, ids, account numbers. False for a
   * parameter, a secret or an output from outside, which may be anything, and for what leads nowhere or to a text with `*`
   * or `?` in it.
   */
  leadsToNames(value: Value): boolean;

  /**
   * The resources of a type whose argument refers to this resource, or names it by the same literal (a bucket's `bucket`, a
   * cluster's `name`, …): how a bucket's versioning is found.
   *
   * @example
   * graph.linked(bucket, "aws_s3_bucket_versioning", "bucket")
   */
  linked(resource: Resource, type: string, argument: string): readonly Resource[];

  /**
   * Whether a resource of this type could belong to any resource, because what its argument refers to is not known here. Then
   * a missing link is unknown and no fault.
   */
  mayBeLinked(type: string, argument: string): boolean;

  /** The resources of any type and stack that refer to this one in any argument. */
  referrers(resource: Resource): readonly Resource[];
}
