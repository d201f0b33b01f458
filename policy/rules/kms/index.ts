import type { Rule } from "../../engine/rule";
import { kmsDeletionWindow } from "./kms-deletion-window";
import { kmsEnabled } from "./kms-enabled";
import { kmsLockoutCheck } from "./kms-lockout-check";
import { kmsPolicyNotPublic } from "./kms-policy-not-public";
import { kmsPolicyWritten } from "./kms-policy-written";
import { kmsRotation } from "./kms-rotation";

/** Rules for KMS keys. */
export const kmsRules: readonly Rule[] = [
  kmsRotation,
  kmsPolicyNotPublic,
  kmsEnabled,
  kmsPolicyWritten,
  kmsDeletionWindow,
  kmsLockoutCheck,
];
