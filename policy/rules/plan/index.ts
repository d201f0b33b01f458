import type { Rule } from "../../engine/rule";
import { planKeepsKeysEnabled } from "./plan-keeps-keys-enabled";
import { planKeepsNodes } from "./plan-keeps-nodes";
import { planKeepsProtection } from "./plan-keeps-protection";
import { planKeepsStateful } from "./plan-keeps-stateful";
import { planMovesRenamed } from "./plan-moves-renamed";
import { planNoticesLostState } from "./plan-notices-lost-state";
import { planReplacesNothingStateful } from "./plan-replaces-nothing-stateful";

/** Rules for what a plan does. */
export const planRules: readonly Rule[] = [
  planKeepsStateful,
  planReplacesNothingStateful,
  planMovesRenamed,
  planKeepsProtection,
  planKeepsKeysEnabled,
  planKeepsNodes,
  planNoticesLostState,
];
