import { postgresVersions, postgresVersionsAsOf, tryFindPostgresVersion } from "../../../catalog";
import { resourceRule } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { DATABASE_TYPES, engineOf } from "./private/database-kinds";
import { database } from "./private/example-database";

const NEWEST = Math.max(...postgresVersions().map(({ major }) => Number(major)));

/** PostgreSQL only: the other engines have no table of versions. Majors that the table lacks are out of support, or newer. */
export const rdsVersionSupported = resourceRule({
  id: "FD-RDS-018",
  slug: "rds-version-supported",
  title: "The version of a database is in standard support",
  severity: "medium",
  packs: ["baseline", "cost"],
  why: "RDS enrols old versions in extended support by itself, at a price for every vCPU and hour, and upgrades them in the end.",
  fix: "Set `engine_version` to a major version in standard support.",
  types: DATABASE_TYPES,
  judge: (resource, { today }) => {
    if (!["postgres", "aurora-postgresql"].includes(engineOf(resource))) return notApplicable();
    const version = resource.at("engine_version");
    const about = { attribute: version.path };
    const rule = `\`${version.path}\` must be in standard support`;
    if (version.absent) return pass();
    if (version.unknown) return unknown(`${rule}, and is known only after apply: ${version.toString()}`, about);
    const [major = ""] = String(version.literal).split(".");
    const known = tryFindPostgresVersion(major);
    if (!known && Number(major) > NEWEST)
      return unknown(`${rule}, and is newer than the table of ${postgresVersionsAsOf()}`, about);
    if (known && known.standardSupportUntil >= today) return pass();
    const until = known ? `, which ended on ${known.standardSupportUntil}` : "";
    return fail(`${rule}, got ${version.toString()}${until}`, about);
  },
  examples: {
    failing: database({ engine_version: "12.19" }),
    passing: database({ engine_version: "18" }),
    unknown: database({ engine_version: "${var.version}" }),
  },
});
