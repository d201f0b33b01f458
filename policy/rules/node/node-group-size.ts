import { mustBeAtMost } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const group = (largest: unknown): TerraformJson => ({
  resource: {
    aws_eks_node_group: { workers: { cluster_name: "atlas-prod", scaling_config: { min_size: 0, max_size: largest } } },
  },
});

/** How many are too many is a threshold of the stage: `maxNodesPerPool`. */
export const nodeGroupSize = resourceRule({
  id: "FD-NODE-013",
  slug: "node-group-size",
  title: "A node group grows no larger than its stage allows",
  severity: "medium",
  packs: ["baseline", "cost"],
  why: "The autoscaler goes up to the largest size whenever something asks for it, be it a loop that makes jobs.",
  fix: "Lower `scaling_config.max_size`, or raise the threshold `maxNodesPerPool` of the stage.",
  types: ["aws_eks_node_group"],
  judge: (group, { thresholds }) => mustBeAtMost(group.at("scaling_config.max_size"), thresholds.maxNodesPerPool),
  examples: {
    failing: { terraform: group(500) },
    passing: { terraform: group(10) },
    unknown: { terraform: group("${var.largest}") },
  },
});
