import pc from "picocolors";
import { POLICY_FILES } from "../enforcement/policy-files";
import type { DecidedFinding, Level, Notice, PolicyReport } from "../enforcement/policy-report";
import { isPlanGuard } from "../engine/is-plan-guard";
import { counted } from "./private/counted";
import { exceptionWords } from "./private/exception-words";
import { groupBy } from "./private/group-by";
import { groupByRule } from "./private/group-by-rule";
import type { RuleGroup } from "./private/group-by-rule";
import { fileAndLine, placeName, sourceOf } from "./private/place-name";
import { exceptedWords, LEVELS, openFindings, otherNotices, summaryWords, whyNothingJudged } from "./private/tally";
import { TextBlock } from "./private/text-block";
import type { Paint } from "./private/text-block";
import { oneLine } from "./private/visible";
import type { TextOptions } from "./report-options";

type Colours = ReturnType<typeof pc.createColors>;

/** Places of one rule, and lines of what is excepted, that are shown unless all are asked for. */
const MOST_SHOWN = 5;

const CONSEQUENCES: Readonly<Record<Level, (one: boolean) => string>> = {
  hard: (one) => `${one ? "stops" : "stop"} the synthesis`,
  soft: (one) => `${one ? "fails" : "fail"} \`policy check\``,
  advisory: (one) => `${one ? "stops" : "stop"} nothing`,
};

/** Labels of a rule's lines; what they label stands in one column. */
const LABELS = { what: "what  ", at: "at    ", why: "why   ", fix: "fix   " } as const;
const MARGIN = 2;
const COLUMN = MARGIN + LABELS.what.length;

/**
 * Writes reports for people: what is open by level and rule, each with its places, the reason and the remedy; then what is
 * excepted, notices, and one line that sums up.
 */
export function writeText(reports: readonly PolicyReport[], options: TextOptions): string {
  return reports.map((report) => new TextReport(report, options).toString()).join("\n");
}

/** At least one. */
type PlaceFindings = readonly [DecidedFinding, ...DecidedFinding[]];

/** The text of one report. */
class TextReport {
  private readonly block: TextBlock;
  private readonly colours: Colours;
  private readonly verbose: boolean;

  constructor(
    private readonly report: PolicyReport,
    { colour, width, verbose = false }: TextOptions,
  ) {
    this.block = new TextBlock(width);
    this.colours = pc.createColors(colour);
    this.verbose = verbose;
  }

  toString(): string {
    const open = openFindings(this.report);
    for (const level of LEVELS) this.addLevel(level, open);
    if (open.length > 0) this.addHints(open);
    if (open.length > 0 || this.verbose) this.addExcepted();
    this.addNotices(otherNotices(this.report));
    this.addSummary(open);
    return this.block.toString();
  }

  private addLevel(level: Level, open: readonly DecidedFinding[]): void {
    const findings = open.filter((finding) => finding.level === level);
    if (findings.length === 0) return;
    const paint = this.paintOf(level);
    this.block.gap();
    const count = findings.length;
    const text = `${counted(count, "finding")} in ${this.report.name} ${CONSEQUENCES[level](count === 1)}`;
    this.block.add(text, { label: `${level.toUpperCase()}  `, paintLabel: (label) => this.colours.bold(paint(label)) });
    for (const group of groupByRule(findings)) this.addRule(group, paint);
  }

  private addRule({ rule, findings }: RuleGroup, paint: Paint): void {
    const { bold, dim } = this.colours;
    const mark = findings.some(({ outcome }) => outcome === "fail") ? "✘ " : "? ";
    const facts = [rule.severity, exceptionWords(rule)].filter((fact) => fact !== "").join(", ");
    this.block.gap();
    this.block.add(rule.title, { label: mark, paint: bold, paintLabel: paint });
    this.block.add(`${rule.id} ${rule.slug}, ${facts}`, { indent: MARGIN, paint: dim });
    const [first] = findings;
    const same = findings.every((finding) => said(finding) === said(first));
    if (same) this.addLabelled("what", said(first));
    this.addPlaces(findings, !same);
    this.addLabelled("why", this.verbose ? rule.why : firstSentence(rule.why));
    this.addLabelled("fix", rule.fix);
  }

  private addLabelled(label: keyof typeof LABELS, text: string): void {
    this.block.add(text, { indent: MARGIN, label: LABELS[label], paintLabel: this.colours.dim });
  }

  /** @param each whether each place has words of its own */
  private addPlaces(findings: readonly DecidedFinding[], each: boolean): void {
    const places = groupBy(findings, placeKey);
    const shown = this.shownOf(places);
    for (const [index, place] of shown.entries()) this.addPlace(place, index === 0, each);
    this.addLeft(places.length - shown.length, "more places", COLUMN);
  }

  private addPlace(findings: PlaceFindings, first: boolean, each: boolean): void {
    const { cyan, dim, yellow } = this.colours;
    const [one] = findings;
    const [source, ...callers] = one.place.trace ?? [];
    const label = first ? LABELS.at : " ".repeat(LABELS.at.length);
    this.block.addPair(placeName(one), source && fileAndLine(source), {
      indent: MARGIN,
      label,
      paint: cyan,
      paintLabel: dim,
    });
    if (this.verbose)
      for (const caller of callers)
        this.block.add(`called at ${fileAndLine(caller)}`, { indent: COLUMN + 2, paint: dim });
    for (const finding of findings) {
      if (each) this.block.add(said(finding), { indent: COLUMN + 2 });
      if (finding.note !== undefined) this.block.add(finding.note, { indent: COLUMN + 2, paint: yellow });
    }
  }

  /** As many as are worth a reader's time; one that is left over takes no more room than to say so. */
  private shownOf<T>(items: readonly T[]): readonly T[] {
    return this.verbose || items.length === MOST_SHOWN + 1 ? items : items.slice(0, MOST_SHOWN);
  }

  private addLeft(count: number, what: string, indent: number): void {
    if (count > 0) this.block.add(`and ${count} ${what}: --verbose shows all`, { indent, paint: this.colours.dim });
  }

  private addHints(open: readonly DecidedFinding[]): void {
    const { dim } = this.colours;
    this.block.gap();
    for (const hint of exceptionHints(open)) this.block.add(hint, { paint: dim });
    this.block.add(`Examples of a rule: npx flightdeck policy explain ${open[0]?.rule.id}`, { paint: dim });
  }

  private addExcepted(): void {
    const excepted = this.report.findings.filter(({ status }) => status !== "open");
    if (excepted.length === 0) return;
    const rows = groupBy(excepted, exceptionKey).map(exceptionRow);
    const shown = this.shownOf(rows);
    this.block.gap();
    this.block.add(exceptedWords(this.report), { label: "EXCEPTED  ", paintLabel: this.colours.bold });
    this.block.addColumns(shown, { indent: MARGIN, whole: this.verbose });
    this.addLeft(rows.length - shown.length, "more", MARGIN);
  }

  private addNotices(notices: readonly Notice[]): void {
    if (notices.length > 0) this.block.gap();
    for (const { level, message, where } of notices) {
      const label = level === "warning" ? "! " : "· ";
      const paintLabel = level === "warning" ? this.colours.yellow : this.colours.dim;
      this.block.add(`${message}${where === undefined ? "" : ` (${where})`}`, { label, paintLabel });
    }
  }

  private addSummary(open: readonly DecidedFinding[]): void {
    const { green, red, yellow } = this.colours;
    const { name, failed } = this.report;
    const nothing = whyNothingJudged(this.report);
    const bad = failed !== "no";
    this.block.gap();
    if (nothing !== undefined) {
      this.block.add(`${name}: ${nothing}`, { label: "✘ ", paintLabel: red });
      return;
    }
    const label = bad ? "✘ " : "✔ ";
    const paintLabel = bad ? red : open.length > 0 ? yellow : green;
    this.block.add(`${name}: ${summaryWords(this.report)}`, { label, paintLabel });
  }

  private paintOf(level: Level): Paint {
    const { red, yellow, cyan } = this.colours;
    return { hard: red, soft: yellow, advisory: cyan }[level];
  }
}

/** What was found, and whether it is certain. */
function said({ message, outcome }: DecidedFinding): string {
  return outcome === "unknown" ? `not known yet: ${message}` : message;
}

/** Findings of one rule at one place are written under one head. */
function placeKey(finding: DecidedFinding): string {
  const source = sourceOf(finding);
  return JSON.stringify([placeName(finding), finding.place.stack, source && fileAndLine(source)]);
}

/** What one waiver excepts of one rule is one line, and so is what the baseline holds of it. */
function exceptionKey({ rule, status, waiver }: DecidedFinding): string {
  return JSON.stringify([status, rule.id, waiver?.reason, waiver?.expires, waiver?.where]);
}

function exceptionRow(findings: PlaceFindings): readonly string[] {
  const [first] = findings;
  const { rule, status, waiver, note } = first;
  const place = findings.length === 1 ? placeName(first) : counted(findings.length, "finding");
  if (waiver === undefined) return [status, "", rule.id, place];
  const more = [waiver.ticket, note].filter((text) => text !== undefined).join(", ");
  const text = `${place}: ${waiver.reason}${more === "" ? "" : ` (${more})`}`;
  return [status, `until ${waiver.expires}`, rule.id, oneLine(text)];
}

/** How what is open can be excepted, once for each way that there is for it. */
function exceptionHints(open: readonly DecidedFinding[]): readonly string[] {
  const waivable = open.filter(({ rule }) => !isPlanGuard(rule) && rule.waivable !== false);
  const inCode = waivable.find(({ place }) => place.path !== undefined);
  const inFile = waivable.find(({ place }) => place.path === undefined);
  const guarded = open.find(({ rule }) => isPlanGuard(rule));
  return [
    inCode && `To except for a time: Policy.of(construct).waive({ rule: "${inCode.rule.id}", reason, expires })`,
    inFile && `To except for a time, in ${POLICY_FILES.waivers}: { rule: ${inFile.rule.id}, path, reason, expires }`,
    guarded &&
      `To agree to a planned change, in ${POLICY_FILES.approvals}: { stack, address, action, reason, expires, approvedBy }`,
  ].filter((hint) => hint !== undefined);
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z]|$)/s.exec(text)?.[0] ?? text;
}
