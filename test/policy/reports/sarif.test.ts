import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log, Result, Run } from "sarif";
import type { PolicyReport } from "../../../policy/enforcement/policy-report";
import { writeSarif } from "../../../policy/reports/sarif";
import {
  bucketFinding,
  cheap,
  EMPTY,
  FULL,
  HOSTILE,
  manyFindings,
  objectFinding,
  OPTIONS,
  report,
  versioned,
} from "./report-fixture";

/** The schema of the standard, as Microsoft's matchers for Jest carry it. */
const SCHEMA = join(dirname(require.resolve("@microsoft/jest-sarif")), "schemas/sarif-2.1.0-rtm.5.json");
const validate = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")) as Record<string, unknown>,
);

const written = (...reports: readonly PolicyReport[]): Log => JSON.parse(writeSarif(reports, OPTIONS)) as Log;
const runOf = (one: PolicyReport): Run => written(one).runs[0] as Run;
const resultOf = (finding: Parameters<typeof bucketFinding>[0]): Result =>
  runOf(report({ findings: [bucketFinding(finding)] })).results?.[0] as Result;

describe("the schema of SARIF 2.1.0", () => {
  test.each([
    ["one finding of every kind", [FULL]],
    ["nothing judged", [EMPTY]],
    ["nothing open", [report()]],
    ["five hundred findings", [report({ findings: manyFindings(500) })]],
    ["several environments", [FULL, report({ name: "atlas/dev", stage: "dev" as const })]],
    [
      "names of other authors",
      [report({ name: HOSTILE, findings: [bucketFinding({ message: HOSTILE, subject: HOSTILE, note: HOSTILE })] })],
    ],
    ["no reports", []],
  ])("accepts %s", (_, reports) => {
    validate(written(...reports));
    expect(validate.errors).toBeNull();
  });

  test("refuses a log without a version, a result without a message, a line before the first", () => {
    expect(validate({ runs: [] })).toBe(false);
    const broken = written(FULL);
    Reflect.deleteProperty(broken.runs[0]?.results?.[0] as Result, "message");
    expect(validate(broken)).toBe(false);
    const early = written(FULL);
    early.runs[0]!.results![0]!.locations![0]!.physicalLocation!.region!.startLine = 0;
    expect(validate(early)).toBe(false);
  });
});

describe("a result", () => {
  test("stands at the line that defines the thing, with the lines that call it beside it", () => {
    const { locations, relatedLocations } = resultOf({});
    expect(locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "constructs/storage/model-store.ts", uriBaseId: "%SRCROOT%" },
          region: { startLine: 48, startColumn: 5 },
        },
        logicalLocations: [
          {
            name: "aws_s3_bucket.Models_C55D3500",
            fullyQualifiedName: "atlas-prod-data/Models/Resource",
            kind: "construct",
          },
        ],
      },
    ]);
    expect(
      relatedLocations?.map(({ id, physicalLocation }) => [
        id,
        physicalLocation?.artifactLocation?.uri,
        physicalLocation?.region?.startLine,
      ]),
    ).toEqual([
      [1, "stacks/data-stack.ts", 31],
      [2, "main.ts", 12],
    ]);
  });

  test("without a trace stands at the file that is given for it", () => {
    const [result] = runOf(report({ findings: [objectFinding()] })).results ?? [];
    expect(result?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "config/environments/atlas/prod.yaml", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1, startColumn: 1 },
    });
    expect(result?.relatedLocations).toBeUndefined();
  });

  test("names files as relative URIs, whatever is in their names", () => {
    const trace = [{ file: "./stacks/my stack#1 é.ts", line: 3, column: 1 }];
    const { locations } = resultOf({ place: { ...bucketFinding().place, trace } });
    expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("stacks/my%20stack%231%20%C3%A9.ts");
  });

  test.each([
    ["hard", "error"],
    ["soft", "warning"],
    ["advisory", "note"],
  ] as const)("that is %s is of level %s", (level, sarifLevel) => {
    expect(resultOf({ level })).toMatchObject({
      kind: "fail",
      level: sarifLevel,
      properties: { level, status: "open" },
    });
  });

  test("that is not known before apply is open and has no level of SARIF's", () => {
    expect(resultOf({ outcome: "unknown" })).toMatchObject({
      kind: "open",
      level: "none",
      properties: { level: "hard" },
    });
  });

  test("has a fingerprint that a move to another line leaves alone", () => {
    const trace = [{ file: "stacks/other.ts", line: 1, column: 1 }];
    const moved = resultOf({ place: { ...bucketFinding().place, trace } });
    expect(moved.partialFingerprints).toEqual(resultOf({}).partialFingerprints);
    expect(moved.partialFingerprints?.["flightdeckPolicy/v1"]).toMatch(/^[0-9a-f]{32}$/);
    expect(resultOf({ key: "other" }).partialFingerprints).not.toEqual(moved.partialFingerprints);
  });

  test("says what a reader should know beside it", () => {
    expect(resultOf({ note: "a waiver expired on 2026-10-01: moving" }).message.text).toBe(
      "atlas-prod-data/Models/Resource: no `aws_s3_bucket_versioning` belongs to it; a waiver expired on 2026-10-01: moving",
    );
  });

  test("neither loses braces nor gains a link from what it quotes", () => {
    expect(resultOf({ message: "got ${aws_x.y} {0} and [a](b)" }).message.text).toBe(
      "atlas-prod-data/Models/Resource: got ${aws_x.y} {{0}} and \\[a\\](b)",
    );
  });
});

describe("what is excepted", () => {
  const suppressions = runOf(FULL)
    .results?.map((result) => result.suppressions)
    .filter((one) => one !== undefined);

  test("is suppressed, in source where the waiver is on a construct and outside of it where it is in a file", () => {
    expect(suppressions).toEqual([
      [
        {
          kind: "inSource",
          status: "accepted",
          justification: "it holds nothing but logs (waived until 2026-11-30)",
          location: { logicalLocations: [{ fullyQualifiedName: "atlas-prod-data/Models", kind: "construct" }] },
        },
      ],
      [
        {
          kind: "external",
          status: "accepted",
          justification: "scratch data of one day (waived until 2026-12-31, ML-7)",
          location: {
            physicalLocation: {
              artifactLocation: { uri: "policy/waivers.yaml", uriBaseId: "%SRCROOT%" },
              region: { startLine: 12, startColumn: 1 },
            },
          },
        },
      ],
      [
        {
          kind: "external",
          status: "accepted",
          justification: "in the baseline: it was there when the baseline was written",
        },
      ],
      [expect.objectContaining({ justification: "moved to the new account (overridden until 2026-12-31, ML-7)" })],
    ]);
  });

  test("by an option of the command line has no place", () => {
    const waiver = { reason: "the release cannot wait", expires: "2026-10-02", where: "--override" };
    expect(resultOf({ status: "overridden", waiver }).suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: "the release cannot wait (overridden until 2026-10-02)",
      },
    ]);
  });

  test("is all that is suppressed", () => {
    expect(runOf(FULL).results).toHaveLength(10);
    expect(suppressions).toHaveLength(4);
  });
});

describe("rules", () => {
  const { rules = [] } = runOf(FULL).tool.driver;

  test("are all that were asked, and results point at theirs", () => {
    expect(rules.map(({ id }) => id)).toEqual(["FD-COST-002", "FD-K8S-001", "FD-PLAN-001", "FD-S3-004"]);
    for (const { ruleId, ruleIndex = -1 } of runOf(FULL).results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  test("are those of findings where it is not said which were asked", () => {
    const log = JSON.parse(
      writeSarif([report({ findings: [bucketFinding()] })], { ...OPTIONS, rules: undefined }),
    ) as Log;
    expect(log.runs[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual(["FD-S3-004"]);
  });

  test("say why, how to mend it, and where to read on", () => {
    expect(rules[3]).toEqual({
      id: "FD-S3-004",
      name: "S3Versioned",
      shortDescription: { text: "Buckets keep old versions" },
      fullDescription: { text: versioned.why },
      help: {
        text: `${versioned.why} ${versioned.fix}`,
        markdown: `**Why:** ${versioned.why}\n\n**Fix:** ${versioned.fix}\n\n**Same as:** checkov CKV_AWS_21; trivy AWS-0090`,
      },
      helpUri: "https://example.com/RULES.md#fd-s3-004",
      defaultConfiguration: { level: "error" },
      properties: { tags: ["security", "s3", "baseline", "mlops"], "security-severity": "8.0", severity: "high" },
    });
  });

  test("have a score of security, those of cost alone excepted", () => {
    const scores = rules.map(({ properties }) => properties?.["security-severity"] as unknown);
    expect(scores).toEqual([undefined, "9.5", "9.5", "8.0"]);
    expect(rules[0]?.properties?.tags).toEqual(["cost"]);
    expect(cheap.packs).toEqual(["cost"]);
  });
});

describe("the run", () => {
  test("tells environments apart, and their notices", () => {
    const { automationDetails, invocations, tool } = runOf(report({ notices: FULL.notices }));
    expect(automationDetails?.id).toBe("flightdeck-policy/atlas/prod/");
    expect(tool.driver.version).toBe("0.1.0");
    expect(invocations?.[0]?.executionSuccessful).toBe(true);
    expect(invocations?.[0]?.toolExecutionNotifications).toEqual([
      {
        level: "warning",
        message: { text: "the waiver of FD-S3-009 is for nothing: remove it" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "policy/waivers.yaml", uriBaseId: "%SRCROOT%" },
              region: { startLine: 20, startColumn: 1 },
            },
          },
        ],
      },
      {
        level: "note",
        message: { text: "the waiver of FD-S3-004 ends in 9 days" },
        locations: [{ logicalLocations: [{ fullyQualifiedName: "atlas-prod-data/Models", kind: "construct" }] }],
      },
      { level: "note", message: { text: "2 modules were not looked into" } },
    ]);
  });

  test("is no success when nothing was judged", () => {
    expect(runOf(EMPTY).invocations?.[0]).toEqual({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "nothing was judged: there is no resource, object or planned change in plan plan.json" },
        },
      ],
    });
  });

  test("is no success when a rule could not be applied, and names it", () => {
    const [invocation] = runOf(FULL).invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.[0]).toEqual({
      level: "error",
      message: { text: "FD-COST-002 could not be applied: x is not a function" },
      associatedRule: { id: "FD-COST-002" },
    });
  });
});
