import { readSettings } from "../../../policy/enforcement/settings";
import { readWaivers, waiverProblems } from "../../../policy/enforcement/waiver";
import type { Waiver } from "../../../policy/enforcement/waiver";
import { ALL_RULES, decided, found, inShort, problemsOf, RULES, TODAY } from "./enforcement-fixture";

const FILE = "config/policy/waivers.yaml";
const LIMITS = { rules: ALL_RULES, today: TODAY, maxWaiverDays: 365 };
const REASON = "holds nothing that matters";

/** Waivers as a file has them, each on its own line. */
function waivers(...entries: readonly object[]): readonly Waiver[] {
  const filled = entries.map((entry) => ({ rule: RULES.high.id, reason: REASON, expires: "2026-12-31", ...entry }));
  return readWaivers(filled.map((entry) => `- ${JSON.stringify(entry)}`).join("\n"), FILE);
}

const refused = (text: string): readonly string[] => problemsOf(() => readWaivers(text, FILE));
const entry = (fields: string): string => `- { rule: FD-S3-001, reason: ${REASON}, expires: 2026-12-31, ${fields} }`;

describe("a file of waivers", () => {
  test("may be empty", () => {
    expect(readWaivers("", FILE)).toEqual([]);
    expect(readWaivers("# none\n", FILE)).toEqual([]);
  });

  test("gives each with the line it begins on", () => {
    const text = [
      "- rule: FD-S3-001",
      "  stack: atlas-*-data",
      "  path: Scratch/**",
      "  finding: Action::s3:*",
      "  reason: ' holds nothing that matters '",
      "  expires: 2026-12-31",
      "  ticket: ML-7",
      entry(""),
    ].join("\n");

    expect(readWaivers(text, FILE)).toEqual([
      {
        rule: "FD-S3-001",
        scope: { by: "file", stack: "atlas-*-data", path: "Scratch/**" },
        finding: "Action::s3:*",
        ...{ reason: REASON, expires: "2026-12-31", ticket: "ML-7", where: `${FILE}:1` },
      },
      { rule: "FD-S3-001", scope: { by: "file" }, reason: REASON, expires: "2026-12-31", where: `${FILE}:8` },
    ]);
  });

  test.each([
    ["rule: x", 'must be a list, got {"rule":"x"}'],
    ["- FD-S3-001", '[0] must be a map, got "FD-S3-001"'],
    ["- { rule: FD-S3-001, expires: 2026-12-31 }", "[0].reason is required"],
    [
      "- { rule: FD-S3-001, reason: too short, expires: 2026-12-31 }",
      '[0].reason must say why, in at least 10 characters, got "too short"',
    ],
    [
      "- { rule: FD-S3-001, reason: '   blank   ', expires: 2026-12-31 }",
      '[0].reason must say why, in at least 10 characters, got "   blank   "',
    ],
    [`- { rule: FD-S3-001, reason: ${REASON} }`, "[0].expires is required"],
    ...["2026-02-30", "2026-13-01", "2026-2-3", "tomorrow", "2026-12-31T00:00:00Z", "31.12.2026"].map((expires) => [
      `- { rule: FD-S3-001, reason: ${REASON}, expires: '${expires}' }`,
      `[0].expires must be a day of the calendar, as in 2026-12-31, got "${expires}"`,
    ]),
    [`- { rule: FD-S3-001, reason: ${REASON}, expires: 2026 }`, "[0].expires must be text, got 2026"],
    [entry("stack: ''"), '[0].stack must not be empty, got ""'],
    [entry("path: [a]"), '[0].path must be text, got ["a"]'],
    [
      entry("until: 2026-01-01"),
      "[0].until is not a known key; known: rule, stack, path, finding, reason, expires, ticket",
    ],
  ])("refuses %s", (text, message) => {
    expect(refused(text)).toEqual([`${FILE}:1: ${message}`]);
  });

  test("takes a reason of 10 characters, and 29 February in a leap year", () => {
    expect(waivers({ reason: "0123456789", expires: "2028-02-29" })).toHaveLength(1);
  });

  test("tells everything that is wrong at once", () => {
    expect(refused([entry("stack: 1"), entry("ticket: ''")].join("\n"))).toEqual([
      `${FILE}:1: [0].stack must be text, got 1`,
      `${FILE}:2: [1].ticket must not be empty, got ""`,
    ]);
  });
});

describe("waivers are refused", () => {
  const messages = (...entries: readonly object[]): readonly string[] =>
    waiverProblems(waivers(...entries), LIMITS).map(({ where, message }) => `${where}: ${message}`);

  test("for a rule that does not exist", () => {
    expect(messages({ rule: "FD-S3-011" }, { rule: "m" })).toEqual([
      `${FILE}:1: there is no rule "FD-S3-011", did you mean FD-S3-001?`,
      `${FILE}:2: there is no rule "m", did you mean FD-S3-002?`,
    ]);
  });

  test("for a rule that cannot be waived", () => {
    expect(messages({ rule: "FD-DATA-001" }, { rule: "FD-PLAN-001" })).toEqual([
      `${FILE}:1: FD-DATA-001 cannot be waived`,
      `${FILE}:2: FD-PLAN-001 cannot be waived: approve the change instead, by its address`,
    ]);
  });

  test("when they would hold longer than waivers may", () => {
    expect(messages({ expires: "2027-09-28" }, { expires: "2027-09-29" })).toEqual([
      `${FILE}:2: \`expires\` must be at most 365 days away, on 2027-09-28, got 2027-09-29`,
    ]);
  });

  test("not when they have expired: their findings say so", () => {
    expect(messages({ expires: "2020-01-01" })).toEqual([]);
  });
});

describe("a waiver covers", () => {
  const release = { stack: "atlas-prod-controllers", path: "atlas-prod-controllers/Router/Resource" };
  const router = found(RULES.object, {
    ...release,
    ...{ address: "helm_release.Router", type: "Deployment", subject: "Deployment serving/router" },
  });
  const bucket = found(RULES.high, { key: "Action::s3:*" });

  test.each([
    ["a stack by its name", bucket, { stack: "atlas-prod-data" }],
    ["stacks by pattern", bucket, { stack: "atlas-*-data" }],
    ["everything of a rule", bucket, {}],
    ["a construct by its path", bucket, { path: "atlas-prod-data/Models/Resource" }],
    ["a construct and all in it", bucket, { path: "atlas-prod-data/Models/**" }],
    ["a construct by its path in the stack", bucket, { path: "Models/*" }],
    ["a resource by its address", bucket, { path: "aws_s3_bucket.Models" }],
    ["resources by a pattern of addresses", bucket, { path: "aws_s3_bucket.*" }],
    ["an instance of a resource, brackets and all", found(RULES.high, { address: 'a.b["x"]' }), { path: 'a.b["x"]' }],
    ["one finding by its key", bucket, { finding: "Action::s3:*" }],
    ["an object by kind, namespace and name", router, { rule: "FD-K8S-001", path: "Deployment/serving/router" }],
    ["an object by namespace and name", router, { rule: "FD-K8S-001", path: "serving/router" }],
    ["all objects of a namespace", router, { rule: "FD-K8S-001", path: "*/serving/*" }],
    ["all objects of a chart", router, { rule: "FD-K8S-001", path: "helm_release.Router" }],
  ])("%s", (_, finding, about) => {
    expect(decided([finding], { waivers: waivers(about) }).findings[0]?.status).toBe("waived");
  });

  test.each([
    ["another rule", { rule: "FD-S3-002" }],
    ["another stack", { stack: "atlas-dev-data" }],
    ["a stack whose name goes on", { stack: "atlas-prod" }],
    ["another construct", { path: "Logs/**" }],
    ["a construct whose name goes on", { path: "Mode/**" }],
    ["what lies deeper than the pattern", { path: "atlas-prod-data/*" }],
    ["another finding", { finding: "Action::s3:GetObject" }],
  ])("not %s", (_, about) => {
    const { findings } = decided([bucket], { waivers: waivers(about) });
    expect(findings[0]).toMatchObject({ status: "open" });
  });

  test("what is unknown as well as what fails", () => {
    const { findings } = decided([found(RULES.high, { outcome: "unknown" })], { waivers: waivers({}) });
    expect(inShort(findings)).toEqual(["FD-S3-001 soft waived"]);
  });

  test("nothing of a rule that cannot be waived, even when nobody checked", () => {
    const { findings } = decided([found(RULES.secret)], { waivers: waivers({ rule: "FD-DATA-001" }) });
    expect(inShort(findings)).toEqual(["FD-DATA-001 hard open"]);
  });
});

describe("a waiver", () => {
  test("is told with its finding, which fails nothing", () => {
    const report = decided([found(RULES.high)], { waivers: waivers({ ticket: "ML-7" }) });

    expect(report.failed).toBe("no");
    expect(report.notices).toEqual([]);
    expect(report.findings[0]).toMatchObject({
      status: "waived",
      waiver: { reason: REASON, expires: "2026-12-31", ticket: "ML-7", where: `${FILE}:1` },
    });
  });

  test("is not for a rule that could not be applied", () => {
    const report = decided([found(RULES.high, { cause: "it threw" })], { waivers: waivers({}) });

    expect(report).toMatchObject({ failed: "hard", notices: [], findings: [{ status: "open" }] });
  });

  test("holds on its last day, and not on the day after", () => {
    const on = (today: string) => decided([found(RULES.high)], { waivers: waivers({ expires: "2026-09-28" }), today });

    expect(on("2026-09-28")).toMatchObject({ failed: "no" });
    expect(inShort(on("2026-09-29").findings)).toEqual([
      `FD-S3-001 hard open (a waiver expired on 2026-09-28: ${REASON})`,
    ]);
    expect(on("2026-09-29")).toMatchObject({ failed: "hard", notices: [] });
  });

  test.each([
    ["2026-09-28", "today"],
    ["2026-09-29", "tomorrow"],
    ["2026-10-12", "in 14 days, on 2026-10-12"],
  ])("that ends on %s is spoken of", (expires, when) => {
    expect(decided([found(RULES.high)], { waivers: waivers({ expires }) }).notices).toEqual([
      { level: "info", message: `the waiver for FD-S3-001 expires ${when}: ${REASON}`, where: `${FILE}:1` },
    ]);
  });

  test("that ends later than soon is not spoken of", () => {
    expect(decided([found(RULES.high)], { waivers: waivers({ expires: "2026-10-13" }) }).notices).toEqual([]);
  });

  test("that waives nothing is to be removed, whether it has expired or not", () => {
    const unused = waivers({ path: "Gone/**" }, { path: "Gone/**", expires: "2026-09-01" });

    expect(decided([], { waivers: unused }).notices).toEqual([
      { level: "warning", message: "the waiver for FD-S3-001 waives nothing: remove it", where: `${FILE}:1` },
      {
        level: "warning",
        message: "the waiver for FD-S3-001 expired on 2026-09-01 and waives nothing: remove it",
        where: `${FILE}:2`,
      },
    ]);
  });

  test("is not unused when the run did not look where it is for", () => {
    const elsewhere = waivers({ stack: "atlas-dev-*" }, { rule: "FD-K8S-001" });
    const subjects = { resources: 10, objects: 0, changes: 0 };
    const run = {
      findings: [],
      asked: 1,
      counts: { pass: 1, fail: 0, unknown: 0, "not-applicable": 0 },
      subjects,
      rules: ALL_RULES,
    };

    expect(decided(run, { waivers: elsewhere }).notices).toEqual([]);
  });

  test("for an object is not unused when not all objects could be judged", () => {
    const given = waivers({ rule: "FD-K8S-001" }, { rule: "FD-COST-001" });

    expect(decided([], { waivers: given, missesObjects: true }).notices).toEqual([]);
    expect(decided([], { waivers: given }).notices).toHaveLength(2);
  });

  test("for a rule that is off has no effect", () => {
    const settings = readSettings("rules: { FD-S3-001: { off: logs are elsewhere } }", "settings.yaml");
    const off = waivers({}, { rule: "FD-S3-009" }, { stack: "atlas-dev-data" });
    const rules = ALL_RULES.filter((rule) => rule !== RULES.high && rule !== RULES.strict);
    const run = { findings: [], asked: 1, counts: { pass: 1, fail: 0, unknown: 0, "not-applicable": 0 } };

    const report = decided(
      { ...run, subjects: { resources: 1, objects: 0, changes: 0 }, rules },
      { settings, waivers: off },
    );

    expect(report.notices).toEqual([
      { level: "info", message: "FD-S3-001 is off: logs are elsewhere", where: "settings.yaml:1" },
      { level: "warning", message: "the waiver for FD-S3-001 has no effect: the rule is off", where: `${FILE}:1` },
      {
        level: "warning",
        message: "the waiver for FD-S3-009 has no effect: the rule is off, since no pack it is in is on (strict)",
        where: `${FILE}:2`,
      },
    ]);
  });

  test("beside another for the same finding is one too many: the one that holds longer is taken", () => {
    const two = waivers(
      { stack: "atlas-*" },
      { path: "Models/**", expires: "2027-01-31", reason: "is moved in January" },
    );
    const report = decided([found(RULES.high), found(RULES.high, { key: "b" })], { waivers: two });

    expect(report.findings.map(({ waiver }) => waiver?.where)).toEqual([`${FILE}:2`, `${FILE}:2`]);
    expect(report.notices).toEqual([
      {
        level: "warning",
        message:
          "2 waivers for FD-S3-001 are for aws_s3_bucket.Models and 1 more: " +
          `${FILE}:2 (until 2027-01-31) and ${FILE}:1 (until 2026-12-31); the first holds`,
        where: `${FILE}:2`,
      },
    ]);
  });

  test("that has expired gives way to one that holds, and is to be removed", () => {
    const renewed = waivers({ expires: "2026-09-01" }, {});
    const report = decided([found(RULES.high)], { waivers: renewed });

    expect(report.findings[0]).toMatchObject({ status: "waived", waiver: { where: `${FILE}:2` } });
    expect(report.notices).toEqual([
      {
        level: "warning",
        message: "the waiver for FD-S3-001 expired on 2026-09-01 and waives nothing: remove it",
        where: `${FILE}:1`,
      },
    ]);
  });
});
