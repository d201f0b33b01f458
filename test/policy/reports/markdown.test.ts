import type { PolicyReport } from "../../../policy/enforcement/policy-report";
import { writeMarkdown } from "../../../policy/reports/markdown";
import { bucketFinding, EMPTY, FULL, HOSTILE, manyFindings, OPTIONS, report, versioned } from "./report-fixture";

const written = (...reports: readonly PolicyReport[]): string => writeMarkdown(reports, OPTIONS);

test("the verdict comes first, then a table of the rules that are broken", () => {
  expect(written(report({ findings: [bucketFinding()] }))).toBe(`### ❌ atlas/prod fails the policy checks

1 hard open; 812 checks of 141 rules on 190 resources and 60 objects

| Level | Rule | Severity | Places |
| --- | --- | --- | --- |
| ⛔ hard | <a href="https://example.com/RULES.md#fd-s3-004">FD-S3-004</a> Buckets keep old versions | high | 1 |

<details><summary>⛔ hard: FD-S3-004 Buckets keep old versions (1 place)</summary>

**Why:** A model that is overwritten is gone. Nothing brings it back.

- <code>atlas-prod-data/Models/Resource</code> at <code>constructs/storage/model-store.ts:48</code>: no <code>aws_s3_bucket_versioning</code> belongs to it

**Fix:** Add an <code>aws_s3_bucket_versioning</code> whose status is Enabled.

</details>
`);
});

test("when all is well it is two lines", () => {
  expect(written(report())).toBe(`### ✅ atlas/prod passes the policy checks

nothing open; 812 checks of 141 rules on 190 resources and 60 objects
`);
});

test("advisory findings do not fail it", () => {
  expect(written(report({ findings: [bucketFinding({ level: "advisory" })] }))).toMatch(
    /^### ✅ atlas\/prod passes the policy checks\n\n1 advisory open;/,
  );
});

test("nothing judged is said, and is no pass", () => {
  expect(written(EMPTY)).toMatch(
    /^### ❌ atlas\/prod: nothing was judged: there is no resource, object or planned change in plan plan.json\n/,
  );
});

test("what is excepted is folded, each with reason and end, and notices follow", () => {
  const text = written(FULL);
  expect(text).toContain("<details><summary>4 findings excepted</summary>\n\n");
  expect(text).toContain(
    "- waived <code>FD-S3-004</code> <code>atlas-prod-data/Models/Resource</code>: scratch data of one day (until 2026-12-31, ML-7)\n",
  );
  expect(text).toContain("- baselined <code>FD-S3-004</code> <code>atlas-prod-data/Models/Resource</code>\n");
  expect(text).toContain(
    "- **warning:** the waiver of FD-S3-009 is for nothing: remove it (<code>policy/waivers.yaml:20</code>)\n",
  );
});

test("names of other authors are text: no markup, no mention, no new cell or line", () => {
  const title = "Rule of a|b\n<b>";
  const text = written(
    report({ name: HOSTILE, findings: [bucketFinding({ message: HOSTILE, rule: { ...versioned, title } })] }),
  );
  expect(text).not.toContain("<img");
  expect(text).not.toMatch(/@ann|#12\b/);
  expect(text).not.toContain("\nsecond line");

  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(text).toContain("@&#8203;ann #&#8203;12");
  expect(text).toContain("a&#124;b &#60;img src=x onerror=1&#62; ]]&#62; &#38; ");
  expect(text).toContain("<code>code&#124;&#60;b&#62;</code>");
  expect(text).toContain("Modèle 模型 🤖");
  const [row] = text.split("\n").filter((line) => line.startsWith("| ⛔"));
  expect(row?.match(/(?<!\\)\|/g)).toHaveLength(5);
});

test("many places of a rule are counted", () => {
  const text = written(report({ findings: manyFindings(500) }));
  expect(text.match(/^- /gm)).toHaveLength(21);
  expect(text).toContain("(500 places)");
  expect(text).toContain("- and 480 more\n\n**Fix:**");
});

test("it stays under 60,000 characters and says how much is left out", () => {
  const rules = Array.from({ length: 400 }, (_, index) => ({ ...versioned, id: `FD-S3-${100 + index}` }));
  const findings = rules.flatMap((rule) => manyFindings(3, { rule, message: "x".repeat(200) }));
  const text = written(report({ findings }));
  expect(text.length).toBeLessThan(60_000);
  expect(text.length).toBeGreaterThan(50_000);
  const details = text.match(/<details>/g)?.length ?? 0;
  const rows = text.match(/^\| ⛔/gm)?.length ?? 0;
  expect(text).toContain(`_And ${400 - details} more: <code>flightdeck policy check</code> shows all._`);
  expect(text).toContain(`| | and ${400 - rows} more rules | | |`);
});

test("several environments share the room", () => {
  const reports = Array.from({ length: 5 }, (_, index) =>
    report({ name: `atlas/${index}`, findings: manyFindings(500, { message: "m".repeat(900) }) }),
  );
  const text = written(...reports);
  expect(text.length).toBeLessThan(60_000);
  expect(text.match(/^### /gm)).toHaveLength(5);
});
