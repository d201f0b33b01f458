import { XMLBuilder } from "fast-xml-parser";
import type { DecidedFinding, PolicyReport } from "../enforcement/policy-report";
import { fileAndLine, placeName, sourceOf } from "./private/place-name";
import { whyNothingJudged } from "./private/tally";
import { oneLine, visible } from "./private/visible";
import type { AskedOptions } from "./report-options";

/** What became of one test, in the element that JUnit has for it. */
type Verdict = "passed" | "failure" | "error" | "skipped";

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** One line. */
  readonly message: string;
  readonly type: string;
  readonly details: string;
}

const BUILDER = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });

/**
 * Writes reports as JUnit's XML, a suite for each: a test for every finding, and a passed one for every rule without any.
 *
 * A test fails when its finding fails the check. What is excepted or advisory is skipped and says why; what is not known before
 * apply is an error where it fails the check, since the test could not be done, and skipped where it does not.
 */
export function writeJunit(reports: readonly PolicyReport[], options: AskedOptions): string {
  const suites = reports.map((report) => ({ report, cases: casesOf(report, options) }));
  const all = suites.flatMap(({ cases }) => cases);
  return BUILDER.build({
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    testsuites: {
      "@_name": "Flightdeck policy",
      "@_tests": all.length,
      "@_failures": numberOf(all, "failure"),
      "@_errors": numberOf(all, "error"),
      testsuite: suites.map(({ report, cases }) => suiteXml(report, cases)),
    },
  }) as string;
}

function suiteXml({ name, stage, today }: PolicyReport, cases: readonly TestCase[]): object {
  return {
    "@_name": visible(name),
    "@_tests": cases.length,
    "@_failures": numberOf(cases, "failure"),
    "@_errors": numberOf(cases, "error"),
    "@_skipped": numberOf(cases, "skipped"),
    "@_timestamp": `${today}T00:00:00`,
    properties: { property: [{ "@_name": "stage", "@_value": stage }] },
    testcase: cases.map(caseXml),
  };
}

function caseXml({ classname, name, verdict, message, type, details }: TestCase): object {
  const head = { "@_name": oneLine(name), "@_classname": oneLine(classname) };
  if (verdict === "passed") return head;
  return { ...head, [verdict]: { "@_type": type, "@_message": oneLine(message), "#text": visible(details) } };
}

function casesOf(report: PolicyReport, { rules }: AskedOptions): readonly TestCase[] {
  const nothing = whyNothingJudged(report);
  const found = new Set(report.findings.map(({ rule }) => rule.id));
  const kept = (rules?.(report) ?? []).filter(({ id }) => !found.has(id));
  return [
    ...(nothing === undefined ? [] : [emptyCase(report, nothing)]),
    ...report.findings.map((finding) => findingCase(report, finding)),
    ...kept.map(({ id, title }) => ({ ...NOTHING_SAID, classname: `${report.name}.${id}`, name: title })),
  ];
}

const NOTHING_SAID = { verdict: "passed", message: "", type: "", details: "" } as const;

function emptyCase({ name }: PolicyReport, message: string): TestCase {
  return { classname: name, name: "something is judged", verdict: "error", message, type: "empty", details: message };
}

function findingCase({ name }: PolicyReport, finding: DecidedFinding): TestCase {
  const { rule, level, message } = finding;
  return {
    classname: `${name}.${rule.id}`,
    name: `${rule.title}: ${placeName(finding)}`,
    verdict: verdictOf(finding),
    message: `${reasonOf(finding)}${message}`,
    type: `${level}.${rule.severity}`,
    details: detailsOf(finding),
  };
}

function verdictOf({ status, level, outcome, cause }: DecidedFinding): Verdict {
  if (status !== "open" || level === "advisory") return "skipped";
  return outcome === "unknown" || cause !== undefined ? "error" : "failure";
}

/** Why a test is skipped, before what it found. */
function reasonOf({ status, level, waiver }: DecidedFinding): string {
  if (status === "open") return level === "advisory" ? "advisory: " : "";
  return waiver === undefined ? `${status}: ` : `${status} until ${waiver.expires}, ${waiver.reason}: `;
}

function detailsOf(finding: DecidedFinding): string {
  const { rule, message, note, place } = finding;
  const source = sourceOf(finding);
  const lines = [
    message,
    note,
    `at ${placeName(finding)} (stack ${place.stack})`,
    source && `defined at ${fileAndLine(source)}`,
    `why: ${rule.why}`,
    `fix: ${rule.fix}`,
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}

function numberOf(cases: readonly TestCase[], verdict: Verdict): number {
  return cases.filter((one) => one.verdict === verdict).length;
}
