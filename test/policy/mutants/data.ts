import { put, resourceOf } from "./mutant";
import type { Mutant } from "./mutant";
import { openToEveryone } from "./policy-text";

export const mutants: readonly Mutant[] = [
  {
    rule: "FD-DATA-001",
    what: "the queue is not encrypted",
    change: (environment) => put(resourceOf(environment, "aws_sqs_queue"), "sqs_managed_sse_enabled", false),
  },
  {
    rule: "FD-DATA-002",
    what: "everyone may send to the queue",
    change: (environment) => openToEveryone(resourceOf(environment, "aws_sqs_queue_policy"), "OwnQueues"),
  },
  {
    rule: "FD-DATA-003",
    what: "the topic is not encrypted",
    change: (environment) => put(resourceOf(environment, "aws_sns_topic", "alarms"), "kms_master_key_id", undefined),
  },
  {
    rule: "FD-DATA-004",
    what: "everyone may publish",
    change: (environment) => openToEveryone(resourceOf(environment, "aws_sns_topic_policy")),
  },
  {
    rule: "FD-DATA-005",
    what: "the volume is not encrypted",
    change: (environment) => put(resourceOf(environment, "aws_ebs_volume", "scratch"), "encrypted", false),
  },
  {
    rule: "FD-DATA-006",
    what: "the copy is not encrypted",
    change: (environment) => put(resourceOf(environment, "aws_ebs_snapshot_copy", "weights"), "encrypted", undefined),
  },
  {
    rule: "FD-DATA-007",
    what: "the image is shared with everyone",
    change: (environment) => put(resourceOf(environment, "aws_ami_launch_permission", "node"), "group", "all"),
  },
  {
    rule: "FD-DATA-008",
    what: "the table cannot be restored",
    change: (environment) =>
      put(resourceOf(environment, "aws_dynamodb_table", "features"), "point_in_time_recovery.enabled", false),
  },
  {
    rule: "FD-DATA-009",
    what: "the table can be deleted",
    change: (environment) =>
      put(resourceOf(environment, "aws_dynamodb_table", "features"), "deletion_protection_enabled", undefined),
  },
];
