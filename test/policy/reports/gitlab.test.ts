import Ajv from "ajv";
import type { PolicyReport } from "../../../policy/enforcement/policy-report";
import { writeGitlab } from "../../../policy/reports/gitlab";
import { bucketFinding, EMPTY, FULL, HOSTILE, manyFindings, objectFinding, OPTIONS, report } from "./report-fixture";

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const issues = (...reports: readonly PolicyReport[]): Issue[] => JSON.parse(writeGitlab(reports, OPTIONS)) as Issue[];

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const validate = new Ajv().compile({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          path: { type: "string", pattern: "^(?!\\./|/)." },
          lines: { type: "object", required: ["begin"], properties: { begin: { type: "integer", minimum: 1 } } },
        },
      },
    },
  },
});

test("a finding is an issue at the line that defines the thing", () => {
  const [issue] = issues(report({ findings: [bucketFinding()] }));
  expect(issue).toEqual({
    description: "FD-S3-004 (hard) atlas-prod-data/Models/Resource: no `aws_s3_bucket_versioning` belongs to it",
    check_name: "s3-versioned",
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    severity: "critical",
    location: { path: "constructs/storage/model-store.ts", lines: { begin: 48 } },
  });
});

test.each([
  ["one finding of every kind", FULL],
  ["nothing open", report()],
  ["names of other authors", report({ findings: [bucketFinding({ message: HOSTILE, subject: HOSTILE })] })],
])("the format takes %s", (_, one) => {
  validate(issues(one));
  expect(validate.errors).toBeNull();
});

test("a finding without a trace stands at the file that is given for it", () => {
  const [issue] = issues(report({ findings: [objectFinding()] }));
  expect(issue?.location).toEqual({ path: "config/environments/atlas/prod.yaml", lines: { begin: 1 } });
});

test("severities are the rules', and what is not known is for information", () => {
  expect(issues(FULL).map(({ severity }) => severity)).toEqual([
    "critical",
    "blocker",
    "blocker",
    "info",
    "minor",
    "minor",
  ]);
});

test("fingerprints are of one finding each, across environments too", () => {
  const findings = [...manyFindings(500), bucketFinding(), bucketFinding()];
  const all = issues(report({ findings }), report({ name: "atlas/dev", findings }));
  expect(all).toHaveLength(1004);
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(1004);
});

test("nothing judged is an issue that blocks", () => {
  expect(issues(EMPTY)).toMatchObject([{ check_name: "nothing-judged", severity: "blocker" }]);
});
