import { mustHaveLinked } from "../../engine/link";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { pass } from "../../engine/verdict";
import { isWritten } from "../private/is-written";

const policy = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "kms:*", Resource: "*" },
  ],
});

const key = (values: object, keyPolicy = {}): Example => ({
  terraform: { resource: { aws_kms_key: { data: { ...values } }, ...keyPolicy } },
});

/** The policy that AWS writes otherwise leaves everything to IAM, which is no hole but is seen nowhere in the code. */
export const kmsPolicyWritten = resourceRule({
  id: "FD-KMS-004",
  slug: "kms-policy-written",
  title: "The policy of a KMS key is in the code",
  severity: "low",
  packs: ["strict"],
  why: "Who may use the key is decided by every IAM policy of the account, and a policy somebody sets by hand is not noticed.",
  fix: "Set `policy`, or define an `aws_kms_key_policy` for the key.",
  sameAs: { checkov: ["CKV2_AWS_64"] },
  types: ["aws_kms_key"],
  judge: (resource, context) =>
    isWritten(resource.at("policy"))
      ? pass()
      : mustHaveLinked(context, resource, { type: "aws_kms_key_policy", argument: "key_id" }, pass),
  examples: {
    failing: key({}),
    passing: key({ policy }),
    unknown: key({}, { aws_kms_key_policy: { data: { key_id: "${var.key}", policy } } }),
  },
});
