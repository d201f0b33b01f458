import { resourceRule } from "../../engine/rule";
import { ATTACHING_TYPES, judgeManagedPolicy } from "./private/judge-managed-policy";

const attached = (policyArn: string) => ({
  terraform: { resource: { aws_iam_role_policy_attachment: { trainer: { role: "trainer", policy_arn: policyArn } } } },
});

/** Policies of one's own that allow as much are judged by what they say. */
export const iamNoIamFullAccess = resourceRule({
  id: "FD-IAM-014",
  slug: "iam-no-iam-full-access",
  title: "Nobody is given full access to IAM",
  severity: "high",
  packs: ["baseline"],
  why: "Whoever may change every role and policy can give themselves every other right.",
  fix: "Attach a policy of your own that names the roles and actions, and require a permissions boundary on what it makes.",
  sameAs: { checkov: ["CKV2_AWS_56"], cdkNag: ["AwsSolutions-IAM4"] },
  types: ATTACHING_TYPES,
  judge: judgeManagedPolicy("IAMFullAccess"),
  examples: {
    failing: attached("arn:aws:iam::aws:policy/IAMFullAccess"),
    passing: attached("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"),
  },
});
