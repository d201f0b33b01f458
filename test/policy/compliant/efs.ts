import type { Complement } from "../mutants/mutant";

const ID = "${aws_efs_file_system.datasets.id}";

/** A file system for datasets, with a folder for one team. */
export const compliant: Complement = {
  terraform: {
    resource: {
      aws_efs_file_system: {
        datasets: { encrypted: true, kms_key_id: "${aws_kms_key.complement.arn}", throughput_mode: "elastic" },
      },
      aws_efs_file_system_policy: {
        datasets: {
          file_system_id: ID,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "MountInNetwork",
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                Resource: "${aws_efs_file_system.datasets.arn}",
                Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
              },
            ],
          }),
        },
      },
      aws_efs_backup_policy: { datasets: { file_system_id: ID, backup_policy: { status: "ENABLED" } } },
      aws_efs_access_point: {
        vision: {
          file_system_id: ID,
          posix_user: { uid: 1000, gid: 1000 },
          root_directory: {
            path: "/vision",
            creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: "0750" },
          },
        },
      },
    },
  },
};
