import { changeRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { reasonOf } from "./private/reasons";
import { lossOf } from "./private/stateful-types";

const database = (change: object): Readonly<Record<string, unknown>> => ({
  address: "aws_db_instance.runs",
  type: "aws_db_instance",
  action_reason: "replace_because_cannot_update",
  change: {
    before: { identifier: "runs", kms_key_id: "a" },
    after: { identifier: "runs", kms_key_id: "b" },
    ...change,
  },
});

/** A replacement takes two guises, delete first or create first; the old content is lost in both. */
export const planReplacesNothingStateful = changeRule({
  id: "FD-PLAN-002",
  slug: "plan-replaces-nothing-stateful",
  title: "The plan replaces nothing whose content cannot be made again",
  severity: "critical",
  packs: ["baseline"],
  why: "Some attributes cannot be changed in place: Terraform deletes the resource and makes an empty one, and in the diff it looks like an edit of one line.",
  fix: "Set the attribute back to what it was, or define a second resource, move the content over, and let the first one go by an approval.",
  waivable: false,
  judge: (change) => {
    const loss = lossOf(change.type);
    if (loss === undefined || (change.destroys && !change.replaces)) return notApplicable();
    if (!change.replaces) return pass();
    const [attribute] = change.about.replacePaths;
    const message = `\`${change.type}\` would be replaced because ${reasonOf(change)}: lost is ${loss}`;
    return fail(message, attribute === undefined ? {} : { attribute });
  },
  examples: {
    failing: { changes: [database({ actions: ["delete", "create"], replace_paths: [["kms_key_id"]] })] },
    passing: { changes: [database({ actions: ["update"] })] },
  },
});
