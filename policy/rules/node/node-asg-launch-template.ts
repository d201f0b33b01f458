import { mustBeAbsent } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";

const group = (about: object): TerraformJson => ({
  resource: { aws_autoscaling_group: { workers: { min_size: 0, max_size: 4, ...about } } },
});

/** A launch template may stand in the group itself or in its mixed instances policy. */
export const nodeAsgLaunchTemplate = resourceRule({
  id: "FD-NODE-018",
  slug: "node-asg-launch-template",
  title: "Autoscaling groups start from launch templates, not launch configurations",
  severity: "medium",
  packs: ["baseline"],
  why: "EC2 adds no instance types to launch configurations any more, and new accounts cannot make one.",
  fix: "Replace `launch_configuration` by `launch_template`, or by one in `mixed_instances_policy`.",
  sameAs: { checkov: ["CKV_AWS_315"] },
  types: ["aws_autoscaling_group"],
  judge: (group) => mustBeAbsent(group.at("launch_configuration")),
  examples: {
    failing: { terraform: group({ launch_configuration: "${aws_launch_configuration.workers.name}" }) },
    passing: { terraform: group({ launch_template: { id: "${aws_launch_template.workers.id}" } }) },
  },
});
