import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";

/** What AWS takes when nothing is said. */
const DEFAULT_DAYS = 30;

const key = (days: unknown): Example => ({
  terraform: { resource: { aws_kms_key: { data: { deletion_window_in_days: days } } } },
});

/** How many days are asked for depends on the stage; an absent argument means 30. */
export const kmsDeletionWindow = resourceRule({
  id: "FD-KMS-005",
  slug: "kms-deletion-window",
  title: "There is time to call off the deletion of a KMS key",
  severity: "medium",
  packs: ["baseline"],
  why: "When the window is over, everything the key encrypted is lost for good, backups included.",
  fix: "Set `deletion_window_in_days` to at least the limit of the stage, or leave it out for 30 days.",
  types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
  judge: (resource, { thresholds }) =>
    mustBeAtLeast(resource.at("deletion_window_in_days"), thresholds.minKeyDeletionDays, DEFAULT_DAYS),
  examples: { failing: key(7), passing: key(30), unknown: key("${var.days}") },
});
