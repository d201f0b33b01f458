import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { DATABASE_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** Which logs there are depends on the engine; one is enough here. */
export const rdsLogExports = resourceRule({
  id: "FD-RDS-008",
  slug: "rds-log-exports",
  title: "Databases send their logs to CloudWatch",
  severity: "low",
  packs: ["baseline"],
  why: "Logs on the server are gone after days, and with the server; nobody is told of refused logins or slow queries.",
  fix: "Set `enabled_cloudwatch_logs_exports`, e.g. to `postgresql` and `upgrade`.",
  sameAs: { checkov: ["CKV_AWS_129", "CKV_AWS_324"], cdkNag: ["AwsSolutions-RDS16"] },
  types: DATABASE_TYPES,
  judge: (resource) => mustBeSet(resource.at("enabled_cloudwatch_logs_exports")),
  examples: {
    failing: database({}),
    passing: database({ enabled_cloudwatch_logs_exports: ["postgresql"] }),
  },
});
