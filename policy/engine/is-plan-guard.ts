import type { ChangeRule, Rule } from "./rule";

/**
 * Whether the rule judges what a plan does, and not what is there afterwards: its findings are no matter of waivers, which
 * last, but of approvals, which are for one address and one occasion.
 */
export function isPlanGuard(rule: Rule): rule is ChangeRule {
  return rule.judges === "change";
}
