import type { Severity } from "../engine/rule";
import type { DecidedFinding, PolicyReport } from "../enforcement/policy-report";
import { digest, fingerprints } from "./private/fingerprints";
import { placeName, sourceOf } from "./private/place-name";
import { openFindings, whyNothingJudged } from "./private/tally";
import { oneLine } from "./private/visible";
import type { FileOptions } from "./report-options";

type GitlabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

const SEVERITIES: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
};

/**
 * Writes what is open as a code quality report of GitLab
 * (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). What is not known before apply is `info`; what
 * is excepted is left out, as the format has no word for it.
 */
export function writeGitlab(reports: readonly PolicyReport[], options: FileOptions): string {
  const issues = reports.flatMap((report) => {
    const prints = fingerprints(report);
    const nothing = whyNothingJudged(report);
    return [
      ...(nothing === undefined ? [] : [emptyIssue(report, nothing, options.fallbackFile(report))]),
      ...openFindings(report).map((finding) =>
        issueOf(finding, prints.get(finding) ?? "", options.fallbackFile(report, finding)),
      ),
    ];
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function emptyIssue({ name }: PolicyReport, message: string, path: string): object {
  return {
    description: oneLine(`${name}: ${message}`),
    check_name: "nothing-judged",
    fingerprint: digest(`${name}: nothing judged`),
    severity: "blocker",
    location: { path, lines: { begin: 1 } },
  };
}

function issueOf(finding: DecidedFinding, fingerprint: string, fallbackFile: string): object {
  const { rule, outcome, level, message } = finding;
  const source = sourceOf(finding);
  return {
    description: oneLine(`${rule.id} (${level}) ${placeName(finding)}: ${message}`),
    check_name: rule.slug,
    fingerprint,
    severity: outcome === "unknown" ? "info" : SEVERITIES[rule.severity],
    location: { path: source?.file ?? fallbackFile, lines: { begin: source?.line ?? 1 } },
  };
}
