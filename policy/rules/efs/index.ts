import type { Rule } from "../../engine/rule";
import { efsAccessPointConfined } from "./efs-access-point-confined";
import { efsBackup } from "./efs-backup";
import { efsEncrypted } from "./efs-encrypted";
import { efsOwnKey } from "./efs-own-key";
import { efsPolicyNotPublic } from "./efs-policy-not-public";

/** Rules for file systems of EFS. */
export const efsRules: readonly Rule[] = [
  efsEncrypted,
  efsOwnKey,
  efsPolicyNotPublic,
  efsBackup,
  efsAccessPointConfined,
];
