import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { SERVER_TYPES } from "./private/database-kinds";
import { database } from "./private/example-database";

/** On unless told otherwise. */
export const rdsMinorUpgrades = resourceRule({
  id: "FD-RDS-012",
  slug: "rds-minor-upgrades",
  title: "Databases take minor versions by themselves",
  severity: "low",
  packs: ["baseline"],
  why: "Minor versions close holes; left to people they are put off until AWS forces one at a bad time.",
  fix: "Leave `auto_minor_version_upgrade` out, or set it to true.",
  sameAs: { checkov: ["CKV_AWS_226"] },
  types: SERVER_TYPES,
  judge: (resource) => mustNotBe(resource.at("auto_minor_version_upgrade"), false),
  examples: {
    failing: database({ auto_minor_version_upgrade: false }),
    passing: database({}),
    unknown: database({ auto_minor_version_upgrade: "${var.upgrade}" }),
  },
});
