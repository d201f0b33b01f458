import { changeRule } from "../../engine/rule";
import type { PlannedChange } from "../../engine/subject";
import { Value } from "../../engine/value";
import type { Verdict } from "../../engine/verdict";
import { allOf, fail, notApplicable, pass, unknown } from "../../engine/verdict";

/** Arguments that keep a resource from being deleted, and the value that does. */
const PROTECTIONS: readonly (readonly [argument: string, on: string])[] = [
  ["deletion_protection", "true"],
  ["deletion_protection", "ACTIVE"],
  ["deletion_protection_enabled", "true"],
  ["enable_deletion_protection", "true"],
  ["skip_final_snapshot", "false"],
  ["force_destroy", "false"],
  ["force_delete", "false"],
];

const database = (after: object, unknowns: object = {}): Readonly<Record<string, unknown>> => ({
  address: "aws_db_instance.runs",
  type: "aws_db_instance",
  change: { actions: ["update"], before: { deletion_protection: true }, after, after_unknown: unknowns },
});

/** Only what is changed in place: what is deleted or replaced at once is the affair of the rules for that. */
export const planKeepsProtection = changeRule({
  id: "FD-PLAN-004",
  slug: "plan-keeps-protection",
  title: "The plan takes no protection from deletion away",
  severity: "high",
  packs: ["baseline"],
  why: "It is the first of the two steps that delete a database: the next plan finds nothing left in its way.",
  fix: "Leave the protection on. Where the thing shall go, approve this address for the days in which it goes.",
  waivable: false,
  judge: (change) => {
    if (change.actions.join() !== "update") return notApplicable();
    return allOf(PROTECTIONS.map(([argument, on]) => keeps(change, argument, on)));
  },
  examples: {
    failing: { changes: [database({ deletion_protection: false })] },
    passing: { changes: [database({ deletion_protection: true })] },
    unknown: { changes: [database({}, { deletion_protection: true })] },
  },
});

function keeps({ stack, about: { before, after } }: PlannedChange, argument: string, on: string): Verdict {
  const was = new Value(stack, argument, before?.[argument]);
  const becomes = new Value(stack, argument, after?.[argument]);
  if (String(was.literal) !== on) return notApplicable();
  if (becomes.unknown)
    return unknown(`\`${argument}\` is ${on} and must stay so, and is known only after apply`, { attribute: argument });
  return String(becomes.literal) === on
    ? pass()
    : fail(`\`${argument}\` is ${on} and must stay so, the plan makes it ${becomes.toString()}`, {
        attribute: argument,
      });
}
