import type { Complement } from "../mutants/mutant";

/** A key that other complements encrypt with, as `${aws_kms_key.complement.arn}`. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_kms_key: {
        complement: {
          description: "Encrypts what the platform itself does not have",
          deletion_window_in_days: 30,
          enable_key_rotation: true,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "AccountAdministersThroughIam",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::333333333333:root" },
                Action: "kms:*",
                Resource: "*",
              },
            ],
          }),
        },
      },
    },
  },
};
