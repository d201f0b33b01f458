import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const group = (about: object): TerraformJson => ({
  resource: { aws_eks_node_group: { workers: { cluster_name: "atlas-prod", ...about } } },
});

/** What the template itself says is judged with launch templates. */
export const nodeLaunchTemplate = resourceRule({
  id: "FD-NODE-010",
  slug: "node-launch-template",
  title: "A node group starts its nodes from a launch template",
  severity: "medium",
  packs: ["baseline"],
  why: "Without one EKS chooses: a root disk of 20 GiB without encryption of yours, metadata within reach of pods, and no tags on instances and disks.",
  fix: "Define `aws_launch_template` with metadata options and encrypted disks, and name it in `launch_template`.",
  types: ["aws_eks_node_group"],
  judge: (group) => mustBeSet(group.at("launch_template")),
  examples: {
    failing: { terraform: group({ instance_types: ["m7i.xlarge"] }) },
    passing: { terraform: group({ launch_template: { id: "${aws_launch_template.nodes.id}", version: "1" } }) },
  },
});
