import type { RuleContext } from "../../engine/context";
import { environmentRule } from "../../engine/rule";
import type { Judgement } from "../../engine/rule";
import type { Resource } from "../../engine/subject";
import { allOf, fail, pass, unknown } from "../../engine/verdict";
import { allow, policyJson } from "./private/examples";
import { policiesOfRole } from "./private/policies";
import { mayUseKey, storeUsesOf } from "./private/store-keys";

const example = (...more: readonly ReturnType<typeof allow>[]) => ({
  terraform: {
    resource: {
      aws_kms_key: { key: {} },
      aws_s3_bucket: { models: { bucket: "atlas-prod-models" } },
      aws_s3_bucket_server_side_encryption_configuration: {
        models: {
          bucket: "${aws_s3_bucket.models.id}",
          rule: {
            apply_server_side_encryption_by_default: {
              sse_algorithm: "aws:kms",
              kms_master_key_id: "${aws_kms_key.key.arn}",
            },
          },
        },
      },
      aws_iam_role: { server: { name: "server" } },
      aws_iam_role_policy: {
        server: {
          role: "${aws_iam_role.server.name}",
          policy: policyJson(allow("s3:GetObject", "${aws_s3_bucket.models.arn}/*"), ...more),
        },
      },
    },
  },
});

/** Buckets and keys are found by reference or by ARN, also across stacks; what a boundary or a condition takes away is not. */
export const iamEncryptedStoreHasKey = environmentRule({
  id: "FD-IAM-025",
  slug: "iam-encrypted-store-has-key",
  title: "A role that uses an encrypted store may use its key",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "S3 answers `AccessDenied` to a role that may read the object but not decrypt with the key of the bucket, at run time only.",
  fix: "Allow `kms:Decrypt` on the key to roles that read, and `kms:GenerateDataKey` as well to roles that write.",
  judge: (context) =>
    context.graph.resourcesOf("aws_iam_role").flatMap((role): readonly Judgement[] => judgeRole(role, context)),
  examples: {
    failing: example(),
    passing: example(allow("kms:Decrypt", "${aws_kms_key.key.arn}")),
    unknown: {
      terraform: {
        resource: {
          ...example().terraform.resource,
          aws_iam_role_policy_attachment: {
            server: { role: "${aws_iam_role.server.name}", policy_arn: "${var.policy_arn}" },
          },
        },
      },
    },
  },
});

function judgeRole(role: Resource, { graph }: RuleContext): readonly Judgement[] {
  const { documents, complete } = policiesOfRole(role, graph);
  const uses = storeUsesOf(documents, role.stack, graph);
  if (uses.length === 0) return [];
  const verdicts = uses.map((use) => {
    if (mayUseKey(role, documents, use, graph)) return pass();
    const what = `the role may use ${use.bucket.address} but not ${use.keyAction} with its key ${use.key.address}`;
    const about = { key: `${use.keyAction}::${use.bucket.address}` };
    return complete ? fail(what, about) : unknown(`${what}, as far as its policies are known`, about);
  });
  return [{ subject: role, verdict: allOf(verdicts) }];
}
