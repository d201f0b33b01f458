import { isPlanGuard } from "../../engine/is-plan-guard";
import type { Rule } from "../../engine/rule";

/** What is unusual about excepting something from a rule; empty where a waiver does. */
export function exceptionWords(rule: Rule): string {
  if (isPlanGuard(rule)) return "needs an approval";
  return rule.waivable === false ? "cannot be waived" : "";
}
