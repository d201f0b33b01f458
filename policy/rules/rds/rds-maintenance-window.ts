import { mustBeSet } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";
import { database } from "./private/example-database";

/** Not asked in dev. */
export const rdsMaintenanceWindow = resourceRule({
  id: "FD-RDS-020",
  slug: "rds-maintenance-window",
  title: "When databases are maintained is chosen",
  severity: "low",
  packs: ["baseline"],
  why: "AWS otherwise picks a window of half an hour at random, which may be in the middle of the working day.",
  fix: "Set `maintenance_window` to a time when nobody trains or serves much.",
  types: ["aws_db_instance", "aws_rds_cluster"],
  judge: (resource, { environment }) => {
    if (environment.stage === "dev") return notApplicable();
    const argument = resource.type === "aws_rds_cluster" ? "preferred_maintenance_window" : "maintenance_window";
    return mustBeSet(resource.at(argument));
  },
  examples: {
    failing: database({}),
    passing: database({ maintenance_window: "sun:04:00-sun:05:00" }),
  },
});
