import type { DecidedFinding, Level, PolicyReport } from "../enforcement/policy-report";
import { counted } from "./private/counted";
import { groupByRule } from "./private/group-by-rule";
import type { RuleGroup } from "./private/group-by-rule";
import { code, markdownText } from "./private/markdown-text";
import { fileAndLine, placeName, sourceOf } from "./private/place-name";
import { LEVELS, openFindings, otherNotices, summaryWords, whyNothingJudged } from "./private/tally";
import type { RuleOptions } from "./report-options";

/** GitHub takes comments of 65,536 characters; what a bot puts around it needs room too. */
const MOST_CHARACTERS = 60_000;

/** Of one rule; the rest is counted. */
const MOST_PLACES = 20;

/** What is said of what does not fit. */
const ROOM_FOR_REST = 400;

const MARKS: Readonly<Record<Level, string>> = { hard: "⛔ hard", soft: "⚠️ soft", advisory: "💡 advisory" };

/**
 * Writes reports as a comment on a pull request: the verdict, a table of the rules that are broken, and what each says, folded.
 * It has fewer than 60,000 characters; what does not fit is counted.
 */
export function writeMarkdown(reports: readonly PolicyReport[], options: RuleOptions): string {
  const room = Math.floor(MOST_CHARACTERS / Math.max(1, reports.length));
  const texts = reports.map((report) => `${reportMarkdown(report, options, room)}\n`);
  return `${fitted(texts, MOST_CHARACTERS, (left) => `And ${counted(left, "more report")}.\n`).trimEnd()}\n`;
}

function reportMarkdown(report: PolicyReport, options: RuleOptions, room: number): string {
  const open = openFindings(report);
  const groups = LEVELS.flatMap((level) =>
    groupByRule(open.filter((finding) => finding.level === level)).map((group) => ({ ...group, level })),
  );
  const rows = groups.map((group) => row(group, group.level, options));
  const head = `### ${verdict(report)}\n\n${markdownText(summaryWords(report))}\n`;
  const table = fitted(rows, (room - head.length) / 3, (left) => `| | and ${counted(left, "more rule")} | | |\n`);
  const heading = groups.length === 0 ? "" : "\n| Level | Rule | Severity | Places |\n| --- | --- | --- | --- |\n";
  const blocks = [...groups.map(details), ...excepted(report), ...notices(report)];
  const used = head.length + heading.length + table.length;
  const rest = (left: number): string => `\n_And ${left} more: ${code("flightdeck policy check")} shows all._\n`;
  return [head, heading, table, fitted(blocks, room - used, rest)].join("");
}

function verdict(report: PolicyReport): string {
  const nothing = whyNothingJudged(report);
  const name = markdownText(report.name);
  if (nothing !== undefined) return `❌ ${name}: ${markdownText(nothing)}`;
  return report.failed === "no" ? `✅ ${name} passes the policy checks` : `❌ ${name} fails the policy checks`;
}

function row({ rule, findings }: RuleGroup, level: Level, { ruleUri }: RuleOptions): string {
  const uri = ruleUri?.(rule);
  const id = uri === undefined ? code(rule.id) : `<a href="${encodeURI(uri)}">${rule.id}</a>`;
  return `| ${MARKS[level]} | ${id} ${markdownText(rule.title)} | ${rule.severity} | ${findings.length} |\n`;
}

function details({ rule, findings, level }: RuleGroup & { readonly level: Level }): string {
  const shown = findings.slice(0, MOST_PLACES).map((finding) => `- ${placeMarkdown(finding)}\n`);
  const left = findings.length - shown.length;
  return [
    `\n<details><summary>${MARKS[level]}: ${rule.id} ${markdownText(rule.title)} (${counted(findings.length, "place")})</summary>\n\n`,
    `**Why:** ${markdownText(rule.why)}\n\n`,
    ...shown,
    ...(left > 0 ? [`- and ${left} more\n`] : []),
    `\n**Fix:** ${markdownText(rule.fix)}\n\n</details>\n`,
  ].join("");
}

function placeMarkdown(finding: DecidedFinding): string {
  const { message, outcome, note } = finding;
  const source = sourceOf(finding);
  const where = source === undefined ? "" : ` at ${code(fileAndLine(source))}`;
  const unknown = outcome === "unknown" ? "not known yet: " : "";
  const noted = note === undefined ? "" : ` (${markdownText(note)})`;
  return `${code(placeName(finding))}${where}: ${unknown}${markdownText(message)}${noted}`;
}

function excepted({ findings }: PolicyReport): readonly string[] {
  const all = findings.filter(({ status }) => status !== "open");
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_PLACES).map(exceptedLine);
  const left = all.length - shown.length;
  const more = left > 0 ? [`- and ${left} more\n`] : [];
  const head = `\n<details><summary>${counted(all.length, "finding")} excepted</summary>\n\n`;
  return [[head, ...shown, ...more, "\n</details>\n"].join("")];
}

function exceptedLine(finding: DecidedFinding): string {
  const { rule, status, waiver } = finding;
  const ticket = waiver?.ticket === undefined ? "" : `, ${waiver.ticket}`;
  const reason = waiver === undefined ? "" : `: ${waiver.reason} (until ${waiver.expires}${ticket})`;
  return `- ${status} ${code(rule.id)} ${code(placeName(finding))}${markdownText(reason)}\n`;
}

function notices(report: PolicyReport): readonly string[] {
  const notices = otherNotices(report);
  if (notices.length === 0) return [];
  const shown = notices.slice(0, MOST_PLACES).map(({ level, message, where }) => {
    const place = where === undefined ? "" : ` (${code(where)})`;
    return `- ${level === "warning" ? "**warning:** " : ""}${markdownText(message)}${place}\n`;
  });
  const left = notices.length - shown.length;
  return [["\n", ...shown, ...(left > 0 ? [`- and ${left} more\n`] : [])].join("")];
}

/** As many parts as there is room for, whole ones, and then how many are left. */
function fitted(parts: readonly string[], room: number, rest: (left: number) => string): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > room - ROOM_FOR_REST) return text + rest(parts.length - index);
    text += part;
  }
  return text;
}
