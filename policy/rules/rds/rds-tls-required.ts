import { tryFindDatabaseTls } from "../../../catalog";
import type { DatabaseTls } from "../../../catalog";
import type { RuleContext } from "../../engine/context";
import { resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import type { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { DATABASE_TYPES, engineOf } from "./private/database-kinds";
import { database } from "./private/example-database";

const GROUPS = {
  aws_db_instance: "parameter_group_name",
  aws_rds_cluster: "db_cluster_parameter_group_name",
} as const;

const group = (version: string, parameters: readonly object[]) =>
  database(
    { engine_version: version, parameter_group_name: "${aws_db_parameter_group.main.name}" },
    { aws_db_parameter_group: { main: { family: `postgres${version}`, parameter: parameters } } },
  );

/** Parameters that a group does not set have the default of the engine's version: PostgreSQL demands TLS from 15 on. */
export const rdsTlsRequired = resourceRule({
  id: "FD-RDS-015",
  slug: "rds-tls-required",
  title: "Databases refuse connections without TLS",
  severity: "medium",
  packs: ["baseline", "mlops"],
  why: "A client that is set up wrongly sends its password and its data in the clear, and nobody notices.",
  fix: "Set `rds.force_ssl` or `require_secure_transport` to 1 in the parameter group, and name the group.",
  sameAs: { checkov: ["CKV2_AWS_69"] },
  types: DATABASE_TYPES,
  judge: (resource, context) => {
    const tls = tryFindDatabaseTls(engineOf(resource));
    return tls ? judgeTls(resource, tls, context) : notApplicable();
  },
  examples: {
    failing: group("18", [{ name: "rds.force_ssl", value: "0" }]),
    passing: group("14", [{ name: "rds.force_ssl", value: "1" }]),
    unknown: database({ parameter_group_name: "${var.group}" }),
  },
});

function judgeTls(resource: Resource, tls: DatabaseTls, { graph }: RuleContext): Verdict {
  const name = resource.at(GROUPS[resource.type as keyof typeof GROUPS]);
  const groups = groupsOf(
    name,
    graph.targets(name),
    graph.resourcesOf("aws_db_parameter_group", "aws_rds_cluster_parameter_group"),
  );
  const set = groups
    .flatMap((one) => one.each("parameter"))
    .find((one) => one.unknown || one.at("name").literal === tls.parameter);
  const rule = `\`${tls.parameter}\` must be on`;
  const about = { attribute: name.path };
  if (set) {
    const value = set.at("value");
    if (value.unknown || set.unknown) return unknown(`${rule}, and is known only after apply`, about);
    return /^(1|on|true)$/i.test(String(value.literal))
      ? pass()
      : fail(`${rule} in ${groups[0]?.address ?? "its parameter group"}, got ${value.toString()}`, about);
  }
  const isOwn = !name.absent && !String(name.literal ?? "").startsWith("default.");
  if (groups.length === 0 && isOwn)
    return unknown(`${rule}, and what ${name.toString()} sets is not known here`, about);
  return judgeDefault(resource.at("engine_version"), tls, rule);
}

function groupsOf(name: Value, targets: readonly Resource[], all: readonly Resource[]): readonly Resource[] {
  const found = targets.filter((one) => all.includes(one));
  return found.length > 0 ? found : all.filter((one) => name.known && one.at("name").literal === name.literal);
}

function judgeDefault(version: Value, { requiredFrom }: DatabaseTls, rule: string): Verdict {
  const about = { attribute: version.path };
  if (requiredFrom === undefined)
    return fail(`${rule}: the engine takes connections without TLS unless told otherwise`);
  if (!version.known)
    return unknown(
      `${rule}, and whether it is by default depends on \`${version.path}\`: ${version.toString()}`,
      about,
    );
  return isFrom(String(version.literal), requiredFrom)
    ? pass()
    : fail(`${rule}: version ${version.toString()} takes connections without TLS unless told otherwise`, about);
}

function isFrom(version: string, first: string): boolean {
  const numbers = (text: string): readonly number[] => text.split(".").map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [firstMajor = 0, firstMinor = 0] = numbers(first);
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}
