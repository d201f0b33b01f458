import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";

const key = (statement: object): Example => ({
  terraform: {
    resource: {
      aws_kms_key: {
        data: {
          policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "kms:*", Resource: "*", ...statement }] }),
        },
      },
    },
  },
});

/** A statement for everyone is no fault when a condition such as `kms:CallerAccount` leaves known callers only. */
export const kmsPolicyNotPublic = resourceRule({
  id: "FD-KMS-002",
  slug: "kms-policy-not-public",
  title: "No key policy lets everyone use a key",
  severity: "high",
  packs: ["baseline"],
  why: "Any AWS account may decrypt what the key protects, or lock its owner out of it.",
  fix: "Name the account or roles in `Principal`, or add a condition such as `kms:CallerAccount`.",
  sameAs: { checkov: ["CKV_AWS_33"] },
  types: ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_key_policy"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: key({ Principal: { AWS: "*" } }),
    passing: key({ Principal: { AWS: "*" }, Condition: { StringEquals: { "kms:CallerAccount": "111111111111" } } }),
    unknown: { terraform: { resource: { aws_kms_key: { data: { policy: "${var.policy}" } } } } },
  },
});
