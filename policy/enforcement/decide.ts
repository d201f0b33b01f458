import type { Stage } from "../engine/stage";
import type { Graph } from "../engine/graph";
import type { Judged } from "../engine/result";
import { SEVERITIES } from "../engine/rule";
import type { Rule } from "../engine/rule";
import { applyWaivers } from "./apply-waivers";
import type { Applied } from "./apply-waivers";
import { applyApprovals } from "./approval";
import type { Approval } from "./approval";
import { applyBaseline } from "./baseline";
import type { Baseline } from "./baseline";
import { LEVELS, levelOf } from "./levels";
import { PolicyInputError } from "./policy-input-error";
import type { DecidedFinding, Notice, PolicyReport } from "./policy-report";
import { reasonProblem } from "./private/fields";
import { RunScope } from "./run-scope";
import type { PolicySettings } from "./settings";
import type { Waiver } from "./waiver";

/** What is decided with. */
export interface DecideOptions {
  /** `atlas/prod`, or what was given. */
  readonly name: string;
  readonly stage: Stage;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /** e.g. `synthesis`, `plan plan.json` */
  readonly inputs: readonly string[];
  /** What was judged. */
  readonly graph: Pick<Graph, "stacks" | "objects" | "changes">;
  readonly settings: PolicySettings;
  /** All rules there are, those that were not asked included. */
  readonly rules: readonly Rule[];
  /**
   * From the file and from code, checked with `waiverProblems`.
   * @default - none
   */
  readonly waivers?: readonly Waiver[];
  /**
   * Checked with `approvalProblems`.
   * @default - none
   */
  readonly approvals?: readonly Approval[];
  /** @default - nothing was wrong before */
  readonly baseline?: Baseline;
  /**
   * Why findings of level soft do not matter this once.
   * @default - they do
   */
  readonly override?: string;
  /**
   * Whether there are Kubernetes objects that could not be judged, such as those of a chart that was not rendered: what is for
   * them is not taken for unused then.
   * @default false
   */
  readonly missesObjects?: boolean;
  /**
   * What is known already, such as inputs that could not be judged.
   * @default - nothing
   */
  readonly notices?: readonly Notice[];
}

/**
 * Decides what findings come to: how hard each is, what excepts it, and whether the run fails. Waivers come first, then
 * approvals, then the baseline, then the override; only what is open after all of them fails.
 *
 * @throws PolicyInputError when the reason of the override says nothing
 */
export function decide(judged: Judged, options: DecideOptions): PolicyReport {
  const { name, stage, today, inputs, settings, graph } = options;
  const scope = new RunScope(judged, graph, options.missesObjects);
  const steps = { today, settings, scope, rules: options.rules };
  const leveled = judged.findings
    .map((finding): DecidedFinding => ({
      ...finding,
      level: levelOf(finding, stage, settings),
      status: "open",
      ...(finding.place.chart !== undefined && { note: `brought by the chart ${finding.place.chart}` }),
    }))
    .sort(byWeight);
  const notices: Notice[] = [
    ...(options.notices ?? []),
    ...offNotices(settings, scope),
    ...emptyNotices(judged, inputs),
  ];
  const findings = [
    (open: readonly DecidedFinding[]) => applyWaivers(open, options.waivers ?? [], steps),
    (open: readonly DecidedFinding[]) => applyApprovals(open, options.approvals ?? [], graph.changes, steps),
    (open: readonly DecidedFinding[]) => applyBaseline(open, options.baseline ?? { version: 1, entries: [] }, steps),
    (open: readonly DecidedFinding[]) => applyOverride(open, options.override, today),
  ].reduce<readonly DecidedFinding[]>((open, step) => {
    const applied = step(open);
    notices.push(...applied.notices);
    return applied.findings;
  }, leveled);
  const { pass, fail, unknown, "not-applicable": notApplicable } = judged.counts;
  return {
    ...{ name, stage, today, inputs, packs: settings.packs, subjects: judged.subjects },
    counts: { rules: judged.rules.length, pass, fail, unknown, notApplicable },
    ...{ findings, notices, failed: wasNothingJudged(judged) ? "hard" : worstOpen(findings) },
  };
}

/** Where this reason stands in a report. */
const OVERRIDE = "--override";

function applyOverride(findings: readonly DecidedFinding[], reason: string | undefined, today: string): Applied {
  if (reason === undefined) return { findings, notices: [] };
  const problem = reasonProblem(reason);
  if (problem !== undefined)
    throw new PolicyInputError([{ where: OVERRIDE, message: `${problem}, got ${JSON.stringify(reason)}` }]);
  const isMeant = ({ status, level, rule }: DecidedFinding): boolean =>
    status === "open" && level === "soft" && rule.waivable !== false;
  const waiver = { reason: reason.trim(), expires: today, where: OVERRIDE };
  const count = findings.filter(isMeant).length;
  const what =
    count === 0
      ? "nothing was overridden"
      : count === 1
        ? "1 finding was overridden"
        : `${count} findings were overridden`;
  return {
    findings: findings.map((finding) => (isMeant(finding) ? { ...finding, status: "overridden", waiver } : finding)),
    notices: [{ level: "warning", message: `${what}: ${waiver.reason}`, where: OVERRIDE }],
  };
}

function offNotices({ rules }: PolicySettings, scope: RunScope): readonly Notice[] {
  return Object.entries(rules).flatMap(([id, { off, where }]): Notice[] =>
    off === undefined || scope.rules.has(id) ? [] : [{ level: "info", message: `${id} is off: ${off}`, where }],
  );
}

function wasNothingJudged(judged: Judged): boolean {
  return hasNothing(judged) || wasNoneMet(judged);
}

function hasNothing({ subjects, rules }: Judged): boolean {
  const { resources, objects, changes } = subjects;
  return resources + objects + changes === 0 || rules.length === 0;
}

/** Whether rules about single things are on, and none was for anything there: what rules say of the whole is no proof then. */
function wasNoneMet({ asked, rules }: Judged): boolean {
  return asked === 0 && rules.some(({ judges }) => judges !== "environment");
}

function emptyNotices(judged: Judged, inputs: readonly string[]): readonly Notice[] {
  const { subjects, counts, rules } = judged;
  const given = inputs.length > 0 ? inputs.join(", ") : "no input";
  const notice = (message: string): readonly Notice[] => [{ level: "warning", message }];
  if (rules.length === 0) return notice("nothing was judged: no rule is on");
  if (hasNothing(judged)) return notice(`nothing was judged: no resource, object or change in ${given}`);
  if (!wasNoneMet(judged) && counts.pass + counts.fail + counts.unknown > 0) return [];
  const { resources, objects, changes } = subjects;
  return notice(`no rule applies to any of the ${resources + objects + changes} things in ${given}`);
}

function worstOpen(findings: readonly DecidedFinding[]): PolicyReport["failed"] {
  const open = findings.filter(({ status }) => status === "open");
  return (["hard", "soft"] as const).find((level) => open.some((finding) => finding.level === level)) ?? "no";
}

/** The hardest first; the order does not depend on that of the input. */
function byWeight(one: DecidedFinding, other: DecidedFinding): number {
  const weights = [one, other].map(({ level, rule }) => [-LEVELS.indexOf(level), SEVERITIES.indexOf(rule.severity)]);
  for (const index of [0, 1]) {
    const difference = (weights[0]?.[index] ?? 0) - (weights[1]?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  const [texts, others] = [sortTexts(one), sortTexts(other)];
  const at = texts.findIndex((text, index) => text !== others[index]);
  return at < 0 ? 0 : (texts[at] ?? "") < (others[at] ?? "") ? -1 : 1;
}

function sortTexts({ rule, place, subject, attribute = "", key = "", message }: DecidedFinding): readonly string[] {
  return [rule.id, place.stack, place.path ?? place.address, subject, attribute, key, message];
}
