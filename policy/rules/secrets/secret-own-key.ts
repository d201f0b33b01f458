import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustBeOwnKey } from "../private/must-be-own-key";

const secret = (values: object): Example => ({
  terraform: {
    resource: {
      aws_kms_key: { data: {} },
      aws_secretsmanager_secret: { token: { name: "atlas/prod/token", ...values } },
    },
  },
});

/** Secrets Manager encrypts every secret, with a key of its own unless told otherwise. */
export const secretOwnKey = resourceRule({
  id: "FD-SEC-001",
  slug: "secret-own-key",
  title: "A secret encrypts with a KMS key of the account's own",
  severity: "low",
  packs: ["mlops"],
  why: "With the service's own key whoever may read secrets at all reads this one, and it cannot be shared with another account.",
  fix: "Set `kms_key_id` to an `aws_kms_key`.",
  sameAs: { checkov: ["CKV_AWS_149"], trivy: ["AWS-0098"] },
  types: ["aws_secretsmanager_secret"],
  judge: (resource, { graph }) => mustBeOwnKey(resource.at("kms_key_id"), graph),
  examples: {
    failing: secret({}),
    passing: secret({ kms_key_id: "${aws_kms_key.data.arn}" }),
    unknown: secret({ kms_key_id: "${var.key}" }),
  },
});
