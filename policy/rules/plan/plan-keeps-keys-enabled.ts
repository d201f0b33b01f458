import { changeRule } from "../../engine/rule";
import { Value } from "../../engine/value";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";

const key = (after: object, unknowns: object = {}): Readonly<Record<string, unknown>> => ({
  address: "aws_kms_key.models",
  type: "aws_kms_key",
  change: { actions: ["update"], before: { is_enabled: true }, after, after_unknown: unknowns },
});

/** A key whose deletion is scheduled is one that the plan deletes, and so the affair of the rule for deletions. */
export const planKeepsKeysEnabled = changeRule({
  id: "FD-PLAN-005",
  slug: "plan-keeps-keys-enabled",
  title: "The plan disables no key",
  severity: "critical",
  packs: ["baseline"],
  why: "From the moment a key is disabled nothing can be read that was encrypted with it: buckets, volumes, databases and the cluster's secrets fail together.",
  fix: "Leave `is_enabled` true. To retire a key, encrypt everything anew with another one first and approve this address then.",
  waivable: false,
  judge: (change) => {
    const { stack, type, actions, about } = change;
    if (!/^aws_kms_(external_|replica_|replica_external_)?key$/.test(type) || actions.join() !== "update")
      return notApplicable();
    const [argument = ""] = ["is_enabled", "enabled"].filter((name) => about.before?.[name] === true);
    if (argument === "") return notApplicable();
    const becomes = new Value(stack, argument, about.after?.[argument]);
    if (becomes.unknown)
      return unknown(`\`${argument}\` must stay true, and is known only after apply`, { attribute: argument });
    if (becomes.boolean !== false) return pass();
    return fail(`\`${argument}\` must stay true, the plan makes it false`, { attribute: argument });
  },
  examples: {
    failing: { changes: [key({ is_enabled: false })] },
    passing: { changes: [key({ is_enabled: true })] },
    unknown: { changes: [key({}, { is_enabled: true })] },
  },
});
