import type { RuleContext } from "../../engine/context";
import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Verdict } from "../../engine/verdict";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { DATABASE_TYPES, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Asked in production only. Of a cluster of Aurora two instances are asked for: it puts them in different zones. */
export const rdsMultiAz = resourceRule({
  id: "FD-RDS-004",
  slug: "rds-multi-az",
  title: "A database of production outlives its availability zone",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "When the zone of the one server fails, the database is gone until the zone is back, or until somebody restores a backup.",
  fix: "Set `multi_az` to true, or give the cluster a second `aws_rds_cluster_instance`.",
  sameAs: { checkov: ["CKV_AWS_157"], cdkNag: ["AwsSolutions-RDS3"] },
  types: DATABASE_TYPES,
  judge: (resource, context) => {
    if (context.environment.stage !== "prod" || isReplica(resource)) return notApplicable();
    return resource.type === "aws_rds_cluster"
      ? judgeCluster(resource, context)
      : mustBe(resource.at("multi_az"), true);
  },
  examples: {
    failing: database({}),
    passing: database({ multi_az: true }),
    unknown: database({ multi_az: "${var.multi_az}" }),
  },
});

/** A Multi-AZ cluster names the class of its instances itself and has three of them. */
function judgeCluster(cluster: Resource, { graph }: RuleContext): Verdict {
  if (!cluster.at("db_cluster_instance_class").absent || cluster.at("engine_mode").literal === "serverless")
    return pass();
  const instances = graph.linked(cluster, "aws_rds_cluster_instance", "cluster_identifier");
  const count = instances.reduce((sum, instance) => sum + (instance.at("count").number ?? 1), 0);
  if (count > 1 || instances.some((instance) => !instance.at("for_each").absent || instance.at("count").unknown))
    return pass();
  return fail(`must have at least 2 instances in production, got ${count}`);
}
