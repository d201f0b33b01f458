import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";

const rotation = (secret?: string): Example => ({
  terraform: {
    resource: {
      aws_secretsmanager_secret: { token: { name: "atlas/prod/token" } },
      ...(secret && {
        aws_secretsmanager_secret_rotation: {
          token: { secret_id: secret, rotation_rules: { automatically_after_days: 30 } },
        },
      }),
    },
  },
});

/** Not every secret can be rotated by AWS, such as the key of another vendor, which is why nothing but `strict` asks. */
export const secretRotation = resourceRule({
  id: "FD-SEC-006",
  slug: "secret-rotation",
  title: "A secret is rotated",
  severity: "medium",
  packs: ["strict"],
  why: "A secret that leaked once can be used until somebody notices.",
  fix: "Define an `aws_secretsmanager_secret_rotation` for the secret.",
  sameAs: { checkov: ["CKV2_AWS_57"], cdkNag: ["AwsSolutions-SMG4"] },
  types: ["aws_secretsmanager_secret"],
  judge: (secret, context) =>
    mustHaveLinked(context, secret, { type: "aws_secretsmanager_secret_rotation", argument: "secret_id" }, pass),
  examples: {
    failing: rotation(),
    passing: rotation("${aws_secretsmanager_secret.token.id}"),
    unknown: rotation("${var.secret}"),
  },
});
