import type { Rule } from "../../engine/rule";
import type { DecidedFinding } from "../../enforcement/policy-report";
import { groupBy } from "./group-by";

/** The findings of one rule. */
export interface RuleGroup {
  readonly rule: Rule;
  readonly findings: readonly [DecidedFinding, ...DecidedFinding[]];
}

/** Findings by rule, rules in the order in which they come first. */
export function groupByRule(findings: readonly DecidedFinding[]): readonly RuleGroup[] {
  return groupBy(findings, ({ rule }) => rule.id).map((group) => ({ rule: group[0].rule, findings: group }));
}
