import { resourceRule } from "../../engine/rule";
import { rolePolicy } from "./private/examples";
import { judgeStatements } from "./private/judge-statements";
import { POLICY_TYPES } from "./private/policies";

/** Policies that only bound others may use it: a boundary grants nothing. */
export const iamNoNotResource = resourceRule({
  id: "FD-IAM-005",
  slug: "iam-no-not-resource",
  title: "No policy allows an action on all resources but some",
  severity: "medium",
  packs: ["baseline"],
  why: "`NotResource` with `Allow` grants access to whatever is made tomorrow, in every account that trusts this one.",
  fix: "Name the resources in `Resource`; to leave some out, add a statement with `Deny`.",
  types: POLICY_TYPES,
  judge: judgeStatements(({ effect, notActions, notResources }) =>
    effect === "Allow" && notActions.length === 0 && notResources.length > 0
      ? {
          fault: `must not allow anything on all resources but ${notResources.join(", ")}`,
          key: `NotResource::${notResources.join(",")}`,
        }
      : undefined,
  ),
  examples: {
    failing: rolePolicy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::states/*" }),
    passing: rolePolicy({ Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::models/*" }),
  },
});
