import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";

const group = (about: object): TerraformJson => ({
  resource: {
    aws_autoscaling_group: {
      workers: { min_size: 0, max_size: 4, launch_template: { id: "${aws_launch_template.workers.id}" }, ...about },
    },
  },
});

/** Default tags of the provider do not reach autoscaling groups. */
export const nodeAsgTags = resourceRule({
  id: "FD-NODE-019",
  slug: "node-asg-tags",
  title: "Autoscaling groups are tagged, and hand their tags to their instances",
  severity: "low",
  packs: ["cost"],
  why: "The provider's default tags pass over autoscaling groups, so that without tags of their own their instances are in nobody's bill.",
  fix: "Write `tag` blocks with `propagate_at_launch` true.",
  sameAs: { checkov: ["CKV_AWS_153"] },
  types: ["aws_autoscaling_group"],
  judge: (group) => {
    const tags = [...group.each("tag"), ...group.each("tags")];
    const handed = tags.some((tag) => tag.unknown || tag.at("propagate_at_launch").boolean !== false);
    return handed ? pass() : fail("`tag` must be set, with `propagate_at_launch` true", { attribute: "tag" });
  },
  examples: {
    failing: { terraform: group({}) },
    passing: { terraform: group({ tag: [{ key: "Project", value: "atlas", propagate_at_launch: true }] }) },
  },
});
