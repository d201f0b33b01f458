import fc from "fast-check";
import { readSettings } from "../../../policy/enforcement/settings";
import type { Finding } from "../../../policy/engine/result";
import { decided, found, inShort, judged, problemsOf, RULES, TODAY } from "./enforcement-fixture";

describe("a report", () => {
  test("says what was judged, by which rules and to what end", () => {
    const run = judged([found(RULES.low)]);

    expect(decided(run, { notices: [{ level: "info", message: "one chart was not rendered" }] })).toEqual({
      ...{ name: "atlas/prod", stage: "prod", today: TODAY, inputs: ["synthesis"] },
      packs: ["baseline", "mlops", "gpu", "cost", "cis-eks"],
      subjects: { resources: 10, objects: 2, changes: 1 },
      counts: { rules: 8, pass: 5, fail: 1, unknown: 0, notApplicable: 1 },
      findings: [{ ...found(RULES.low), level: "advisory", status: "open" }],
      notices: [{ level: "info", message: "one chart was not rendered" }],
      failed: "no",
    });
  });

  test("has the hardest finding first, then the most severe, then by rule, stack and path", () => {
    const settings = readSettings("rules: { FD-S3-003: { level: hard } }", "settings.yaml");
    const findings = [
      found(RULES.medium),
      found(RULES.high, { path: "b" }),
      found(RULES.high, { path: "a", key: "2" }),
      found(RULES.high, { path: "a", key: "1" }),
      found(RULES.high, { stack: "a" }),
      found(RULES.low),
      found(RULES.critical),
      found(RULES.critical, { outcome: "unknown" }),
    ];
    const expected = [
      "FD-EKS-001 hard atlas-prod-data/Models/Resource ",
      "FD-S3-001 hard a/Models/Resource ",
      "FD-S3-001 hard a 1",
      "FD-S3-001 hard a 2",
      "FD-S3-001 hard b ",
      "FD-S3-003 hard atlas-prod-data/Models/Resource ",
      "FD-EKS-001 soft atlas-prod-data/Models/Resource ",
      "FD-S3-002 soft atlas-prod-data/Models/Resource ",
    ];
    const order = (some: readonly Finding[]): readonly string[] =>
      decided(some, { settings }).findings.map(
        ({ rule, level, place, key = "" }) => `${rule.id} ${level} ${place.path} ${key}`,
      );

    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) => {
        expect(order(shuffled)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ["no", [RULES.low]],
    ["soft", [RULES.low, RULES.medium]],
    ["hard", [RULES.medium, RULES.high]],
  ])("fails %s when that is the worst of what is open", (failed, rules) => {
    expect(decided(rules.map((rule) => found(rule))).failed).toBe(failed);
  });

  test("says which rules are off, and why", () => {
    const settings = readSettings("rules:\n  FD-S3-001: { off: logs are elsewhere }", "settings.yaml");

    const rules = judged([]).rules.filter((rule) => rule !== RULES.high);

    expect(decided(judged([], { rules }), { settings }).notices).toEqual([
      { level: "info", message: "FD-S3-001 is off: logs are elsewhere", where: "settings.yaml:2" },
    ]);
  });

  test("does not say so of a rule that was asked by name", () => {
    const settings = readSettings("rules: { FD-S3-001: { off: logs are elsewhere } }", "settings.yaml");

    expect(decided([], { settings }).notices).toEqual([]);
  });
});

describe("a run that judged nothing", () => {
  const counts = { pass: 0, fail: 0, unknown: 0, "not-applicable": 0 };
  const subjects = { resources: 0, objects: 0, changes: 0 };

  test.each([
    [["synthesis", "objects app.yaml"], "no resource, object or change in synthesis, objects app.yaml"],
    [[], "no resource, object or change in no input"],
  ])("fails: there was nothing to judge in %j", (inputs, what) => {
    expect(decided(judged([], { counts, subjects }), { inputs })).toMatchObject({
      failed: "hard",
      notices: [{ level: "warning", message: `nothing was judged: ${what}` }],
    });
  });

  test("fails when no rule was on, even in dev", () => {
    expect(decided(judged([], { counts, rules: [] }), { stage: "dev" })).toMatchObject({
      failed: "hard",
      notices: [{ level: "warning", message: "nothing was judged: no rule is on" }],
    });
  });

  test("fails when no rule is for anything there, whatever is said of the whole environment", () => {
    expect(decided(judged([], { asked: 0 }), { stage: "dev" })).toMatchObject({
      failed: "hard",
      notices: [{ level: "warning", message: "no rule applies to any of the 13 things in synthesis" }],
    });
    expect(decided(judged([], { asked: 0, rules: [RULES.environment] })).failed).toBe("no");
  });

  test("warns when no rule applies to what is there", () => {
    expect(decided(judged([], { counts }))).toMatchObject({
      failed: "no",
      notices: [{ level: "warning", message: "no rule applies to any of the 13 things in synthesis" }],
    });
  });
});

describe("an override", () => {
  const findings = [RULES.high, RULES.medium, RULES.low].map((rule) => found(rule));

  test("is for open findings of level soft only, and is told", () => {
    const report = decided(findings, { override: " agreed with security " });

    expect(inShort(report.findings)).toEqual([
      "FD-S3-001 hard open",
      "FD-S3-002 soft overridden",
      "FD-S3-003 advisory open",
    ]);
    expect(report.findings[1]?.waiver).toEqual({
      reason: "agreed with security",
      expires: TODAY,
      where: "--override",
    });
    expect(report.notices).toEqual([
      { level: "warning", message: "1 finding was overridden: agreed with security", where: "--override" },
    ]);
    expect(report.failed).toBe("hard");
  });

  test("lets a run pass that would only fail softly", () => {
    const soft = [found(RULES.medium), found(RULES.high, { outcome: "unknown" })];

    expect(decided(soft).failed).toBe("soft");
    expect(decided(soft, { override: "agreed with security" })).toMatchObject({
      failed: "no",
      notices: [{ message: "2 findings were overridden: agreed with security" }],
    });
  });

  test("of nothing is told too", () => {
    expect(decided([found(RULES.high)], { override: "agreed with security" }).notices).toMatchObject([
      { message: "nothing was overridden: agreed with security" },
    ]);
  });

  test("is not for rules that cannot be waived", () => {
    const report = decided([found(RULES.plan)], { stage: "staging", override: "agreed with security" });

    expect(inShort(report.findings)).toEqual(["FD-PLAN-001 soft open"]);
  });

  test("must say why", () => {
    expect(problemsOf(() => decided(findings, { override: " because  " }))).toEqual([
      '--override: must say why, in at least 10 characters, got " because  "',
    ]);
    expect(() => decided(findings, { override: "0123456789" })).not.toThrow();
  });
});
