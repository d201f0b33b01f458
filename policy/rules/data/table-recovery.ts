import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const table = (recovery: object): Example => ({
  terraform: { resource: { aws_dynamodb_table: { features: { name: "atlas-prod-features", ...recovery } } } },
});

/** Asked for in production only; off unless told otherwise. */
export const tableRecovery = resourceRule({
  id: "FD-DATA-008",
  slug: "table-recovery",
  title: "A DynamoDB table in production can be restored to any point in time",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "Features that a broken job overwrote, or locks of a state that were deleted, cannot be brought back.",
  fix: "Set `point_in_time_recovery.enabled` to true.",
  sameAs: { checkov: ["CKV_AWS_28"], trivy: ["AWS-0024"], cdkNag: ["AwsSolutions-DDB3"] },
  types: ["aws_dynamodb_table"],
  judge: (resource, { environment }) =>
    environment.stage === "prod" ? mustBe(resource.at("point_in_time_recovery.enabled"), true) : notApplicable(),
  examples: {
    failing: table({}),
    passing: table({ point_in_time_recovery: { enabled: true } }),
    unknown: table({ point_in_time_recovery: { enabled: "${var.recovery}" } }),
  },
});
