import { mustNotBe } from "../../engine/expect";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { notApplicable } from "../../engine/verdict";

const database = (multiAz: unknown): Example => ({
  terraform: { resource: { aws_db_instance: { tracking: { engine: "postgres", multi_az: multiAz } } } },
  stage: "dev",
});

/** RDS keeps one instance unless told otherwise. */
export const costSingleZoneDatabaseInDev = resourceRule({
  id: "FD-COST-012",
  slug: "cost-single-zone-database-in-dev",
  title: "In development, databases have no standby",
  severity: "low",
  packs: ["cost"],
  why: "A standby in a second zone doubles the price of the database, to keep it up through an outage that development can sit out.",
  fix: "Set `multi_az` to false in the development stage.",
  types: ["aws_db_instance"],
  judge: (database, { environment }) =>
    environment.stage === "dev" ? mustNotBe(database.at("multi_az"), true) : notApplicable(),
  examples: { failing: database(true), passing: database(false), unknown: database("${var.standby}") },
});
