import { changeRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { reasonOf } from "./private/reasons";
import { renameOf } from "./private/renames";
import { lossOf } from "./private/stateful-types";

const bucket = (actions: readonly string[]): Readonly<Record<string, unknown>> => ({
  address: "aws_s3_bucket.models",
  type: "aws_s3_bucket",
  action_reason: "delete_because_no_resource_config",
  change: { actions, before: { bucket: "atlas-prod-models" }, after: null },
});

/** What is deleted under one address and made anew under another is the affair of the rule for renames. */
export const planKeepsStateful = changeRule({
  id: "FD-PLAN-001",
  slug: "plan-keeps-stateful",
  title: "The plan deletes nothing whose content cannot be made again",
  severity: "critical",
  packs: ["baseline"],
  why: "Terraform deletes a database, a bucket or a key as readily as a tag, and one apply is enough to lose its content for good.",
  fix: "Bring the definition back. If it shall go, or live on unmanaged, say so: approve the address, or take it out of the state with a `removed` block.",
  waivable: false,
  judge: (change, { graph }) => {
    const loss = lossOf(change.type);
    if (loss === undefined || change.replaces || renameOf(change, graph)) return notApplicable();
    if (!change.destroys) return pass();
    const what = change.about.deposed === undefined ? "would be deleted" : "would be deleted, an old one of two,";
    return fail(`\`${change.type}\` ${what} because ${reasonOf(change)}: lost is ${loss}`);
  },
  examples: {
    failing: { changes: [bucket(["delete"])] },
    passing: { changes: [bucket(["forget"])] },
  },
});
