import type { Complement } from "../mutants/mutant";

const BUCKET = "${aws_s3_bucket.archived_models.id}";
const ARN = "${aws_s3_bucket.archived_models.arn}";

/** A store for models whose versions go early, so that its object lock alone keeps them; it tells of its events too. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_s3_bucket: {
        archived_models: { bucket: "atlas-prod-archived-models-333333333333", object_lock_enabled: true },
      },
      aws_s3_bucket_public_access_block: {
        archived_models: {
          bucket: BUCKET,
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
      },
      aws_s3_bucket_server_side_encryption_configuration: {
        archived_models: {
          bucket: BUCKET,
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { sse_algorithm: "aws:kms", kms_master_key_id: "${aws_kms_key.complement.arn}" },
              ],
              bucket_key_enabled: true,
            },
          ],
        },
      },
      aws_s3_bucket_versioning: {
        archived_models: { bucket: BUCKET, versioning_configuration: [{ status: "Enabled" }] },
      },
      aws_s3_bucket_object_lock_configuration: {
        archived_models: { bucket: BUCKET, rule: { default_retention: { mode: "GOVERNANCE", days: 90 } } },
      },
      aws_s3_bucket_lifecycle_configuration: {
        archived_models: {
          bucket: BUCKET,
          rule: [
            {
              id: "tidy",
              status: "Enabled",
              filter: {},
              abort_incomplete_multipart_upload: { days_after_initiation: 7 },
              noncurrent_version_expiration: { noncurrent_days: 7 },
            },
          ],
        },
      },
      aws_s3_bucket_policy: {
        archived_models: {
          bucket: BUCKET,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "DenyWithoutTls",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [ARN, `${ARN}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
              },
            ],
          }),
        },
      },
      aws_s3_bucket_logging: {
        archived_models: {
          bucket: BUCKET,
          target_bucket: "atlas-prod-access-logs-333333333333-us-east-1",
          target_prefix: "access/",
        },
      },
      aws_s3_bucket_replication_configuration: {
        archived_models: {
          bucket: BUCKET,
          role: "arn:aws:iam::333333333333:role/atlas-prod-replication",
          rule: {
            id: "everything",
            status: "Enabled",
            destination: { bucket: "arn:aws:s3:::atlas-prod-archived-models-333333333333-us-west-2" },
          },
        },
      },
      aws_s3_bucket_notification: { archived_models: { bucket: BUCKET, eventbridge: true } },
    },
  },
};
