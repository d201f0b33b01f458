import { mustBeAtLeast } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { anyOf } from "../../engine/verdict";
import { SERVER_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** An instance of a cluster may have it from the cluster. */
export const rdsMonitoring = resourceRule({
  id: "FD-RDS-011",
  slug: "rds-monitoring",
  title: "Servers of databases are watched from inside",
  severity: "low",
  packs: ["baseline"],
  why: "CloudWatch sees a database from outside, once a minute: processes, memory and swapping stay in the dark.",
  fix: "Set `monitoring_interval` to 60 or less, with `monitoring_role_arn`.",
  sameAs: { checkov: ["CKV_AWS_118"] },
  types: SERVER_TYPES,
  judge: (resource, { graph }) => {
    const own = resource.at("monitoring_interval");
    const ofCluster = graph.targets(resource.at("cluster_identifier")).map((one) => one.at(own.path));
    return anyOf([own, ...ofCluster].map((value) => mustBeAtLeast(value, 1, 0)));
  },
  examples: {
    failing: database({}),
    passing: database({ monitoring_interval: 60 }),
    unknown: database({ monitoring_interval: "${var.interval}" }),
  },
});
