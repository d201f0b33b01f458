import type { Rule } from "../../engine/rule";
import { copyEncrypted } from "./copy-encrypted";
import { imageNotPublic } from "./image-not-public";
import { queueEncrypted } from "./queue-encrypted";
import { queuePolicyNotPublic } from "./queue-policy-not-public";
import { tableDeletionProtection } from "./table-deletion-protection";
import { tableRecovery } from "./table-recovery";
import { topicEncrypted } from "./topic-encrypted";
import { topicPolicyNotPublic } from "./topic-policy-not-public";
import { volumeEncrypted } from "./volume-encrypted";

/** Rules for data in queues, topics, disks and tables. */
export const dataRules: readonly Rule[] = [
  queueEncrypted,
  queuePolicyNotPublic,
  topicEncrypted,
  topicPolicyNotPublic,
  volumeEncrypted,
  copyEncrypted,
  imageNotPublic,
  tableRecovery,
  tableDeletionProtection,
];
