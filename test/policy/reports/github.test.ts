import { writeGithub } from "../../../policy/reports/github";
import type { DecidedFinding, PolicyReport } from "../../../policy/enforcement/policy-report";
import { bucketFinding, EMPTY, FULL, HOSTILE, manyFindings, objectFinding, OPTIONS, report } from "./report-fixture";

const lines = (...reports: readonly PolicyReport[]): string[] => writeGithub(reports, OPTIONS).trimEnd().split("\n");
const first = (finding: DecidedFinding): string => lines(report({ findings: [finding] }))[0] ?? "";

/** Reads a command as the runner does: https://github.com/actions/runner, ActionCommand. */
function read(line: string): { kind: string; properties: Record<string, string>; message: string } {
  const [, kind = "", list = "", message = ""] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const unescaped = (text: string): string =>
    text
      .replaceAll("%2C", ",")
      .replaceAll("%3A", ":")
      .replaceAll("%0A", "\n")
      .replaceAll("%0D", "\r")
      .replaceAll("%25", "%");
  const properties = list.split(",").map((pair) => pair.split("=", 2).map(unescaped) as [string, string]);
  return { kind, properties: Object.fromEntries(properties), message: unescaped(message) };
}

test("a finding is shown at the line that defines the thing", () => {
  expect(first(bucketFinding())).toBe(
    "::error file=constructs/storage/model-store.ts,line=48,col=5,title=FD-S3-004 Buckets keep old versions" +
      "::atlas-prod-data/Models/Resource: no `aws_s3_bucket_versioning` belongs to it" +
      "%0AFix: Add an `aws_s3_bucket_versioning` whose status is Enabled.",
  );
});

test("a finding without a trace is shown at the file that is given for it", () => {
  expect(read(first(objectFinding())).properties).toEqual({
    file: "config/environments/atlas/prod.yaml",
    title: "FD-K8S-001 No container is privileged",
  });
});

test.each([
  ["hard", "error"],
  ["soft", "warning"],
  ["advisory", "notice"],
] as const)("what is %s is shown as %s", (level, kind) => {
  expect(read(first(bucketFinding({ level }))).kind).toBe(kind);
});

test("what is excepted is not shown", () => {
  expect(
    lines(report({ findings: [bucketFinding({ status: "waived" }), bucketFinding({ status: "baselined" })] })),
  ).toEqual([
    "::notice title=Policy checks::atlas/prod: nothing open; 1 waived, 1 baselined; 812 checks of 141 rules on 190 resources and 60 objects",
  ]);
});

test("notices stand at their lines where they have one", () => {
  expect(lines(report({ notices: FULL.notices })).slice(0, 3)).toEqual([
    "::warning file=policy/waivers.yaml,line=20,title=Policy checks::the waiver of FD-S3-009 is for nothing: remove it",
    "::notice title=Policy checks::the waiver of FD-S3-004 ends in 9 days (atlas-prod-data/Models)",
    "::notice title=Policy checks::2 modules were not looked into",
  ]);
});

test("names of other authors can neither end a command nor begin one", () => {
  const trace = [{ file: "a,b:c%.ts", line: 1, column: 2 }];
  const finding = bucketFinding({ message: HOSTILE, place: { ...bucketFinding().place, trace } });
  const written = lines(report({ findings: [finding] }));
  expect(written).toHaveLength(2);
  const { properties, message } = read(written[0] ?? "");
  expect(properties["file"]).toBe("a,b:c%.ts");
  expect(message).toContain("::error::x %0A {0}");
  expect(message).toContain("\nsecond line\\u000d\nthird\nFix: ");
  expect(written[0]).not.toMatch(/[\u0000-\u001f]/);
});

test("no more are written than are shown, and the rest is counted", () => {
  const findings = [
    ...manyFindings(25),
    ...manyFindings(11, { level: "soft" }),
    ...manyFindings(500, { level: "advisory" }),
  ];
  const written = lines(report({ findings }));
  const kinds = written.map((line) => read(line).kind);
  expect(["error", "warning", "notice"].map((kind) => kinds.filter((one) => one === kind).length)).toEqual([
    10, 10, 10,
  ]);
  expect(read(written.at(-1) ?? "").message).toBe(
    "atlas/prod: 25 hard, 11 soft, 500 advisory open; 812 checks of 141 rules on 190 resources and 60 objects\n" +
      "Not shown here: 15 errors, 1 warning and 491 notices more",
  );
});

test("nothing judged is an error", () => {
  expect(lines(EMPTY)[0]).toBe(
    "::error title=Policy checks of atlas/prod::nothing was judged: there is no resource, object or planned change in plan plan.json",
  );
});
