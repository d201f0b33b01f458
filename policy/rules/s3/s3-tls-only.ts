import type { RuleContext } from "../../engine/context";
import { readPolicy } from "../../engine/policy-document";
import type { Statement } from "../../engine/policy-document";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { fail, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { isForEveryone } from "../private/must-not-be-public";
import { BUCKET, exampleBucket } from "./private/example-bucket";
import { mustHaveSetting } from "./private/must-have-setting";

const policy = (statement: object): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_policy: { models: { bucket: BUCKET, policy: JSON.stringify({ Statement: [statement] }) } },
  }),
});

const denyPlain = {
  Sid: "DenyWithoutTls",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["${aws_s3_bucket.models.arn}", "${aws_s3_bucket.models.arn}/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/**
 * A limit on `s3:TlsVersion` alone does not do: requests without TLS have no version, and pass it.
 *
 * @see https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule
 */
export const s3TlsOnly = resourceRule({
  id: "FD-S3-011",
  slug: "s3-tls-only",
  title: "A bucket refuses requests without TLS",
  severity: "medium",
  packs: ["baseline"],
  why: "S3 answers plain HTTP too, where data and signed URLs can be read and changed on the way.",
  fix: 'Deny `s3:*` on the bucket and its objects to everyone in its policy where `aws:SecureTransport` is "false".',
  sameAs: { checkov: ["CKV_AWS_379"], cdkNag: ["AwsSolutions-S10"] },
  types: ["aws_s3_bucket"],
  judge: (bucket, context) =>
    mustHaveSetting(
      context,
      bucket,
      { type: "aws_s3_bucket_policy", judge: (other) => mustDenyPlain(other.at("policy"), context) },
      { block: "policy", judge: (block) => mustDenyPlain(block, context) },
    ),
  examples: {
    failing: policy({ ...denyPlain, Resource: "${aws_s3_bucket.models.arn}/*" }),
    passing: policy(denyPlain),
    unknown: {
      terraform: exampleBucket({ aws_s3_bucket_policy: { models: { bucket: BUCKET, policy: "${var.policy}" } } }),
    },
  },
});

function mustDenyPlain(value: Value, { graph }: RuleContext): Verdict {
  const document = readPolicy(value, graph);
  const statements = (document?.statements ?? []).filter(deniesPlain);
  const resources = statements.flatMap((statement) => statement.resources);
  if (resources.some(isBucket) && resources.some(isAllObjects)) return pass();
  const message = "`policy` must deny everyone `s3:*` on the bucket and all its objects without TLS";
  return document?.complete
    ? fail(`${message}, got ${resources.length > 0 ? resources.join(", ") : "no such statement"}`, {
        attribute: "policy",
      })
    : unknown(`${message}, and is known only after apply: ${value.toString()}`, { attribute: "policy" });
}

function deniesPlain(statement: Statement): boolean {
  const [condition, ...more] = statement.conditions;
  return (
    statement.effect === "Deny" &&
    isForEveryone(statement) &&
    statement.actions.some((action) => action === "*" || action.toLowerCase() === "s3:*") &&
    condition?.key.toLowerCase() === "aws:securetransport" &&
    condition.operator.startsWith("Bool") &&
    condition.values.every((value) => value === "false") &&
    more.length === 0
  );
}

function isBucket(resource: string): boolean {
  return !resource.includes("/");
}

function isAllObjects(resource: string): boolean {
  return /^[^/]*\/?\*$/.test(resource);
}
