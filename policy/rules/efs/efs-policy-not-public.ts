import { resourceRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { mustNotBePublic } from "../private/must-not-be-public";

const policy = (condition: object): Example => ({
  terraform: {
    resource: {
      aws_efs_file_system_policy: {
        datasets: {
          file_system_id: "fs-0a1b2c3d4e5f60718",
          policy: JSON.stringify({
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "elasticfilesystem:ClientMount",
                Condition: condition,
              },
            ],
          }),
        },
      },
    },
  },
});

/** `elasticfilesystem:AccessedViaMountTarget` leaves clients in the network only, which is how AWS defines it as not public. */
export const efsPolicyNotPublic = resourceRule({
  id: "FD-EFS-003",
  slug: "efs-policy-not-public",
  title: "No policy lets everyone into a file system",
  severity: "high",
  packs: ["baseline"],
  why: "Any principal of any account that reaches the network may mount the file system and change what is in it.",
  fix: "Name roles in `Principal`, or add the condition `elasticfilesystem:AccessedViaMountTarget`.",
  types: ["aws_efs_file_system_policy"],
  judge: (resource, { graph }) => mustNotBePublic(resource, graph),
  examples: {
    failing: policy({}),
    passing: policy({ Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }),
    unknown: { terraform: { resource: { aws_efs_file_system_policy: { datasets: { policy: "${var.policy}" } } } } },
  },
});
