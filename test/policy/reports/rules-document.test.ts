import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleAnchor, writeRulesDocument } from "../../../policy/reports/rules-document";
import { rules } from "../../../policy/rules";
import { cheap, kept, unprivileged, versioned } from "./report-fixture";

const DOCUMENT = join(__dirname, "../../../docs/RULES.md");

test("docs/RULES.md is as it is generated; `npm run policy:rules` writes it", () => {
  expect(readFileSync(DOCUMENT, "utf8") === writeRulesDocument(rules)).toBe(true);
});

const document = writeRulesDocument([versioned, cheap, kept, unprivileged]);

test("every rule has a section that its line in the table of its family leads to", () => {
  expect(document).toContain("4 rules in 4 families.");
  expect(document).toContain(
    "### s3\n\n| Rule | What holds | Severity | Packs |\n| --- | --- | --- | --- |\n| [FD-S3-004](#fd-s3-004) | Buckets keep old versions | high | `baseline` `mlops` |\n",
  );
  for (const rule of [versioned, cheap, kept, unprivileged]) {
    expect(document).toContain(`(#${ruleAnchor(rule)})`);
    expect(document).toContain(`\n### ${rule.id}\n`);
  }
});

test("a section says why, how to mend it, who else has the check, and shows both examples", () => {
  const start = document.indexOf("### FD-S3-004");
  expect(document.slice(start)).toBe(`### FD-S3-004

**Buckets keep old versions**

\`s3-versioned\` · high · \`baseline\` \`mlops\` · \`aws_s3_bucket\`

A model that is overwritten is gone. Nothing brings it back.

**Fix:** Add an \`aws_s3_bucket_versioning\` whose status is Enabled.

**Same as:** checkov CKV_AWS_21; trivy AWS-0090

Fails:

\`\`\`hcl
resource "aws_s3_bucket" "models" {
  bucket = "models"
}
\`\`\`

Passes:

\`\`\`hcl
resource "aws_s3_bucket" "models" {
  bucket = "models"
}
\`\`\`
`);
});

test("a pack says how many rules it has", () => {
  expect(document).toContain("| `baseline` | 2 | What every account needs. |");
  expect(document).toContain("| `strict` | 0 | What many find too noisy. Off unless it is named. |");
});

test("what a rule is for, and how else than by a waiver it is excepted, is said", () => {
  expect(document).toContain("`plan-keeps-data` · critical · `baseline` · changes of a plan · needs an approval");
  expect(document).toContain("`k8s-not-privileged` · critical · `cis-eks` · `Deployment` · cannot be waived");
});

test("sentences are text, not markup", () => {
  const odd = { ...versioned, title: "No <b> and *no* `a|b*`", why: "See [this](http://x) and `<code>`." };
  const text = writeRulesDocument([odd]);
  expect(text).toContain("**No \\<b\\> and \\*no\\* `a|b*`**");
  expect(text).toContain("See \\[this\\](http://x) and `<code>`.");
  expect(text).toContain("| No \\<b\\> and \\*no\\* `a\\|b*` |");
});

test("a rule for many types names the first", () => {
  const types = Array.from({ length: 9 }, (_, index) => `aws_type_${index}`);
  expect(writeRulesDocument([{ ...versioned, judges: "resource", types } as never])).toContain(
    "`aws_type_5` and 3 more",
  );
});
