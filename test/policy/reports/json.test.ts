import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { DecidedFinding } from "../../../policy/enforcement/policy-report";
import { policyReportJsonSchema } from "../../../policy/reports/json-schema";
import type { JsonReport } from "../../../policy/reports/json-schema";
import { writeJson } from "../../../policy/reports/json";
import { bucketFinding, EMPTY, FULL, HOSTILE, manyFindings, report } from "./report-fixture";

const published = JSON.parse(
  readFileSync(join(__dirname, "../../../docs/policy-report.schema.json"), "utf8"),
) as Record<string, unknown>;
const validate = addFormats(new Ajv({ strict: true })).compile(published);

/** The report with whatever may be wrong in it. */
interface Loose {
  version: number;
  reports: [Record<string, unknown> & { counts: Fields; findings: LooseFinding[]; rules: Fields[]; notices: Fields[] }];
}
type Fields = Record<string, unknown>;
type LooseFinding = Fields & { trace: [Fields]; waiver: Fields };

const written = (...reports: Parameters<typeof writeJson>[0]): JsonReport =>
  JSON.parse(writeJson(reports)) as JsonReport;

test("docs/policy-report.schema.json is as it is generated; `npm run policy:rules` writes it", () => {
  expect(published).toEqual(policyReportJsonSchema());
});

describe("the published schema", () => {
  test.each([
    ["one finding of every kind", FULL],
    ["nothing judged", EMPTY],
    ["nothing open", report()],
    ["five hundred findings", report({ findings: manyFindings(500) })],
    [
      "names of other authors",
      report({ name: HOSTILE, findings: [bucketFinding({ message: HOSTILE, key: HOSTILE })] }),
    ],
  ])("accepts %s", (_, one) => {
    validate(written(one));
    expect(validate.errors).toBeNull();
  });

  test.each<[string, (json: Loose) => unknown]>([
    ["another version", (json) => (json.version = 2)],
    ["no reports", (json) => Reflect.deleteProperty(json, "reports")],
    ["a field that is not there", ({ reports }) => (reports[0]["more"] = 1)],
    ["a date that is none", ({ reports }) => (reports[0]["date"] = "2.10.2026")],
    ["another stage", ({ reports }) => (reports[0]["stage"] = "test")],
    ["a negative count", ({ reports }) => (reports[0].counts["pass"] = -1)],
    ["a finding without a message", ({ reports }) => Reflect.deleteProperty(reports[0].findings[0]!, "message")],
    ["another level", ({ reports }) => (reports[0].findings[0]!["level"] = "high")],
    ["another status", ({ reports }) => (reports[0].findings[0]!["status"] = "ignored")],
    ["line 0", ({ reports }) => (reports[0].findings[0]!.trace[0]["line"] = 0)],
    ["a waiver without a reason", ({ reports }) => Reflect.deleteProperty(reports[0].findings[6]!.waiver, "reason")],
    ["a short fingerprint", ({ reports }) => (reports[0].findings[0]!["fingerprint"] = "ab")],
    ["a rule of another severity", ({ reports }) => (reports[0].rules[0]!["severity"] = "urgent")],
    ["a notice of another level", ({ reports }) => (reports[0].notices[0]!["level"] = "error")],
  ])("refuses %s", (_, breakIt) => {
    const json = structuredClone(written(FULL)) as unknown as Loose;
    breakIt(json);
    expect(validate(json)).toBe(false);
  });
});

test("a report says what it is about, and a finding where it stands and what excepts it", () => {
  const [one] = written(FULL).reports;
  expect(one).toMatchObject({
    name: "atlas/prod",
    stage: "prod",
    date: "2026-10-02",
    inputs: ["synthesis"],
    subjects: { resources: 190, objects: 60, changes: 0 },
    counts: { rules: 141, pass: 800, fail: 10, unknown: 2, notApplicable: 30 },
    open: { hard: 2, soft: 2, advisory: 2 },
    failed: "hard",
  });
  expect(one?.findings[7]).toMatchObject({
    rule: "FD-S3-004",
    level: "hard",
    status: "waived",
    outcome: "fail",
    stack: "atlas-prod-data",
    path: "atlas-prod-data/Models/Resource",
    address: "aws_s3_bucket.Models_C55D3500",
    key: "in a file",
    trace: [{ file: "constructs/storage/model-store.ts", line: 48, column: 5 }, { line: 31 }, { line: 12 }],
    waiver: {
      reason: "scratch data of one day",
      expires: "2026-12-31",
      ticket: "ML-7",
      where: "policy/waivers.yaml:12",
    },
  });
});

test("each rule with a finding is there once, by id", () => {
  const [one] = written(FULL).reports;
  expect(one?.rules.map(({ id, waivable }) => [id, waivable])).toEqual([
    ["FD-COST-002", true],
    ["FD-K8S-001", false],
    ["FD-PLAN-001", false],
    ["FD-S3-004", true],
  ]);
});

test("equal reports give equal bytes, which end with a line feed", () => {
  expect(writeJson([FULL])).toBe(writeJson([{ ...FULL }]));
  expect(writeJson([FULL]).endsWith("}\n")).toBe(true);
});

test("findings keep their fingerprints when lines and messages change, and no two share one", () => {
  const prints = (...findings: readonly DecidedFinding[]) =>
    written(report({ findings })).reports[0]?.findings.map(({ fingerprint }) => fingerprint);
  const moved = { ...bucketFinding().place, trace: [{ file: "stacks/other.ts", line: 9, column: 1 }] };
  expect(prints(bucketFinding())).toEqual(prints(bucketFinding({ place: moved, message: "another", level: "soft" })));
  expect(prints(bucketFinding())).not.toEqual(prints(bucketFinding({ attribute: "bucket" })));
  expect(prints(bucketFinding())).not.toEqual(prints(bucketFinding({ key: "x" })));
  expect(prints(bucketFinding())).not.toEqual(prints(bucketFinding({ place: { ...moved, stack: "atlas-dev-data" } })));
  const twins = prints(bucketFinding(), bucketFinding());
  expect(new Set(twins).size).toBe(2);
  expect(new Set(prints(...manyFindings(500))).size).toBe(500);
});
