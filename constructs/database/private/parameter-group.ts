import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { Construct } from "constructs";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import type { PostgresParameter } from "../postgres-database-options";
import type { DatabaseSettings } from "./database-settings";

/** Parameters that the database sets itself, and why they cannot be given. */
export const RESERVED_PARAMETERS: Readonly<Partial<Record<string, string>>> = {
  "rds.force_ssl": "connections without TLS are always refused",
  log_min_duration_statement: "set `slowStatementMs`",
};

/**
 * Defines the settings of the server. Their family is part of the name, so that a group of the next major version can stand
 * beside the one that is still in use.
 *
 * @param instanceName name of the database instance
 * @param major major version of PostgreSQL
 */
export function defineParameterGroup(
  scope: Construct,
  instanceName: string,
  major: string,
  settings: DatabaseSettings,
): DbParameterGroup {
  const family = `postgres${major}`;
  const name = resourceName([instanceName, family], { max: NAME_LIMITS.dbGroup });
  return new DbParameterGroup(scope, "ParameterGroup", {
    name,
    family,
    description: `Settings of ${instanceName}`,
    parameter: [...ownParameters(settings), ...settings.parameters].map(render),
    tags: { Name: name },
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Long waits for locks are logged unless the caller says otherwise: PostgreSQL notices them anyway, when it looks for deadlocks. */
function ownParameters({ slowStatementMs, parameters }: DatabaseSettings): PostgresParameter[] {
  const locks = { name: "log_lock_waits", value: "1", appliesImmediately: true };
  return [
    // In some families RDS takes it with a reboot only; a new database starts with it.
    { name: "rds.force_ssl", value: "1" },
    { name: "log_min_duration_statement", value: String(slowStatementMs), appliesImmediately: true },
    ...(parameters.some(({ name }) => name === locks.name) ? [] : [locks]),
  ];
}

function render({ name, value, appliesImmediately = false }: PostgresParameter) {
  return { name, value, applyMethod: appliesImmediately ? "immediate" : "pending-reboot" };
}
