import data from "./database-instance-classes.json";
import type { Architecture } from "./instance-types";
import { nearestName } from "./nearest-name";

/** A family of RDS instance classes. */
export interface DatabaseInstanceFamily {
  /** Name, as in `m7g`. */
  readonly name: string;
  /** CPU architecture. */
  readonly arch: Architecture;
  /** Sizes it comes in, the smallest first. */
  readonly sizes: readonly string[];
}

const FAMILIES = data.families as readonly DatabaseInstanceFamily[];
const CLASS = /^db\.([a-z][a-z0-9-]*)\.([a-z0-9-]+)$/;

/** Every family known. RDS has more: the catalogue holds those of the current generations that PostgreSQL runs on. */
export function databaseInstanceFamilies(): readonly DatabaseInstanceFamily[] {
  return FAMILIES;
}

/**
 * Why a text cannot be an instance class of RDS, as a rule that starts with a verb; `undefined` when it can. Of families that
 * the catalogue does not hold, only the form is judged.
 *
 * @param instanceClass such as `db.t4g.medium`
 */
export function instanceClassProblem(instanceClass: string): string | undefined {
  const [, familyName, size] = CLASS.exec(instanceClass) ?? [];
  if (familyName === undefined || size === undefined) {
    return "must be an instance class of RDS, db.<family>.<size>, such as db.t4g.medium";
  }
  const family = FAMILIES.find(({ name }) => name === familyName);
  if (family === undefined || family.sizes.includes(size)) return undefined;
  const nearest = nearestName(size, family.sizes);
  const hint = nearest === undefined ? "" : ` (did you mean "db.${familyName}.${nearest}"?)`;
  return `must be of a size that db.${familyName} comes in: ${family.sizes.join(", ")}${hint}`;
}
