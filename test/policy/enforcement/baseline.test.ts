import fc from "fast-check";
import { formatBaseline, readBaseline, updateBaseline, writeBaseline } from "../../../policy/enforcement/baseline";
import type { Baseline, BaselineEntry } from "../../../policy/enforcement/baseline";
import { RunScope } from "../../../policy/enforcement/run-scope";
import { readWaivers } from "../../../policy/enforcement/waiver";
import type { Finding } from "../../../policy/engine/result";
import { ALL_RULES, decided, found, GRAPH, inShort, judged, problemsOf, RULES, scopeOf } from "./enforcement-fixture";

const FILE = "config/policy/baseline.json";
const PLACE = { stack: "atlas-prod-data", path: "atlas-prod-data/Models/Resource", rule: "FD-S3-001" };

const baseline = (...entries: readonly Partial<BaselineEntry>[]): Baseline => ({
  version: 1,
  entries: entries.map((entry) => ({ ...PLACE, ...entry })),
});
const keyed = (...keys: readonly string[]): readonly Finding[] => keys.map((key) => found(RULES.high, { key }));
const written = (findings: readonly Finding[], previous?: Baseline): Baseline =>
  writeBaseline(decided(findings, { baseline: previous }), scopeOf(), previous);

describe("a baseline", () => {
  test("covers what was there before", () => {
    const report = decided(keyed("a", "b"), { baseline: baseline({ fail: 2 }) });

    expect(inShort(report.findings)).toEqual(["FD-S3-001 hard baselined", "FD-S3-001 hard baselined"]);
    expect(report).toMatchObject({ failed: "no", notices: [] });
  });

  test("covers no more than it counts, and says so of all at that place", () => {
    const report = decided(keyed("a", "b", "c"), { baseline: baseline({ fail: 2 }) });
    const note = "(the baseline counts 2 of this rule here, and there are 3)";

    expect(inShort(report.findings)).toEqual([
      `FD-S3-001 hard baselined ${note}`,
      `FD-S3-001 hard baselined ${note}`,
      `FD-S3-001 hard open ${note}`,
    ]);
    expect(report.failed).toBe("hard");
  });

  test.each([
    ["stack", { stack: "atlas-prod-cluster" }],
    ["path", { path: "atlas-prod-data/Logs/Resource" }],
    ["rule", { rule: "FD-S3-002" }],
  ])("covers nothing at another %s", (_, about) => {
    expect(decided(keyed("a"), { baseline: baseline({ ...about, fail: 1 }) }).findings[0]?.status).toBe("open");
  });

  test("that counts what was unknown does not cover what fails, nor the other way round", () => {
    const unknown = found(RULES.high, { outcome: "unknown" });

    expect(decided([found(RULES.high)], { baseline: baseline({ unknown: 1 }) }).findings[0]?.status).toBe("open");
    expect(decided([unknown], { baseline: baseline({ fail: 1 }) }).findings[0]?.status).toBe("open");
    expect(decided([unknown], { baseline: baseline({ unknown: 1 }) }).findings[0]?.status).toBe("baselined");
  });

  test("covers neither rules that cannot be waived nor rules that threw", () => {
    const threw = found(RULES.high, { cause: "x is not a function" });
    const counted = baseline({ fail: 1 }, { rule: "FD-DATA-001", fail: 1 });

    expect(inShort(decided([found(RULES.secret), threw], { baseline: counted }).findings)).toEqual([
      "FD-DATA-001 hard open",
      "FD-S3-001 hard open",
    ]);
    expect(written([found(RULES.secret), threw])).toEqual(baseline());
  });

  test("is not used up by what a waiver covers", () => {
    const waivers = readWaivers(
      "[{ rule: FD-S3-001, finding: a, reason: is gone in March, expires: 2027-03-01 }]",
      "waivers.yaml",
    );

    expect(inShort(decided(keyed("a", "b"), { waivers, baseline: baseline({ fail: 1 }) }).findings)).toEqual([
      "FD-S3-001 hard waived",
      "FD-S3-001 hard baselined",
    ]);
  });

  test("tells apart the objects that one chart brings", () => {
    const chart = {
      stack: "atlas-prod-controllers",
      path: "atlas-prod-controllers/Keda",
      address: "helm_release.Keda",
    };
    const objects = ["keda/operator", "keda/metrics"].map((name) =>
      found(RULES.object, { ...chart, type: "Deployment", subject: `Deployment ${name}` }),
    );

    expect(written(objects).entries.map(({ path }) => path)).toEqual([
      "atlas-prod-controllers/Keda (Deployment keda/metrics)",
      "atlas-prod-controllers/Keda (Deployment keda/operator)",
    ]);
    expect(decided(objects, { baseline: written(objects.slice(0, 1)) }).findings.map(({ status }) => status)).toEqual([
      "open",
      "baselined",
    ]);
  });

  test("names a thing without a path by its address", () => {
    const nameless = {
      ...found(RULES.high, { subject: "aws_s3_bucket.a" }),
      place: { stack: "main.tf.json", address: "aws_s3_bucket.a" },
    };
    const own = {
      ...found(RULES.object, { subject: "Deployment serving/router" }),
      place: { stack: "app.yaml", address: "Deployment/serving/router" },
    };

    expect(written([nameless, own]).entries.map(({ path }) => path)).toEqual([
      "Deployment/serving/router",
      "aws_s3_bucket.a",
    ]);
  });

  test("has entries that are no longer found, or found less often, removed by hand or on request", () => {
    const old = baseline(
      { fail: 2 },
      { path: "atlas-prod-data/Logs", fail: 1 },
      { rule: "FD-OLD-001", fail: 1 },
      { stack: "atlas-dev-data", fail: 1 },
      { rule: "FD-S3-009", fail: 1 },
    );
    const report = decided(keyed("a"), { baseline: old });

    expect(report.notices).toEqual([
      {
        level: "info",
        message:
          "3 entries of the baseline are no longer found, or found less often, and can be removed: " +
          "FD-S3-001 at atlas-prod-data/Models/Resource, FD-S3-001 at atlas-prod-data/Logs, " +
          "FD-OLD-001 at atlas-prod-data/Models/Resource",
      },
    ]);
    expect(updateBaseline(report, scopeOf(), old, ALL_RULES)).toEqual(
      baseline({ stack: "atlas-dev-data", fail: 1 }, { fail: 1 }, { rule: "FD-S3-009", fail: 1 }),
    );
  });

  test("names five of many entries that are gone", () => {
    const paths = Array.from({ length: 7 }, (_, index) => ({ path: `atlas-prod-data/${index}`, fail: 1 }));
    const [notice] = decided([], { baseline: baseline(...paths) }).notices;

    expect(notice?.message).toMatch(/^7 entries .*: (FD-S3-001 at atlas-prod-data\/[0-4], ){4}.*4, and 2 more$/);
  });

  test("gains nothing when it is updated", () => {
    const report = decided(keyed("a", "b"), { baseline: baseline({ fail: 1 }) });

    expect(updateBaseline(report, scopeOf(), baseline({ fail: 1 }), ALL_RULES)).toEqual(baseline({ fail: 1 }));
  });

  test("that is written anew without the charts keeps the objects that were not judged", () => {
    const path = "atlas-prod-data/Keda (Deployment keda/operator)";
    const object = { ...{ stack: PLACE.stack, rule: RULES.object.id }, fail: 1 };
    const router = found(RULES.object, { type: "Deployment", subject: "Deployment serving/router" });
    const old = baseline(
      { ...object, path },
      { ...object, path: `${PLACE.path} (Deployment serving/router)`, fail: 2 },
    );
    const report = decided([router], { baseline: old, missesObjects: true });

    expect(report.notices).toEqual([]);
    expect(writeBaseline(report, new RunScope(judged([]), GRAPH, true), old).entries).toEqual([
      { ...object, path },
      { ...object, path: `${PLACE.path} (Deployment serving/router)`, fail: 1 },
    ]);
    expect(updateBaseline(report, new RunScope(judged([]), GRAPH, true), old, ALL_RULES)).toEqual(old);
  });

  test("that is written anew keeps what the run did not look at", () => {
    const kept = [
      { stack: "atlas-dev-data", fail: 4 },
      { rule: "FD-S3-009", fail: 1 },
    ];

    expect(written(keyed("a", "b"), baseline(...kept, { fail: 1 }, { path: "gone", fail: 1 }))).toEqual(
      baseline({ stack: "atlas-dev-data", fail: 4 }, { fail: 2 }, { rule: "FD-S3-009", fail: 1 }),
    );
  });
});

describe("the file of a baseline", () => {
  test("is the same for the same entries, in whatever order", () => {
    const entries = [
      { path: "b", fail: 1 },
      { path: "a", unknown: 2, fail: 1 },
      { stack: "a", unknown: 1 },
    ];
    const text = formatBaseline(baseline(...entries));

    expect(formatBaseline(baseline(...[...entries].reverse()))).toBe(text);
    expect(text).toBe(
      `${JSON.stringify(
        {
          version: 1,
          entries: [
            { stack: "a", path: PLACE.path, rule: PLACE.rule, unknown: 1 },
            { stack: PLACE.stack, path: "a", rule: PLACE.rule, fail: 1, unknown: 2 },
            { stack: PLACE.stack, path: "b", rule: PLACE.rule, fail: 1 },
          ],
        },
        undefined,
        2,
      )}\n`,
    );
    expect(readBaseline(text, FILE).entries).toHaveLength(3);
  });

  const entry = (about: object): string => JSON.stringify({ version: 1, entries: [{ ...PLACE, ...about }] });
  test.each([
    ['{ "entries": [] }', "version is required"],
    ['{ "version": 2, "entries": [] }', "version must be 1, got 2"],
    ["[]", "must be a map, got []"],
    ['{ "version": 1, "entries": {} }', "entries must be a list, got {}"],
    [entry({}), `entries[0] must count \`fail\` or \`unknown\`, got ${JSON.stringify(PLACE).slice(0, 80)}…`],
    [entry({ fail: 0 }), "entries[0].fail must be at least 1, got 0"],
    [entry({ unknown: 1.5 }), "entries[0].unknown must be a whole number, got 1.5"],
    [entry({ fail: 1, count: 1 }), "entries[0].count is not a known key; known: stack, path, rule, fail, unknown"],
    [
      formatBaseline(baseline({ fail: 1 }, { unknown: 1 })),
      `entries[1] counts ${PLACE.rule} at ${PLACE.path} in ${PLACE.stack} a second time`,
    ],
  ])("is refused: %s", (text, message) => {
    expect(problemsOf(() => readBaseline(text, FILE))).toEqual([`${FILE}: ${message}`]);
  });

  test("is refused when it is no JSON", () => {
    expect(problemsOf(() => readBaseline("{", FILE))).toEqual([
      expect.stringMatching(/^config\/policy\/baseline\.json: must be valid JSON: /),
    ]);
  });
});

describe("whatever is found", () => {
  const finding = fc
    .record({
      rule: fc.constantFrom(RULES.critical, RULES.high, RULES.low, RULES.secret),
      outcome: fc.constantFrom("fail" as const, "unknown" as const),
      stack: fc.constantFrom("atlas-prod-data", "atlas-prod-cluster"),
      path: fc.constantFrom("a", "b"),
      key: fc.string({ maxLength: 3 }),
    })
    .map(({ rule, ...about }) => found(rule, about));
  const findings = fc.array(finding, { maxLength: 20 });
  const entries = fc.uniqueArray(
    fc.record({
      stack: fc.constantFrom("atlas-prod-data", "atlas-prod-cluster"),
      path: fc.constantFrom("a", "b"),
      rule: fc.constantFrom(...[RULES.critical, RULES.high, RULES.low, RULES.secret].map(({ id }) => id)),
      fail: fc.integer({ min: 1, max: 4 }),
      unknown: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    }),
    { selector: ({ stack, path, rule }) => [stack, path, rule].join() },
  );
  const countAt = (some: readonly Finding[], { stack, path, rule }: BaselineEntry, outcome: string): number =>
    some.filter(
      (one) => one.rule.id === rule && one.place.stack === stack && one.place.path === path && one.outcome === outcome,
    ).length;

  test("a baseline hides at most what it counts, and nothing elsewhere", () => {
    fc.assert(
      fc.property(findings, entries, (given, counted) => {
        const hidden = decided(given, { baseline: { version: 1, entries: counted } }).findings.filter(
          ({ status }) => status === "baselined",
        );
        let sum = 0;
        for (const entry of counted)
          for (const outcome of ["fail", "unknown"] as const) {
            const here = countAt(hidden, entry, outcome);
            expect(here).toBeLessThanOrEqual(entry[outcome] ?? 0);
            sum += here;
          }
        expect(hidden).toHaveLength(sum);
      }),
    );
  });

  test("after writing a baseline nothing is open that it can cover, and each finding that comes on top is", () => {
    fc.assert(
      fc.property(findings, finding, (given, extra) => {
        const file = readBaseline(formatBaseline(written(given)), FILE);
        const open = (some: readonly Finding[]): number =>
          decided(some, { baseline: file }).findings.filter(({ status }) => status === "open").length;
        const never = given.filter(({ rule }) => rule.waivable === false).length;

        expect(open(given)).toBe(never);
        expect(open([...given, extra])).toBe(never + 1);
      }),
    );
  });

  test("updating a baseline leaves the report as it is, and what it counts is found", () => {
    fc.assert(
      fc.property(findings, entries, (given, counted) => {
        const before = decided(given, { baseline: { version: 1, entries: counted } });
        const updated = updateBaseline(before, scopeOf(), { version: 1, entries: counted }, ALL_RULES);
        const after = decided(given, { baseline: updated });

        expect(after.findings.map(({ status }) => status)).toEqual(before.findings.map(({ status }) => status));
        expect(after.notices).toEqual([]);
      }),
    );
  });
});

test("a run without findings writes an empty baseline", () => {
  expect(formatBaseline(written(judged([]).findings))).toBe('{\n  "version": 1,\n  "entries": []\n}\n');
});
