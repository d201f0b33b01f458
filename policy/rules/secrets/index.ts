import type { Rule } from "../../engine/rule";
import { parameterOwnKey } from "./parameter-own-key";
import { secretNotLiteral } from "./secret-not-literal";
import { secretOwnKey } from "./secret-own-key";
import { secretPatternsAbsent } from "./secret-patterns-absent";
import { secretPolicyNotPublic } from "./secret-policy-not-public";
import { secretRecoveryWindow } from "./secret-recovery-window";
import { secretRotation } from "./secret-rotation";

/** Rules for secrets, wherever they are kept or written. */
export const secretRules: readonly Rule[] = [
  secretOwnKey,
  secretRecoveryWindow,
  secretNotLiteral,
  secretPatternsAbsent,
  secretPolicyNotPublic,
  secretRotation,
  parameterOwnKey,
];
