import { readPolicy } from "../../engine/policy-document";
import type { Statement } from "../../engine/policy-document";
import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import { isWritten } from "../private/is-written";
import { isForEveryone } from "../private/must-not-be-public";
import { matchesWildcard } from "../private/wildcard";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const policy = (resource: string): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_policy: {
      models: {
        bucket: BUCKET,
        policy: JSON.stringify({
          Statement: [{ Sid: "NoDeletion", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: resource }],
        }),
      },
    },
  }),
});

/** Denying on objects only (`<bucket>/*`) locks nobody out, for the policy is written on the bucket itself. */
export const s3PolicyNoLockOut = resourceRule({
  id: "FD-S3-013",
  slug: "s3-policy-no-lock-out",
  title: "A bucket's policy does not lock everyone out",
  severity: "high",
  packs: ["baseline"],
  why: "Once nobody may write the policy any more, only the root user of the account can take it away, and every deploy fails until then.",
  fix: "Deny single actions, deny on objects only, or add a condition that leaves the role that deploys.",
  sameAs: { checkov: ["CKV_AWS_93"] },
  types: ["aws_s3_bucket_policy", "aws_s3_bucket"],
  judge: (resource, { graph }) => {
    const value = resource.at("policy");
    if (value.absent || (resource.type === "aws_s3_bucket" && !isWritten(value))) return notApplicable();
    const document = readPolicy(value, graph);
    const found = document?.statements.find(locksOut);
    const message = "`policy` must not deny everyone `s3:PutBucketPolicy` on the bucket without a condition";
    if (found) return fail(`${message}, got ${found.sid ?? "a statement without a name"}`, { attribute: "policy" });
    return document?.complete
      ? pass()
      : unknown(`${message}, and is known only after apply: ${value.toString()}`, { attribute: "policy" });
  },
  examples: {
    failing: policy("${aws_s3_bucket.models.arn}"),
    passing: policy("${aws_s3_bucket.models.arn}/*"),
    unknown: {
      terraform: exampleBucket({ aws_s3_bucket_policy: { models: { bucket: BUCKET, policy: "${var.policy}" } } }),
    },
  },
});

function locksOut(statement: Statement): boolean {
  return (
    statement.effect === "Deny" &&
    statement.conditions.length === 0 &&
    isForEveryone(statement) &&
    statement.actions.some((action) => matchesWildcard(action, "s3:PutBucketPolicy")) &&
    statement.resources.some((resource) => !resource.includes("/"))
  );
}
