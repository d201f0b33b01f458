import { resourceRule } from "../../engine/rule";
import { ATTACHING_TYPES, judgeManagedPolicy } from "./private/judge-managed-policy";

const attached = (policyArn: string) => ({
  terraform: { resource: { aws_iam_role_policy_attachment: { trainer: { role: "trainer", policy_arn: policyArn } } } },
});

/** Policies of one's own that allow as much are judged by what they say. */
export const iamNoAdministratorAccess = resourceRule({
  id: "FD-IAM-013",
  slug: "iam-no-administrator-access",
  title: "Nobody is administrator by a policy of AWS",
  severity: "critical",
  packs: ["baseline"],
  why: "Whoever gets hold of one session of such a role owns the account, with all its data and all its logs.",
  fix: "Attach a policy of your own that lists the actions and resources that are needed.",
  sameAs: { checkov: ["CKV_AWS_274"], cdkNag: ["AwsSolutions-IAM4"] },
  types: ATTACHING_TYPES,
  judge: judgeManagedPolicy("AdministratorAccess"),
  examples: {
    failing: attached("arn:aws:iam::aws:policy/AdministratorAccess"),
    passing: attached("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"),
  },
});
