import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";

const policy = (principal: unknown): Example => ({
  terraform: {
    resource: {
      aws_ecr_repository_policy: {
        serving: {
          repository: "atlas-prod/serving",
          policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: principal, Action: "ecr:BatchGetImage" }],
          }),
        },
      },
    },
  },
});

/** A statement for everyone is no fault when a condition leaves known accounts only. */
export const ecrPolicyNotPublic = resourceRule({
  id: "FD-ECR-004",
  slug: "ecr-policy-not-public",
  title: "No policy lets everyone into an image repository",
  severity: "high",
  packs: ["baseline"],
  why: "Any AWS account may pull the images with the models in them, or push others in their place.",
  fix: "Name accounts or roles in `Principal`, or add a condition such as `aws:PrincipalOrgID`.",
  sameAs: { checkov: ["CKV_AWS_32"], trivy: ["AWS-0032"], cdkNag: ["AwsSolutions-ECR1"] },
  types: ["aws_ecr_repository_policy", "aws_ecr_registry_policy"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy("*"),
    passing: policy({ AWS: "arn:aws:iam::111111111111:root" }),
    unknown: { terraform: { resource: { aws_ecr_repository_policy: { serving: { policy: "${var.policy}" } } } } },
  },
});
