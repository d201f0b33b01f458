import { must } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

const group = (values: object): Example => ({
  terraform: { resource: { aws_cloudwatch_log_group: { app: { name: "/atlas/app", ...values } } } },
});

/** Absent and 0 both mean for ever. */
export const logGroupExpires = resourceRule({
  id: "FD-LOG-002",
  slug: "log-group-expires",
  title: "A log group deletes old events some day",
  severity: "medium",
  packs: ["baseline", "cost"],
  why: "Events are kept and paid for until somebody deletes the group, and personal data in them longer than anyone may keep it.",
  fix: "Set `retention_in_days`.",
  sameAs: { checkov: ["CKV_AWS_66"] },
  types: ["aws_cloudwatch_log_group"],
  judge: (resource) => must(resource.at("retention_in_days"), (days) => Number(days ?? 0) > 0, "must be set"),
  examples: {
    failing: group({}),
    passing: group({ retention_in_days: 365 }),
    unknown: group({ retention_in_days: "${var.days}" }),
  },
});
