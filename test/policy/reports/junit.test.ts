import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { validateXML } from "xmllint-wasm";
import type { DecidedFinding, PolicyReport } from "../../../policy/enforcement/policy-report";
import { writeJunit } from "../../../policy/reports/junit";
import { bucketFinding, EMPTY, FULL, HOSTILE, manyFindings, OPTIONS, report } from "./report-fixture";

const SCHEMA = readFileSync(join(__dirname, "junit.xsd"), "utf8");

/** What the schema says of texts, by name; all at once, as starting the validator takes longer than its work. */
async function problemsOf(texts: Readonly<Record<string, string>>): Promise<Record<string, string[]>> {
  const xml = Object.entries(texts).map(([fileName, contents]) => ({ fileName, contents }));
  const { errors } = await validateXML({ xml, schema: SCHEMA });
  const problems: Record<string, string[]> = {};
  for (const { message, loc } of errors) (problems[loc?.fileName ?? "?"] ??= []).push(message);
  return problems;
}

type Outcome = { "@_message": string; "@_type": string; "#text": string } | undefined;
type Case = { "@_name": string; "@_classname": string } & Partial<Record<"failure" | "error" | "skipped", Outcome>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  isArray: (name) => name === "testcase" || name === "testsuite",
  processEntities: true,
  htmlEntities: true,
});

function suitesOf(...reports: readonly PolicyReport[]): (Record<string, string> & { testcase: Case[] })[] {
  const { testsuites } = parser.parse(writeJunit(reports, OPTIONS)) as {
    testsuites: { testsuite: (Record<string, string> & { testcase: Case[] })[] };
  };
  return testsuites.testsuite;
}

const caseOf = (finding: Partial<DecidedFinding>): Case =>
  suitesOf(report({ findings: [bucketFinding(finding)] }))[0]?.testcase[0] as Case;

describe("the schema", () => {
  test("accepts every kind of report", async () => {
    const odd = bucketFinding({ message: HOSTILE, subject: HOSTILE, note: HOSTILE });
    const reports: Readonly<Record<string, readonly PolicyReport[]>> = {
      "one of every kind": [FULL],
      "nothing judged": [EMPTY],
      "nothing open": [report()],
      "five hundred findings": [report({ findings: manyFindings(500) })],
      "several environments": [FULL, report({ name: "atlas/dev" })],
      "names of other authors": [report({ name: HOSTILE, findings: [odd] })],
      "no reports": [],
    };
    const texts = Object.entries(reports).map(([name, several]) => [name, writeJunit(several, OPTIONS)] as const);
    expect(await problemsOf(Object.fromEntries(texts))).toEqual({});
  });

  test("refuses a suite without a name, a test with two outcomes and a control character", async () => {
    const xml = writeJunit([FULL], OPTIONS);
    const problems = await problemsOf({
      nameless: xml.replace('<testsuite name="atlas/prod"', "<testsuite"),
      twofold: xml.replace("</failure>", "</failure><skipped/>"),
      control: xml.replace("</failure>", "\u0007</failure>"),
    });
    expect(problems["nameless"]?.[0]).toContain("The attribute 'name' is required but missing");
    expect(problems["twofold"]?.[0]).toContain("This element is not expected");
    expect(problems["control"]?.[0]).toContain("invalid Char value 7");
  });
});

test("an environment is a suite that counts its tests", () => {
  const [suite, other] = suitesOf(FULL, report({ name: "atlas/dev" }));
  expect(suite).toMatchObject({
    "@_name": "atlas/prod",
    "@_tests": "10",
    "@_failures": "3",
    "@_errors": "1",
    "@_skipped": "6",
    "@_timestamp": "2026-10-02T00:00:00",
  });
  expect(suite?.testcase).toHaveLength(10);
  expect(other).toMatchObject({ "@_name": "atlas/dev", "@_tests": "4", "@_failures": "0" });
});

test("a rule without a finding is a test that passed", () => {
  const [suite] = suitesOf(report({ findings: [bucketFinding()] }));
  const passed = suite?.testcase.filter((one) => !one.failure && !one.error && !one.skipped);
  expect(passed?.map((one) => [one["@_classname"], one["@_name"]])).toEqual([
    ["atlas/prod.FD-K8S-001", "No container is privileged"],
    ["atlas/prod.FD-COST-002", "Node groups stay within the budget"],
    ["atlas/prod.FD-PLAN-001", "No store is destroyed"],
  ]);
});

test("a finding that fails the check is a failure that says where, why and how to mend it", () => {
  expect(caseOf({ level: "soft" })).toEqual({
    "@_classname": "atlas/prod.FD-S3-004",
    "@_name": "Buckets keep old versions: atlas-prod-data/Models/Resource",
    failure: {
      "@_message": "no `aws_s3_bucket_versioning` belongs to it",
      "@_type": "soft.high",
      "#text": [
        "no `aws_s3_bucket_versioning` belongs to it",
        "at atlas-prod-data/Models/Resource (stack atlas-prod-data)",
        "defined at constructs/storage/model-store.ts:48",
        "why: A model that is overwritten is gone. Nothing brings it back.",
        "fix: Add an `aws_s3_bucket_versioning` whose status is Enabled.",
      ].join("\n"),
    },
  });
});

test.each<[string, Partial<DecidedFinding>, "failure" | "error" | "skipped", string]>([
  ["advisory", { level: "advisory" }, "skipped", "advisory: no `aws_s3_bucket_versioning` belongs to it"],
  [
    "not known, where that fails the check",
    { outcome: "unknown" },
    "error",
    "no `aws_s3_bucket_versioning` belongs to it",
  ],
  [
    "not known, where that fails nothing",
    { outcome: "unknown", level: "advisory" },
    "skipped",
    "advisory: no `aws_s3_bucket_versioning` belongs to it",
  ],
  [
    "of a rule that threw",
    { cause: "x", message: "the rule could not be applied: x" },
    "error",
    "the rule could not be applied: x",
  ],
  ["in the baseline", { status: "baselined" }, "skipped", "baselined: no `aws_s3_bucket_versioning` belongs to it"],
  [
    "waived",
    { status: "waived", waiver: { reason: "logs", expires: "2026-11-30", where: "w.yaml:1" } },
    "skipped",
    "waived until 2026-11-30, logs: no `aws_s3_bucket_versioning` belongs to it",
  ],
])("what is %s is told so", (_, finding, outcome, message) => {
  expect(caseOf(finding)[outcome]?.["@_message"]).toBe(message);
});

test("nothing judged is an error, never green", () => {
  const [suite] = suitesOf(EMPTY);
  expect(suite?.["@_errors"]).toBe("1");
  expect(suite?.testcase[0]?.error?.["@_message"]).toBe(
    "nothing was judged: there is no resource, object or planned change in plan plan.json",
  );
});

test("what XML forbids is written as its code, everything else comes back as it was", () => {
  const { failure } = caseOf({ message: HOSTILE });
  expect(failure?.["#text"].split("\nat ")[0]).toBe(
    "a|b <img src=x onerror=1> ]]> & \"q\" 's' ::error::x %0A {0} [l](http://h) `code|<b>` @ann #12 \\u001b[2J\\u0000\\u0007 \\ufffe \\ud800 Modèle 模型 🤖 \\u202e\nsecond line\\u000d\nthird",
  );
});
