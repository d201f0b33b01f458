import { changeRule } from "../../engine/rule";
import { fail, notApplicable, pass } from "../../engine/verdict";
import { lossOf } from "./private/stateful-types";

const secret = (actions: readonly string[], after: object | null): Readonly<Record<string, unknown>> => ({
  address: "aws_secretsmanager_secret.tracking",
  type: "aws_secretsmanager_secret",
  change: { actions, before: actions[0] === "create" ? null : { name: "tracking" }, after },
});

/** The plan shows such a creation as it shows the first one. */
export const planNoticesLostState = changeRule({
  id: "FD-PLAN-007",
  slug: "plan-notices-lost-state",
  title: "Nothing that was lost outside of Terraform is made again, empty, without a word",
  severity: "high",
  packs: ["baseline"],
  why: "Somebody or something deleted it. An empty one in its place hides that its content is gone, and may stand in the way of its recovery.",
  fix: "Find out who deleted it, restore it under the same name (a snapshot, a cancelled deletion of a key or secret) and import it, or approve this address.",
  waivable: false,
  judge: (change) => {
    const loss = lossOf(change.type);
    if (loss === undefined || change.actions.join() !== "create") return notApplicable();
    if (change.about.drift !== "delete") return pass();
    return fail(
      `\`${change.type}\` was deleted outside of Terraform and would be made again, empty: what is missing is ${loss}`,
    );
  },
  examples: {
    failing: { changes: [secret(["create"], { name: "tracking" })], drift: [secret(["delete"], null)] },
    passing: { changes: [secret(["create"], { name: "tracking" })] },
  },
});
