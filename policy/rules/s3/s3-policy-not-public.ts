import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";
import { BUCKET, exampleBucket } from "./private/example-bucket";

const policy = (principal: unknown): Example => ({
  terraform: exampleBucket({
    aws_s3_bucket_policy: {
      models: {
        bucket: BUCKET,
        policy: JSON.stringify({
          Statement: [
            {
              Effect: "Allow",
              Principal: principal,
              Action: "s3:GetObject",
              Resource: "${aws_s3_bucket.models.arn}/*",
            },
          ],
        }),
      },
    },
  }),
});

/** A statement for everyone is no fault when a condition leaves known accounts, networks or sources only. */
export const s3PolicyNotPublic = resourceRule({
  id: "FD-S3-012",
  slug: "s3-policy-not-public",
  title: "No policy lets everyone into a bucket",
  severity: "high",
  packs: ["baseline"],
  why: "Datasets and models can be read, or replaced by others, from anywhere without credentials.",
  fix: "Name the roles or accounts in `Principal`, or add a condition on who asks, such as `aws:PrincipalOrgID`.",
  sameAs: { checkov: ["CKV_AWS_70"] },
  types: ["aws_s3_bucket_policy", "aws_s3_bucket", "aws_s3_access_point", "aws_s3control_access_point_policy"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy("*"),
    passing: policy({ AWS: "arn:aws:iam::111111111111:role/trainer" }),
    unknown: {
      terraform: exampleBucket({ aws_s3_bucket_policy: { models: { bucket: BUCKET, policy: "${var.policy}" } } }),
    },
  },
});
