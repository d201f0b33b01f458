import { mustBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { DATABASE_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Engines that can; MariaDB from 10.6 on. */
const ENGINES = new Set(["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"]);

/** Oracle, SQL Server and Db2 cannot. */
export const rdsIamAuthentication = resourceRule({
  id: "FD-RDS-007",
  slug: "rds-iam-authentication",
  title: "Services sign in to databases with their role",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "Passwords of services are copied into pods, notebooks and logs, and hardly ever changed; tokens of a role last 15 minutes.",
  fix: "Set `iam_database_authentication_enabled` to true and give users the role `rds_iam`.",
  sameAs: { checkov: ["CKV_AWS_161", "CKV_AWS_162"], trivy: ["AWS-0176"], cdkNag: ["AwsSolutions-RDS6"] },
  types: DATABASE_TYPES,
  judge: (resource) => {
    const engine = resource.at("engine");
    if (engine.known && !ENGINES.has(String(engine.literal))) return notApplicable();
    return mustBe(resource.at("iam_database_authentication_enabled"), true);
  },
  examples: {
    failing: database({}),
    passing: database({ iam_database_authentication_enabled: true }),
    unknown: database({ iam_database_authentication_enabled: "${var.iam}" }),
  },
});
