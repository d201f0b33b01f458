import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";

const MOST_PERCENT = 50;

const group = (update: object): TerraformJson => ({
  resource: {
    aws_eks_node_group: {
      workers: { cluster_name: "atlas-prod", scaling_config: { min_size: 2, max_size: 8 }, update_config: update },
    },
  },
});

/** EKS updates one node at a time where nothing is stated. One node at a time is always right, however small the group. */
export const nodeUpdateInParts = resourceRule({
  id: "FD-NODE-008",
  slug: "node-update-in-parts",
  title: "An update leaves at least half of a group's nodes running",
  severity: "medium",
  packs: ["baseline"],
  why: "An update that takes most nodes at once leaves no room for their pods: servers are evicted together, and disruption budgets hold the update up.",
  fix: `Set \`update_config.max_unavailable_percentage\` to at most ${MOST_PERCENT}, such as 33.`,
  types: ["aws_eks_node_group"],
  judge: (group) => {
    const percent = group.at("update_config.max_unavailable_percentage");
    const count = group.at("update_config.max_unavailable");
    const largest = group.at("scaling_config.max_size");
    const stated = percent.absent ? count : percent;
    if (stated.absent) return pass();
    const message = `\`${stated.path}\` must be at most ${MOST_PERCENT}% of the group, got ${stated.toString()}`;
    const about = { attribute: stated.path };
    const part = percent.absent ? (100 * (count.number ?? NaN)) / (largest.number ?? NaN) : (percent.number ?? NaN);
    if (count.number === 1 || part <= MOST_PERCENT) return pass();
    const size = percent.absent ? ` of ${largest.toString()}` : "";
    return Number.isNaN(part) ? unknown(message + size, about) : fail(message + size, about);
  },
  examples: {
    failing: { terraform: group({ max_unavailable_percentage: 100 }) },
    passing: { terraform: group({ max_unavailable: 2 }) },
    unknown: { terraform: group({ max_unavailable_percentage: "${var.unavailable}" }) },
  },
});
