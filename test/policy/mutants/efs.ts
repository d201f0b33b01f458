import { put, removeResource, resourceOf } from "./mutant";
import type { Mutant } from "./mutant";
import { openToEveryone } from "./policy-text";

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-EFS-001",
    what: "the file system is not encrypted",
    change: (environment) => put(resourceOf(environment, "aws_efs_file_system"), "encrypted", undefined),
  },
  {
    rule: "FD-EFS-002",
    what: "EFS encrypts with a key of AWS",
    change: (environment) => put(resourceOf(environment, "aws_efs_file_system"), "kms_key_id", undefined),
  },
  {
    rule: "FD-EFS-003",
    what: "every principal may mount from anywhere",
    change: (environment) => openToEveryone(resourceOf(environment, "aws_efs_file_system_policy")),
  },
  {
    rule: "FD-EFS-004",
    what: "nothing is backed up",
    change: (environment) => removeResource(environment, "aws_efs_backup_policy"),
  },
  {
    rule: "FD-EFS-005",
    what: "the access point leads to everything",
    change: (environment) => put(resourceOf(environment, "aws_efs_access_point"), "root_directory.path", "/"),
  },
  {
    rule: "FD-EFS-005",
    what: "the access point takes the client's word for who it is",
    change: (environment) => put(resourceOf(environment, "aws_efs_access_point"), "posix_user", undefined),
  },
];
