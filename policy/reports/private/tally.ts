import type { DecidedFinding, Level, Notice, PolicyReport } from "../../enforcement/policy-report";
import { counted, listed } from "./counted";

/** Hardest first: the order of every report. */
export const LEVELS: readonly Level[] = ["hard", "soft", "advisory"];

const EXCEPTED = ["waived", "baselined", "overridden"] as const;

/** Findings that nothing excepts. */
export function openFindings({ findings }: PolicyReport): readonly DecidedFinding[] {
  return findings.filter(({ status }) => status === "open");
}

/** How many findings are open, by level. */
export function openByLevel(report: PolicyReport): Readonly<Record<Level, number>> {
  const open = openFindings(report);
  const count = (level: Level): number => open.filter((finding) => finding.level === level).length;
  return { hard: count("hard"), soft: count("soft"), advisory: count("advisory") };
}

/** What is open, as `2 hard, 1 soft, 5 advisory open`. */
export function openWords(report: PolicyReport): string {
  const open = openByLevel(report);
  const levels = LEVELS.filter((level) => open[level] > 0).map((level) => `${open[level]} ${level}`);
  if (levels.length === 0) return "nothing open";
  const unknown = openFindings(report).filter(({ outcome }) => outcome === "unknown").length;
  return `${levels.join(", ")} open${unknown === 0 ? "" : ` (${unknown} not known before apply)`}`;
}

/** What is excepted, as `3 waived, 1 baselined`; empty when nothing is. */
export function exceptedWords({ findings }: PolicyReport): string {
  return EXCEPTED.map((status) => ({ status, count: findings.filter((one) => one.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(", ");
}

/** What was done, as `812 checks of 141 rules on 190 resources and 60 objects`. */
export function workWords({ counts, subjects }: PolicyReport): string {
  const checks = counts.pass + counts.fail + counts.unknown;
  const things = (["resource", "object", "change"] as const)
    .map((noun) => ({ noun, count: subjects[`${noun}s`] }))
    .filter(({ count }) => count > 0)
    .map(({ noun, count }) => counted(count, noun === "change" ? "planned change" : noun));
  return `${counted(checks, "check")} of ${counted(counts.rules, "rule")} on ${listed(things) || "nothing"}`;
}

/** The whole in a line, without the name: what is open, what is excepted, what was done. */
export function summaryWords(report: PolicyReport): string {
  return [openWords(report), exceptedWords(report), workWords(report)].filter((part) => part !== "").join("; ");
}

/** How the sentences begin that say so. */
const NOTHING = "nothing was judged";

/**
 * Why nothing was judged, as a sentence without a full stop; undefined when something was. A report that fails hard without a
 * finding to show for it is one of nothing.
 */
export function whyNothingJudged(report: PolicyReport): string | undefined {
  if (report.failed !== "hard") return undefined;
  const { counts, subjects, inputs, packs } = report;
  const given = inputs.length === 0 ? "what was given" : listed(inputs);
  if (subjects.resources + subjects.objects + subjects.changes === 0)
    return `${NOTHING}: there is no resource, object or planned change in ${given}`;
  if (counts.rules === 0) return `${NOTHING}: no rule is on with the packs ${listed(packs) || "none"}`;
  return openByLevel(report).hard > 0 ? undefined : `${NOTHING}: no rule applies to anything in ${given}`;
}

/** The notices, without one that says again that nothing was judged where a report says so itself. */
export function otherNotices(report: PolicyReport): readonly Notice[] {
  if (whyNothingJudged(report) === undefined) return report.notices;
  return report.notices.filter(({ message }) => !message.startsWith(NOTHING));
}
