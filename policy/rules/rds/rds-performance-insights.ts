import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { anyOf } from "../../engine/verdict";
import { SERVER_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** An instance of a cluster may have it from the cluster. CloudWatch Database Insights builds on it: `database_insights_mode` needs it. */
export const rdsPerformanceInsights = resourceRule({
  id: "FD-RDS-009",
  slug: "rds-performance-insights",
  title: "Databases record what their time goes into",
  severity: "low",
  packs: ["baseline"],
  why: "When the tracking server is slow nobody can say which query it waits for, least of all afterwards.",
  fix: "Set `performance_insights_enabled` to true; seven days are free.",
  sameAs: { checkov: ["CKV_AWS_353"], trivy: ["AWS-0133"] },
  types: SERVER_TYPES,
  judge: (resource, { graph }) => {
    const own = resource.at("performance_insights_enabled");
    const ofCluster = graph.targets(resource.at("cluster_identifier")).map((one) => one.at(own.path));
    return anyOf([own, ...ofCluster].map((value) => mustBe(value, true)));
  },
  examples: {
    failing: database({}),
    passing: database({ performance_insights_enabled: true }),
    unknown: database({ performance_insights_enabled: "${var.insights}" }),
  },
});
