import { resourceRule } from "../../engine/rule";
import { rolePolicy } from "./private/examples";
import { judgeStatements } from "./private/judge-statements";
import { POLICY_TYPES } from "./private/policies";

/** Policies that only bound others may use it: a boundary grants nothing. */
export const iamNoNotAction = resourceRule({
  id: "FD-IAM-004",
  slug: "iam-no-not-action",
  title: "No policy allows all actions but some",
  severity: "high",
  packs: ["baseline"],
  why: "`NotAction` with `Allow` grants every service that exists, and every service that AWS will ever add, but for a few.",
  fix: "List the actions that are needed in `Action`; to forbid some, use a statement with `Deny`.",
  sameAs: { cdkNag: ["AwsSolutions-IAM5"] },
  types: POLICY_TYPES,
  judge: judgeStatements(({ effect, notActions }) =>
    effect === "Allow" && notActions.length > 0
      ? { fault: `must not allow all actions but ${notActions.join(", ")}`, key: `NotAction::${notActions.join(",")}` }
      : undefined,
  ),
  examples: {
    failing: rolePolicy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
    passing: rolePolicy({ Effect: "Deny", NotAction: "s3:*", Resource: "*" }),
  },
});
