import { mustBeSet, mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { DATABASE_TYPES, isReplica } from "./private/database-kinds";
import { database } from "./private/example-database";

/** A name is asked for as well: without one Terraform refuses to delete the database when it is too late to add it. */
export const rdsFinalSnapshot = resourceRule({
  id: "FD-RDS-017",
  slug: "rds-final-snapshot",
  title: "A database of production leaves a snapshot when it goes",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "With the database its automated backups go; without a last snapshot the data of production is gone for good.",
  fix: "Leave `skip_final_snapshot` out and set `final_snapshot_identifier`.",
  types: DATABASE_TYPES,
  judge: (resource, { environment }) => {
    if (environment.stage !== "prod" || isReplica(resource)) return notApplicable();
    const skipped = resource.at("skip_final_snapshot");
    if (skipped.boolean !== false && !skipped.absent) return mustNotBe(skipped, true);
    return mustBeSet(resource.at("final_snapshot_identifier"));
  },
  examples: {
    failing: database({ skip_final_snapshot: true }),
    passing: database({ final_snapshot_identifier: "atlas-prod-final" }),
    unknown: database({ skip_final_snapshot: "${var.skip}" }),
  },
});
