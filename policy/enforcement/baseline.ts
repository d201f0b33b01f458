import { z } from "zod";
import type { Rule } from "../engine/rule";
import type { Applied } from "./apply-waivers";
import { PolicyInputError } from "./policy-input-error";
import type { DecidedFinding, Notice, PolicyReport } from "./policy-report";
import { checkShape } from "./private/check-shape";
import { filled } from "./private/fields";
import { readJson } from "./private/read-json";
import type { RunScope } from "./run-scope";

/** How many findings of one rule were there at one place when the checks were adopted. */
export interface BaselineEntry {
  readonly stack: string;
  /** Path of the construct; of what has none its address, and of an object that a chart brings both. */
  readonly path: string;
  /** Id of the rule. */
  readonly rule: string;
  /**
   * Findings that fail.
   * @default 0
   */
  readonly fail?: number;
  /**
   * Findings that are unknown.
   * @default 0
   */
  readonly unknown?: number;
}

/** What was wrong before the checks were adopted, so that only what is new fails. */
export interface Baseline {
  readonly version: 1;
  /** Sorted by stack, path and rule. */
  readonly entries: readonly BaselineEntry[];
}

const counts = { fail: z.int().min(1).optional(), unknown: z.int().min(1).optional() };

/** What may be written in the file. */
export const baselineSchema = z.strictObject({
  version: z.literal(1).describe("Version of the format."),
  entries: z.array(
    z
      .strictObject({ stack: filled(), path: filled(), rule: filled(), ...counts })
      .refine(({ fail, unknown }) => fail !== undefined || unknown !== undefined, "must count `fail` or `unknown`"),
  ),
});

const EMPTY: Baseline = { version: 1, entries: [] };
const MOST_NAMED = 5;

/**
 * Reads a baseline, a JSON file.
 *
 * @throws PolicyInputError when it is not one, or counts a place twice
 */
export function readBaseline(text: string, file: string): Baseline {
  const baseline = checkShape(baselineSchema, readJson(text, file));
  const seen = new Set<string>();
  const problems = baseline.entries.flatMap((entry, index) => {
    const key = keyOf(entry);
    const twice = seen.has(key);
    seen.add(key);
    const what = `${entry.rule} at ${entry.path} in ${entry.stack}`;
    return twice ? [{ where: file, message: `entries[${index}] counts ${what} a second time` }] : [];
  });
  if (problems.length > 0) throw new PolicyInputError(problems);
  return baseline;
}

/** A baseline as its file has it: the same entries give the same bytes. */
export function formatBaseline({ version, entries }: Baseline): string {
  const lines = [...entries].sort(byKey).map(({ stack, path, rule, fail, unknown }) => ({
    ...{ stack, path, rule },
    ...(fail && { fail }),
    ...(unknown && { unknown }),
  }));
  return `${JSON.stringify({ version, entries: lines }, undefined, 2)}\n`;
}

/** A finding in its place, as far as a baseline tells findings apart. */
type Placed = Pick<BaselineEntry, "stack" | "path" | "rule">;

/**
 * Excepts findings that were there before: at each place at most as many of a rule as are counted. What is more stays open,
 * and all of that place say so.
 */
export function applyBaseline(
  findings: readonly DecidedFinding[],
  baseline: Baseline,
  { scope, rules }: { readonly scope: RunScope; readonly rules: readonly Rule[] },
): Applied {
  const left = new Map<string, number>();
  for (const entry of baseline.entries)
    for (const outcome of OUTCOMES) left.set(countKey(entry, outcome), entry[outcome] ?? 0);
  const counted = new Map(left);
  const found = countOf(findings.filter(isOpenAndCovered));
  const decided = findings.map((finding): DecidedFinding => {
    const key = countKey(placeOf(finding), finding.outcome);
    const most = counted.get(key) ?? 0;
    if (!isOpenAndCovered(finding) || most === 0) return finding;
    const rest = left.get(key) ?? 0;
    left.set(key, rest - 1);
    const all = found.get(key) ?? 0;
    const note = `the baseline counts ${most} of this rule here, and there are ${all}`;
    return {
      ...finding,
      status: rest > 0 ? "baselined" : "open",
      ...(all > most && { note: finding.note === undefined ? note : `${finding.note}; ${note}` }),
    };
  });
  const gone = baseline.entries.filter((entry) => isStale(entry, { left, scope, rules }));
  return { findings: decided, notices: goneNotices(gone) };
}

/**
 * What a baseline must hold so that nothing of a report is open but what it cannot cover: findings of rules that cannot be
 * waived, and of rules that could not be applied. Entries of stacks and rules that the run did not look at stay as they are.
 *
 * @param previous what the file holds now; undefined when there is none
 */
export function writeBaseline(report: PolicyReport, scope: RunScope, previous: Baseline = EMPTY): Baseline {
  const kept = previous.entries.filter((entry) => !wasLookedAt(entry, scope));
  const entries = new Map([...kept, ...entriesOf(report.findings.filter(isCounted))].map((one) => [keyOf(one), one]));
  return { version: 1, entries: [...entries.values()].sort(byKey) };
}

/** The baseline without what is no longer found, counts lowered to what is. It never gains anything. */
export function updateBaseline(
  report: PolicyReport,
  scope: RunScope,
  previous: Baseline,
  rules: readonly Rule[],
): Baseline {
  const found = countOf(report.findings.filter(isCounted));
  const entries = previous.entries.flatMap((entry): BaselineEntry[] => {
    if (!exists(entry, rules)) return [];
    if (!wasLookedAt(entry, scope)) return [entry];
    const [fail, unknown] = OUTCOMES.map((outcome) =>
      Math.min(entry[outcome] ?? 0, found.get(countKey(entry, outcome)) ?? 0),
    );
    const { stack, path, rule } = entry;
    return fail || unknown ? [{ stack, path, rule, ...(fail && { fail }), ...(unknown && { unknown }) }] : [];
  });
  return { version: 1, entries: entries.sort(byKey) };
}

const OUTCOMES = ["fail", "unknown"] as const;

function entriesOf(findings: readonly DecidedFinding[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const place = placeOf(finding);
    const entry: BaselineEntry = entries.get(keyOf(place)) ?? place;
    entries.set(keyOf(place), { ...entry, [finding.outcome]: (entry[finding.outcome] ?? 0) + 1 });
  }
  return [...entries.values()];
}

/** Of many objects that one chart brings, each is a place of its own: a new one must not hide behind an old one. */
function placeOf({ rule, place: { stack, address, path }, subject }: DecidedFinding): Placed {
  const where = path ?? address;
  const named = subject === address || subject.replace(" ", "/") === address;
  return { stack, path: named ? where : `${where} (${subject})`, rule: rule.id };
}

/** A rule that threw says nothing of what is there, so that a baseline would hide what it finds when it is mended. */
function isCovered({ rule, cause }: DecidedFinding): boolean {
  return rule.waivable !== false && cause === undefined;
}

function isOpenAndCovered(finding: DecidedFinding): boolean {
  return finding.status === "open" && isCovered(finding);
}

function isCounted(finding: DecidedFinding): boolean {
  return isCovered(finding) && (finding.status === "open" || finding.status === "baselined");
}

function countOf(findings: readonly DecidedFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = countKey(placeOf(finding), finding.outcome);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function wasLookedAt({ stack, rule }: Placed, scope: RunScope): boolean {
  return scope.stacks.has(stack) && scope.hasAsked(rule);
}

function exists({ rule }: Placed, rules: readonly Rule[]): boolean {
  return rules.some(({ id }) => id === rule);
}

function isStale(
  entry: BaselineEntry,
  run: { readonly left: ReadonlyMap<string, number>; readonly scope: RunScope; readonly rules: readonly Rule[] },
): boolean {
  if (!exists(entry, run.rules)) return true;
  return wasLookedAt(entry, run.scope) && OUTCOMES.some((outcome) => (run.left.get(countKey(entry, outcome)) ?? 0) > 0);
}

function goneNotices(gone: readonly BaselineEntry[]): readonly Notice[] {
  if (gone.length === 0) return [];
  const named = gone.slice(0, MOST_NAMED).map(({ rule, path }) => `${rule} at ${path}`);
  const more = gone.length > MOST_NAMED ? `, and ${gone.length - MOST_NAMED} more` : "";
  const what = gone.length === 1 ? "1 entry of the baseline is" : `${gone.length} entries of the baseline are`;
  return [
    {
      level: "info",
      message: `${what} no longer found, or found less often, and can be removed: ${named.join(", ")}${more}`,
    },
  ];
}

function keyOf({ stack, path, rule }: Placed): string {
  return JSON.stringify([stack, path, rule]);
}

function countKey(place: Placed, outcome: "fail" | "unknown"): string {
  return `${keyOf(place)}${outcome}`;
}

function byKey(one: Placed, other: Placed): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
