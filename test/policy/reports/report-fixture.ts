import type { Rule } from "../../../policy/engine/rule";
import { changeRule, objectRule, resourceRule } from "../../../policy/engine/rule";
import type { SourceLocation } from "../../../policy/engine/subject";
import { pass } from "../../../policy/engine/verdict";
import type { DecidedFinding, PolicyReport } from "../../../policy/enforcement/policy-report";
import type { ReportOptions } from "../../../policy/reports/report-options";

const example = { terraform: { resource: { aws_s3_bucket: { models: { bucket: "models" } } } } };
const examples = { failing: example, passing: example };

/** A rule about buckets. */
export const versioned: Rule = resourceRule({
  id: "FD-S3-004",
  slug: "s3-versioned",
  title: "Buckets keep old versions",
  severity: "high",
  packs: ["baseline", "mlops"],
  why: "A model that is overwritten is gone. Nothing brings it back.",
  fix: "Add an `aws_s3_bucket_versioning` whose status is Enabled.",
  sameAs: { checkov: ["CKV_AWS_21"], trivy: ["AWS-0090"] },
  types: ["aws_s3_bucket"],
  judge: () => pass(),
  examples,
});

/** A rule about workloads, that nothing may be excepted from. */
export const unprivileged: Rule = objectRule({
  id: "FD-K8S-001",
  slug: "k8s-not-privileged",
  title: "No container is privileged",
  severity: "critical",
  packs: ["cis-eks"],
  why: "A privileged container is root on its node.",
  fix: "Leave `privileged` out.",
  waivable: false,
  kinds: ["Deployment"],
  judge: () => pass(),
  examples,
});

/** A rule of cost alone. */
export const cheap: Rule = resourceRule({
  id: "FD-COST-002",
  slug: "cost-capped",
  title: "Node groups stay within the budget",
  severity: "low",
  packs: ["cost"],
  why: "An idle GPU costs as much as a busy one.",
  fix: "Lower `max_size`.",
  types: ["aws_eks_node_group"],
  judge: () => pass(),
  examples,
});

/** A guard of plans. */
export const kept: Rule = changeRule({
  id: "FD-PLAN-001",
  slug: "plan-keeps-data",
  title: "No store is destroyed",
  severity: "critical",
  packs: ["baseline"],
  why: "What is in it is lost.",
  fix: "Undo what forces the replacement, or approve it.",
  waivable: false,
  judge: () => pass(),
  examples,
});

/** Where the bucket is defined: in a construct, in a stack, in the program. */
export const TRACE: readonly SourceLocation[] = [
  { file: "constructs/storage/model-store.ts", line: 48, column: 5 },
  { file: "stacks/data-stack.ts", line: 31, column: 20 },
  { file: "main.ts", line: 12, column: 3 },
];

const BUCKET = {
  stack: "atlas-prod-data",
  address: "aws_s3_bucket.Models_C55D3500",
  path: "atlas-prod-data/Models/Resource",
  trace: TRACE,
};

/** An open finding about a bucket, with its own changes. */
export function bucketFinding(changes: Partial<DecidedFinding> = {}): DecidedFinding {
  return {
    rule: versioned,
    outcome: "fail",
    place: BUCKET,
    type: "aws_s3_bucket",
    subject: BUCKET.address,
    message: "no `aws_s3_bucket_versioning` belongs to it",
    level: "hard",
    status: "open",
    ...changes,
  };
}

/** An open finding about an object that has neither path nor trace. */
export function objectFinding(changes: Partial<DecidedFinding> = {}): DecidedFinding {
  return {
    rule: unprivileged,
    outcome: "fail",
    place: { stack: "app.yaml", address: "Deployment/serving/router" },
    type: "Deployment",
    subject: "Deployment serving/router",
    message: "`spec.template.spec.containers[0].securityContext.privileged` must be false, got true",
    attribute: "spec.template.spec.containers[0].securityContext.privileged",
    level: "soft",
    status: "open",
    ...changes,
  };
}

const WAIVER = {
  reason: "scratch data of one day",
  expires: "2026-12-31",
  ticket: "ML-7",
  where: "policy/waivers.yaml:12",
};

/** One finding of every kind. */
export const EVERY_KIND: readonly DecidedFinding[] = [
  bucketFinding(),
  bucketFinding({
    rule: kept,
    message: "the plan deletes it",
    place: { stack: "atlas-prod-data", address: BUCKET.address },
  }),
  objectFinding(),
  bucketFinding({
    level: "soft",
    outcome: "unknown",
    message: "`bucket` is known only after apply: ${aws_s3_bucket.x.id}",
    attribute: "bucket",
  }),
  bucketFinding({ rule: cheap, level: "advisory", message: "`max_size` must be at most 4, got 9", key: "gpu" }),
  bucketFinding({
    rule: cheap,
    level: "advisory",
    cause: "x is not a function",
    message: "the rule could not be applied: x is not a function",
  }),
  bucketFinding({
    status: "waived",
    waiver: { reason: "it holds nothing but logs", expires: "2026-11-30", where: "atlas-prod-data/Models" },
    key: "in code",
  }),
  bucketFinding({ status: "waived", waiver: WAIVER, key: "in a file" }),
  bucketFinding({ status: "baselined", key: "old" }),
  bucketFinding({
    rule: kept,
    status: "overridden",
    waiver: { ...WAIVER, reason: "moved to the new account" },
    note: "approved by ann",
    key: "approved",
  }),
];

/** A report, with its own changes. */
export function report(changes: Partial<PolicyReport> = {}): PolicyReport {
  const findings = changes.findings ?? [];
  const open = findings.filter(({ status, level }) => status === "open" && level !== "advisory");
  const worst = open.some(({ level }) => level === "hard") ? "hard" : open.length > 0 ? "soft" : "no";
  return {
    name: "atlas/prod",
    stage: "prod",
    today: "2026-10-02",
    inputs: ["synthesis"],
    packs: ["baseline", "mlops"],
    subjects: { resources: 190, objects: 60, changes: 0 },
    counts: { rules: 141, pass: 800, fail: 10, unknown: 2, notApplicable: 30 },
    findings,
    notices: [],
    failed: worst,
    ...changes,
  };
}

/** A report with one finding of every kind and both kinds of notices. */
export const FULL: PolicyReport = report({
  findings: EVERY_KIND,
  notices: [
    { level: "warning", message: "the waiver of FD-S3-009 is for nothing: remove it", where: "policy/waivers.yaml:20" },
    { level: "info", message: "the waiver of FD-S3-004 ends in 9 days", where: "atlas-prod-data/Models" },
    { level: "info", message: "2 modules were not looked into" },
  ],
});

/** A report in which nothing was judged. */
export const EMPTY: PolicyReport = report({
  inputs: ["plan plan.json"],
  subjects: { resources: 0, objects: 0, changes: 0 },
  counts: { rules: 141, pass: 0, fail: 0, unknown: 0, notApplicable: 0 },
  failed: "hard",
});

/** What other authors may call their things: markup of every format, controls, other scripts. */
export const HOSTILE =
  "a|b <img src=x onerror=1> ]]> & \"q\" 's' ::error::x %0A {0} [l](http://h) `code|<b>` @ann #12 \u001b[2J\u0000\u0007 \ufffe \ud800 Modèle 模型 🤖 \u202e\nsecond line\r\nthird";

/** Findings of one rule at many places. */
export function manyFindings(count: number, changes: Partial<DecidedFinding> = {}): readonly DecidedFinding[] {
  return Array.from({ length: count }, (_, index) => {
    const path = `atlas-prod-data/Store${index}/Resource`;
    const address = `aws_s3_bucket.Store${index}`;
    const trace = [{ file: "stacks/data-stack.ts", line: index + 1, column: 1 }];
    return bucketFinding({ place: { stack: "atlas-prod-data", address, path, trace }, subject: address, ...changes });
  });
}

/** Options for all formats. */
export const OPTIONS: ReportOptions = {
  colour: false,
  width: 100,
  fallbackFile: () => "config/environments/atlas/prod.yaml",
  ruleUri: ({ id }) => `https://example.com/RULES.md#${id.toLowerCase()}`,
  rules: () => [versioned, unprivileged, cheap, kept],
  toolVersion: "0.1.0",
};
