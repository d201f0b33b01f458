import { decide } from "../../../policy/enforcement/decide";
import type { DecideOptions } from "../../../policy/enforcement/decide";
import type { DecidedFinding, PolicyReport } from "../../../policy/enforcement/policy-report";
import { PolicyInputError } from "../../../policy/enforcement/policy-input-error";
import { RunScope } from "../../../policy/enforcement/run-scope";
import { DEFAULT_SETTINGS } from "../../../policy/enforcement/settings";
import type { Finding, Judged } from "../../../policy/engine/result";
import type { Rule } from "../../../policy/engine/rule";
import { changeRule, environmentRule, objectRule, resourceRule } from "../../../policy/engine/rule";
import { PlannedChange } from "../../../policy/engine/subject";
import type { ChangeAction, Stack } from "../../../policy/engine/subject";
import { pass } from "../../../policy/engine/verdict";

/** The day of every run in these tests. */
export const TODAY = "2026-09-28";

const head = {
  title: "It holds",
  why: "It would not hold",
  fix: "Hold it",
  packs: ["baseline"] as const,
  examples: { failing: { terraform: {} }, passing: { terraform: {} } },
};

/** Rules of every kind and severity. */
export const RULES = {
  critical: resourceRule({ ...head, id: "FD-EKS-001", slug: "c", severity: "critical", types: ["t"], judge: pass }),
  high: resourceRule({ ...head, id: "FD-S3-001", slug: "h", severity: "high", types: ["t"], judge: pass }),
  medium: resourceRule({ ...head, id: "FD-S3-002", slug: "m", severity: "medium", types: ["t"], judge: pass }),
  low: resourceRule({ ...head, id: "FD-S3-003", slug: "l", severity: "low", types: ["t"], judge: pass }),
  object: objectRule({ ...head, id: "FD-K8S-001", slug: "o", severity: "high", kinds: ["Deployment"], judge: pass }),
  environment: environmentRule({ ...head, id: "FD-COST-001", slug: "e", severity: "high", judge: () => [] }),
  strict: resourceRule({
    ...{ ...head, id: "FD-S3-009", slug: "s", severity: "low", types: ["t"], judge: pass },
    packs: ["strict"],
  }),
  plan: changeRule({
    ...{ ...head, id: "FD-PLAN-001", slug: "p", severity: "critical", judge: pass },
    waivable: false,
  }),
  secret: resourceRule({
    ...{ ...head, id: "FD-DATA-001", slug: "x", severity: "critical", types: ["t"], judge: pass },
    waivable: false,
  }),
} satisfies Record<string, Rule>;

export const ALL_RULES: readonly Rule[] = Object.values(RULES);

type About = Partial<Omit<Finding, "rule" | "place">> & {
  readonly stack?: string;
  readonly path?: string;
  readonly address?: string;
};

/** What a rule found in the bucket of the models, unless told otherwise. */
export function found(
  rule: Rule,
  { stack = "atlas-prod-data", path, address = "aws_s3_bucket.Models", ...about }: About = {},
): Finding {
  return {
    rule,
    outcome: "fail",
    message: "`a` must be true, got false",
    place: { stack, address, path: path ?? `${stack}/Models/Resource` },
    type: "aws_s3_bucket",
    subject: address,
    ...about,
  };
}

/** Findings as a run hands them on: every kind of thing was looked at, and every rule but those of `strict` was asked. */
export function judged(findings: readonly Finding[], about: Partial<Judged> = {}): Judged {
  return {
    findings,
    counts: { pass: 5, fail: findings.length, unknown: 0, "not-applicable": 1 },
    subjects: { resources: 10, objects: 2, changes: 1 },
    asked: 13,
    rules: ALL_RULES.filter((rule) => rule !== RULES.strict),
    ...about,
  };
}

/** A stack without anything in it. */
export function stack(id: string): Stack {
  return { id, resources: [], outputs: {}, providers: {}, unjudged: [] };
}

/** A planned change of a database. */
export function change(
  actions: readonly ChangeAction[],
  { deposed, ...about }: { stack?: string; address?: string; deposed?: string } = {},
): PlannedChange {
  const place = { stack: "atlas-prod-data", address: "aws_db_instance.Tracking", ...about };
  return new PlannedChange(place, "aws_db_instance", actions, { replacePaths: [], deposed });
}

/** What was judged: two stacks of production, and no changes. */
export const GRAPH = { stacks: ["atlas-prod-data", "atlas-prod-cluster"].map(stack), objects: [], changes: [] };

/** What a run in production comes to. */
export function decided(findings: readonly Finding[] | Judged, options: Partial<DecideOptions> = {}): PolicyReport {
  return decide("counts" in findings ? findings : judged(findings), {
    name: "atlas/prod",
    stage: "prod",
    today: TODAY,
    inputs: ["synthesis"],
    graph: GRAPH,
    settings: DEFAULT_SETTINGS,
    rules: ALL_RULES,
    ...options,
  });
}

/** What a run looked at. */
export function scopeOf(graph: Partial<typeof GRAPH> = {}, run: Judged = judged([])): RunScope {
  return new RunScope(run, { ...GRAPH, ...graph });
}

/** Id of the rule, level, status and note of each finding. */
export function inShort(findings: readonly DecidedFinding[]): readonly string[] {
  return findings.map(({ rule, level, status, note }) =>
    [rule.id, level, status, ...(note === undefined ? [] : [`(${note})`])].join(" "),
  );
}

/** Problems of the error that a call throws on purpose. */
export function problemsOf(call: () => unknown): readonly string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof PolicyInputError) return error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw error;
  }
  throw new Error("the call did not throw");
}
