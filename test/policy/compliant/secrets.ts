import type { Complement } from "../mutants/mutant";

const KEY = "${aws_kms_key.complement.arn}";

/** A secret that Terraform fills in and AWS rotates, and one among the parameters of Systems Manager. */
export const compliant: Complement = {
  terraform: {
    resource: {
      random_password: { tracking: { length: 64, special: false } },
      aws_secretsmanager_secret: {
        tracking: { name: "atlas/prod/tracking", kms_key_id: KEY, recovery_window_in_days: 30 },
      },
      aws_secretsmanager_secret_version: {
        tracking: {
          secret_id: "${aws_secretsmanager_secret.tracking.id}",
          secret_string: "${random_password.tracking.result}",
        },
      },
      aws_secretsmanager_secret_policy: {
        tracking: {
          secret_arn: "${aws_secretsmanager_secret.tracking.arn}",
          block_public_policy: true,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "ReadByTracking",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::333333333333:role/atlas-prod-tracking" },
                Action: "secretsmanager:GetSecretValue",
                Resource: "*",
              },
            ],
          }),
        },
      },
      aws_secretsmanager_secret_rotation: {
        tracking: {
          secret_id: "${aws_secretsmanager_secret.tracking.id}",
          rotation_lambda_arn: "arn:aws:lambda:us-east-1:333333333333:function:atlas-prod-rotate",
          rotation_rules: { automatically_after_days: 30 },
        },
      },
      aws_ssm_parameter: {
        tracking: {
          name: "/atlas/prod/tracking",
          type: "SecureString",
          key_id: KEY,
          value: "${random_password.tracking.result}",
        },
      },
    },
  },
};
