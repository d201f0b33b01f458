import type { ReportingDescriptor } from "sarif";
import type { Rule, Severity } from "../../engine/rule";
import type { RuleOptions } from "../report-options";
import { foreignIds } from "./foreign-ids";
import { familyOf } from "./rule-family";
import { sarifText } from "./sarif-text";

/** Scores in the middle of the bands that GitHub reads as critical, high, medium and low. */
const SCORES: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/**
 * A rule as SARIF describes it. The level is what it has without settings; each result has its own. Rules of cost alone have no
 * score of security.
 */
export function sarifRule(rule: Rule, { ruleUri }: RuleOptions): ReportingDescriptor {
  const { id, slug, title, severity, packs, why, fix } = rule;
  const uri = ruleUri?.(rule);
  const same = foreignIds(rule);
  const markdown = [
    `**Why:** ${why}`,
    `**Fix:** ${fix}`,
    ...(same.length === 0 ? [] : [`**Same as:** ${same.join("; ")}`]),
  ];
  const secures = packs.some((pack) => pack !== "cost");
  const tags = [...(secures ? ["security"] : []), familyOf(id), ...packs];
  return {
    id,
    name: slug.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sarifText(title) },
    fullDescription: { text: sarifText(why) },
    help: { text: sarifText(`${why} ${fix}`), markdown: markdown.join("\n\n") },
    ...(uri === undefined ? {} : { helpUri: uri }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [...new Set(tags)], ...(secures ? { "security-severity": SCORES[severity] } : {}), severity },
  };
}
