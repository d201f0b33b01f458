import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * The resources that a construct has defined so far. Pods get the role of their service account when they start, or not at all:
 * role, grants and association must stand before them.
 */
export function resourcesOf(construct: IConstruct): readonly ITerraformDependable[] {
  return construct.node.findAll().filter((one) => TerraformResource.isTerraformResource(one));
}
