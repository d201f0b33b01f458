import type { Rule } from "../engine/rule";
import type { DecidedFinding, PolicyReport } from "../enforcement/policy-report";
import type { JsonFinding, JsonReport } from "./json-schema";
import { fingerprints } from "./private/fingerprints";
import { groupByRule } from "./private/group-by-rule";
import { openByLevel } from "./private/tally";

/** Writes reports as JSON of version 1, which docs/policy-report.schema.json describes. Equal reports give equal bytes. */
export function writeJson(reports: readonly PolicyReport[]): string {
  const json: JsonReport = { version: 1, reports: reports.map(reportJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function reportJson(report: PolicyReport): JsonReport["reports"][number] {
  const { name, stage, today, inputs, packs, subjects, counts, failed, findings, notices } = report;
  const prints = fingerprints(report);
  const rules = groupByRule(findings).map(({ rule }) => rule);
  return {
    name,
    stage,
    date: today,
    inputs: [...inputs],
    packs: [...packs],
    subjects: { resources: subjects.resources, objects: subjects.objects, changes: subjects.changes },
    counts: {
      rules: counts.rules,
      pass: counts.pass,
      fail: counts.fail,
      unknown: counts.unknown,
      notApplicable: counts.notApplicable,
    },
    open: openByLevel(report),
    failed,
    rules: rules.sort(({ id }, other) => (id < other.id ? -1 : 1)).map(ruleJson),
    findings: findings.map((finding) => findingJson(finding, prints.get(finding) ?? "")),
    notices: notices.map(({ level, message, where }) => ({ level, message, where })),
  };
}

function ruleJson({ id, slug, title, severity, packs, why, fix, sameAs, waivable = true }: Rule) {
  const { checkov, trivy, cdkNag } = sameAs ?? {};
  return {
    id,
    slug,
    title,
    severity,
    packs: [...packs],
    why,
    fix,
    sameAs: sameAs && { checkov: copied(checkov), trivy: copied(trivy), cdkNag: copied(cdkNag) },
    waivable,
  };
}

function findingJson(finding: DecidedFinding, fingerprint: string): JsonFinding {
  const { rule, level, status, outcome, message, type, subject, place, attribute, key, cause, waiver, note } = finding;
  return {
    rule: rule.id,
    level,
    status,
    outcome,
    message,
    type,
    subject,
    stack: place.stack,
    address: place.address,
    path: place.path,
    attribute,
    key,
    trace: place.trace?.map(({ file, line, column }) => ({ file, line, column })),
    cause,
    waiver: waiver && { reason: waiver.reason, expires: waiver.expires, ticket: waiver.ticket, where: waiver.where },
    note,
    fingerprint,
  };
}

function copied(ids: readonly string[] | undefined): string[] | undefined {
  return ids && [...ids];
}
