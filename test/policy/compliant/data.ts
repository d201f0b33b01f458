import type { Complement } from "../mutants/mutant";

const KEY = "${aws_kms_key.complement.arn}";

/** A topic, a volume, copies of disks and a table. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_sns_topic: { alarms: { name: "atlas-prod-alarms", kms_master_key_id: KEY } },
      aws_sns_topic_policy: {
        alarms: {
          arn: "${aws_sns_topic.alarms.arn}",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "PublishFromAccount",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "sns:Publish",
                Resource: "${aws_sns_topic.alarms.arn}",
                Condition: { StringEquals: { "AWS:SourceOwner": "333333333333" } },
              },
            ],
          }),
        },
      },
      aws_ebs_volume: { scratch: { availability_zone: "us-east-1a", size: 100, encrypted: true, kms_key_id: KEY } },
      aws_ebs_snapshot_copy: {
        weights: {
          source_snapshot_id: "snap-0a1b2c3d4e5f60718",
          source_region: "us-west-2",
          encrypted: true,
          kms_key_id: KEY,
        },
      },
      aws_ami_launch_permission: { node: { image_id: "ami-0a1b2c3d4e5f60718", account_id: "333333333333" } },
      aws_dynamodb_table: {
        features: {
          name: "atlas-prod-features",
          billing_mode: "PAY_PER_REQUEST",
          hash_key: "entity",
          attribute: [{ name: "entity", type: "S" }],
          point_in_time_recovery: { enabled: true },
          deletion_protection_enabled: true,
        },
      },
    },
  },
};
