import type { DecidedFinding, Level, Notice, PolicyReport } from "../enforcement/policy-report";
import { counted, listed } from "./private/counted";
import { placeName, sourceOf } from "./private/place-name";
import { openFindings, otherNotices, summaryWords, whyNothingJudged } from "./private/tally";
import { visible } from "./private/visible";
import type { FileOptions } from "./report-options";

type Kind = "error" | "warning" | "notice";

interface Annotation {
  readonly kind: Kind;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly message: string;
}

/** GitHub shows ten annotations of a kind for each step and drops the rest. */
const MOST_SHOWN = 10;

const KINDS: Readonly<Record<Level, Kind>> = { hard: "error", soft: "warning", advisory: "notice" };

/**
 * Writes what is open as workflow commands, which GitHub Actions shows at the lines they name: hard findings as errors, soft
 * ones as warnings, advisory ones as notices. What is more than GitHub shows is counted in one last notice.
 */
export function writeGithub(reports: readonly PolicyReport[], options: FileOptions): string {
  const all = reports.flatMap((report) => annotationsOf(report, options));
  const room = { error: MOST_SHOWN, warning: MOST_SHOWN, notice: MOST_SHOWN - 1 };
  const shown = all.filter(({ kind }) => room[kind]-- > 0);
  const dropped = all.filter((one) => !shown.includes(one));
  const last = {
    kind: "notice",
    properties: { title: "Policy checks" },
    message: lastWords(reports, dropped),
  } as const;
  return [...shown, last].map((annotation) => `${command(annotation)}\n`).join("");
}

function annotationsOf(report: PolicyReport, options: FileOptions): readonly Annotation[] {
  const nothing = whyNothingJudged(report);
  return [
    ...(nothing === undefined ? [] : [emptyAnnotation(report, nothing)]),
    ...openFindings(report).map((finding) => findingAnnotation(finding, options.fallbackFile(report, finding))),
    ...otherNotices(report).map(noticeAnnotation),
  ];
}

function emptyAnnotation({ name }: PolicyReport, message: string): Annotation {
  return { kind: "error", properties: { title: `Policy checks of ${name}` }, message };
}

function findingAnnotation(finding: DecidedFinding, fallbackFile: string): Annotation {
  const { rule, level, message, note } = finding;
  const source = sourceOf(finding);
  const place: Annotation["properties"] = source
    ? { file: source.file, line: source.line, col: source.column }
    : { file: fallbackFile };
  return {
    kind: KINDS[level],
    properties: { ...place, title: `${rule.id} ${rule.title}` },
    message: [`${placeName(finding)}: ${message}`, note, `Fix: ${rule.fix}`]
      .filter((line) => line !== undefined)
      .join("\n"),
  };
}

function noticeAnnotation({ level, message, where }: Notice): Annotation {
  const [, file, line] = /^(.+?\.\w+):(\d+)/.exec(where ?? "") ?? [];
  const place: Annotation["properties"] = file === undefined || line === undefined ? {} : { file, line };
  const about = where === undefined || file !== undefined ? "" : ` (${where})`;
  return {
    kind: level === "warning" ? "warning" : "notice",
    properties: { ...place, title: "Policy checks" },
    message: `${message}${about}`,
  };
}

function lastWords(reports: readonly PolicyReport[], dropped: readonly Annotation[]): string {
  const summaries = reports.map((report) => `${report.name}: ${summaryWords(report)}`);
  const kinds = (["error", "warning", "notice"] as const)
    .map((kind) => ({ kind, count: dropped.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => counted(count, kind));
  return [...summaries, ...(kinds.length === 0 ? [] : [`Not shown here: ${listed(kinds)} more`])].join("\n");
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts says what to escape where. */
function command({ kind, properties, message }: Annotation): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${kind} ${pairs.join(",")}::${escaped(message)}`;
}

function escaped(text: string): string {
  return visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
