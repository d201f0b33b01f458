import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const group = (days: unknown): Example => ({
  terraform: { resource: { aws_cloudwatch_log_group: { app: { name: "/atlas/app", retention_in_days: days } } } },
});

/** How many days are asked for depends on the stage. A group that never expires is for another rule. */
export const logGroupRetention = resourceRule({
  id: "FD-LOG-003",
  slug: "log-group-retention",
  title: "A log group keeps events long enough to look into an incident",
  severity: "medium",
  packs: ["baseline"],
  why: "Break-ins are noticed weeks later, when the logs that would tell what happened are gone.",
  fix: "Set `retention_in_days` to at least the limit of the stage.",
  sameAs: { checkov: ["CKV_AWS_338"] },
  types: ["aws_cloudwatch_log_group"],
  judge: (resource, { thresholds }) => {
    const days = resource.at("retention_in_days");
    return days.absent || days.number === 0 ? notApplicable() : mustBeAtLeast(days, thresholds.minLogRetentionDays);
  },
  examples: { failing: group(1), passing: group(365), unknown: group("${var.days}") },
});
