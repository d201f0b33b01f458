import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";

const policy = (principal: unknown): Example => ({
  terraform: {
    resource: {
      aws_secretsmanager_secret_policy: {
        token: {
          secret_arn: "arn:aws:secretsmanager:us-east-1:111111111111:secret:token",
          policy: JSON.stringify({
            Statement: [
              { Effect: "Allow", Principal: principal, Action: "secretsmanager:GetSecretValue", Resource: "*" },
            ],
          }),
        },
      },
    },
  },
});

/** A statement for everyone is no fault when a condition leaves known accounts or sources only. */
export const secretPolicyNotPublic = resourceRule({
  id: "FD-SEC-005",
  slug: "secret-policy-not-public",
  title: "No policy lets everyone read a secret",
  severity: "high",
  packs: ["baseline"],
  why: "Any AWS account that may decrypt with the key reads the secret.",
  fix: "Name accounts or roles in `Principal`, and set `block_public_policy` to true.",
  types: ["aws_secretsmanager_secret_policy", "aws_secretsmanager_secret"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy("*"),
    passing: policy({ AWS: "arn:aws:iam::111111111111:role/mlflow" }),
    unknown: { terraform: { resource: { aws_secretsmanager_secret_policy: { token: { policy: "${var.policy}" } } } } },
  },
});
