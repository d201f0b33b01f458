import { parse } from "yaml";
import type { DecidedFinding } from "../../../policy/enforcement/policy-report";
import { writeForeignSkips } from "../../../policy/reports/foreign-skips";
import { bucketFinding, objectFinding, report } from "./report-fixture";

const WAIVER = { reason: "scratch data of one day", expires: "2026-12-31", where: "policy/waivers.yaml:12" };
const MODULE = {
  id: "atlas-prod-data",
  files: [
    {
      file: "atlas-prod-data/cdk.tf.json",
      text: JSON.stringify({
        resource: {
          aws_s3_bucket: {
            Models_C55D3500: { "//": { metadata: { path: "atlas-prod-data/Models/Resource" } }, bucket: "models" },
            Logs_6819BB44: { bucket: "logs" },
          },
        },
      }),
    },
  ],
};

const waived = (changes: Partial<DecidedFinding> = {}): DecidedFinding =>
  bucketFinding({ status: "waived", waiver: WAIVER, ...changes });

/** The files by path, of one report with these findings. */
function written(findings: readonly DecidedFinding[], modules = [MODULE]): Readonly<Record<string, string>> {
  const files = writeForeignSkips([report({ findings })], modules);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

const baseline = (stack: string, files: Readonly<Record<string, string>>): unknown =>
  JSON.parse(files[`${stack}/.checkov.baseline`]!);

const ignored = (files: Readonly<Record<string, string>>): unknown => parse(files[".trivyignore.yaml"]!);

describe("for checkov", () => {
  test("a waived resource carries its skips beside what CDKTF wrote, and others stay as they are", () => {
    expect(JSON.parse(written([waived()])["atlas-prod-data/cdk.tf.json"]!)).toEqual({
      resource: {
        aws_s3_bucket: {
          Models_C55D3500: {
            "//": {
              metadata: { path: "atlas-prod-data/Models/Resource" },
              checkov: { skip: [{ id: "CKV_AWS_21", comment: "scratch data of one day (until 2026-12-31)" }] },
            },
            bucket: "models",
          },
          Logs_6819BB44: { bucket: "logs" },
        },
      },
    });
  });

  test("the baseline names the resource as checks by attribute and checks by graph do", () => {
    expect(baseline("atlas-prod-data", written([waived()]))).toEqual({
      failed_checks: [
        {
          file: "/cdk.tf.json",
          findings: [
            { resource: "resource.Models_C55D3500", check_ids: ["CKV_AWS_21"] },
            { resource: "aws_s3_bucket.Models_C55D3500", check_ids: ["CKV_AWS_21"] },
          ],
        },
      ],
    });
  });

  test("each stack has a baseline of its own, so that a waiver of one stack excepts nothing of another", () => {
    const other = { id: "atlas-dev-data", files: MODULE.files };
    const files = written([waived()], [MODULE, other]);
    expect(baseline("atlas-dev-data", files)).toEqual({ failed_checks: [] });
    expect(files["atlas-dev-data/cdk.tf.json"]).not.toContain("skip");
  });

  test("two waivers of one resource are one entry, with ids in order", () => {
    const rule = { ...bucketFinding().rule, id: "FD-S3-014", sameAs: { checkov: ["CKV_AWS_18"] } };
    const files = written([waived(), waived({ rule })]);
    expect(baseline("atlas-prod-data", files)).toMatchObject({
      failed_checks: [{ findings: [{ check_ids: ["CKV_AWS_18", "CKV_AWS_21"] }, {}] }],
    });
    expect(files["atlas-prod-data/cdk.tf.json"]).toContain("CKV_AWS_18");
  });

  test("the files of a folder of another author keep their names", () => {
    const files = ["live/main.tf.json", "live/buckets.tf.json"].map((file) => ({ file, text: "{}" }));
    expect(Object.keys(written([], [{ id: "live", files }]))).toEqual([
      "live/main.tf.json",
      "live/buckets.tf.json",
      "live/.checkov.baseline",
      ".trivyignore.yaml",
    ]);
  });
});

describe("for trivy", () => {
  test("an entry has the fields that it documents, and ends with the day after the waiver's last", () => {
    const text = written([waived()])[".trivyignore.yaml"]!;
    const entry = {
      paths: ["atlas-prod-data/*"],
      statement: "aws_s3_bucket.Models_C55D3500: scratch data of one day",
      expired_at: "2027-01-01",
    };
    expect(parse(text)).toEqual({
      misconfigurations: [
        { id: "AWS-0090", ...entry },
        { id: "AVD-AWS-0090", ...entry },
      ],
    });
  });

  test("the day is a date to a reader of YAML 1.1, for which a text in quotes is none", () => {
    expect(written([waived()])[".trivyignore.yaml"]).toMatch(/^ {4}expired_at: 2027-01-01$/m);
  });

  test("what is a pattern to it in the name of a stack is a name", () => {
    const place = { stack: "live[1]", address: "aws_s3_bucket.models" };
    expect(ignored(written([waived({ place })]))).toMatchObject({
      misconfigurations: [{ paths: [String.raw`live\[1\]/*`] }, {}],
    });
  });

  test("the file says that an entry holds for the whole stack", () => {
    expect(written([])[".trivyignore.yaml"]).toBe(
      "# Entries hold for a whole stack: trivy does not tell its resources apart.\nmisconfigurations: []\n",
    );
  });
});

describe("neither is told of", () => {
  test.each([
    ["what is open", bucketFinding()],
    ["what the baseline knows", bucketFinding({ status: "baselined" })],
    ["what was overridden for one run", waived({ status: "overridden" })],
    ["a rule that they have not", waived({ rule: { ...bucketFinding().rule, sameAs: undefined } })],
    [
      "a Kubernetes object, which stands in another file",
      objectFinding({
        rule: { ...objectFinding().rule, sameAs: { checkov: ["CKV_K8S_16"], trivy: ["KSV-0017"] } },
        status: "waived",
        waiver: WAIVER,
        place: { stack: "atlas-prod-data", address: "kubernetes_manifest.Router" },
      }),
    ],
  ])("%s", (_what, finding) => {
    const files = written([finding]);
    expect(baseline("atlas-prod-data", files)).toEqual({ failed_checks: [] });
    expect(ignored(files)).toEqual({ misconfigurations: [] });
    expect(files["atlas-prod-data/cdk.tf.json"]).not.toContain("checkov");
  });
});
