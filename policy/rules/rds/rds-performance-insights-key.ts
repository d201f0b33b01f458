import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { mustBeOwnKey } from "../private/must-be-own-key";
import { database } from "./private/example-database";

/** Whether anything is recorded at all is asked by `rds-performance-insights`. */
export const rdsPerformanceInsightsKey = resourceRule({
  id: "FD-RDS-010",
  slug: "rds-performance-insights-key",
  title: "What databases record of queries is encrypted with a key of one's own",
  severity: "low",
  packs: ["baseline"],
  why: "Texts of queries hold data; with the key of AWS nobody can be kept from them, and nobody sees who read them.",
  fix: "Set `performance_insights_kms_key_id` to the ARN of a key of your own. It cannot be changed later.",
  sameAs: { checkov: ["CKV_AWS_354"], trivy: ["AWS-0078"] },
  types: ["aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance"],
  judge: (resource, { graph }) =>
    resource.at("performance_insights_enabled").boolean === true
      ? mustBeOwnKey(resource.at("performance_insights_kms_key_id"), graph)
      : notApplicable(),
  examples: {
    failing: database({ performance_insights_enabled: true }),
    passing: database(
      { performance_insights_enabled: true, performance_insights_kms_key_id: "${aws_kms_key.key.arn}" },
      { aws_kms_key: { key: {} } },
    ),
    unknown: database({ performance_insights_enabled: true, performance_insights_kms_key_id: "${var.key}" }),
  },
});
