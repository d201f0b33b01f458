import type { Invocation, Location, Log, Notification, Result, Run, Suppression } from "sarif";
import type { Rule } from "../engine/rule";
import type { DecidedFinding, Level, Notice, PolicyReport } from "../enforcement/policy-report";
import { fingerprints } from "./private/fingerprints";
import { groupByRule } from "./private/group-by-rule";
import { placeName } from "./private/place-name";
import { sarifRule } from "./private/sarif-rule";
import { findingLocation, relatedLocations, ROOT_ID, whereLocation } from "./private/sarif-locations";
import { sarifText } from "./private/sarif-text";
import { otherNotices, whyNothingJudged } from "./private/tally";
import type { SarifOptions } from "./report-options";

const LEVELS: Readonly<Record<Level, "error" | "warning" | "note">> = {
  hard: "error",
  soft: "warning",
  advisory: "note",
};

const WITHOUT_WAIVER = {
  waived: "waived",
  baselined: "in the baseline: it was there when the baseline was written",
  overridden: "overridden by the settings",
} as const;

/**
 * Writes reports as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), a run for each. Results
 * stand at the line that defines the thing they are about; the lines that call it are related locations. What is excepted is
 * there with its suppression; what is not known before apply is of kind `open`, which the standard has for it and which has no
 * level: the level stands in its properties.
 */
export function writeSarif(reports: readonly PolicyReport[], options: SarifOptions): string {
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: reports.map((report) => runOf(report, options)),
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(report: PolicyReport, options: SarifOptions): Run {
  const rules = rulesOf(report, options);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const prints = fingerprints(report);
  return {
    tool: {
      driver: {
        name: "Flightdeck policy",
        version: options.toolVersion,
        rules: rules.map((rule) => sarifRule(rule, options)),
      },
    },
    // Readers that gather logs tell those of one environment from another's by it.
    automationDetails: { id: `flightdeck-policy/${report.name}/` },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT_ID]: { description: { text: "The root of the project." } } },
    invocations: [invocationOf(report)],
    results: report.findings.map((finding) => ({
      ...resultOf(report, finding, options),
      ruleIndex: indexes.get(finding.rule.id) ?? -1,
      partialFingerprints: { "flightdeckPolicy/v1": prints.get(finding) ?? "" },
    })),
    properties: { stage: report.stage, inputs: report.inputs, packs: report.packs, failed: report.failed },
  };
}

/** The rules that were asked, and those of findings, by id. */
function rulesOf(report: PolicyReport, { rules }: SarifOptions): readonly Rule[] {
  const found = groupByRule(report.findings).map(({ rule }) => rule);
  const byId = new Map([...(rules?.(report) ?? []), ...found].map((rule) => [rule.id, rule]));
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function resultOf(report: PolicyReport, finding: DecidedFinding, options: SarifOptions): Result {
  const { rule, outcome, level, status, message, note, subject, attribute, place } = finding;
  const said = note === undefined ? message : `${message}; ${note}`;
  const related = relatedLocations(finding);
  const suppression = suppressionOf(finding);
  return {
    ruleId: rule.id,
    kind: outcome === "fail" ? "fail" : "open",
    level: outcome === "fail" ? LEVELS[level] : "none",
    message: { text: sarifText(`${placeName(finding)}: ${said}`) },
    locations: [findingLocation(finding, options.fallbackFile(report, finding))],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(suppression === undefined ? {} : { suppressions: [suppression] }),
    properties: { level, status, stack: place.stack, subject, ...(attribute === undefined ? {} : { attribute }) },
  };
}

function suppressionOf({ status, waiver }: DecidedFinding): Suppression | undefined {
  if (status === "open") return undefined;
  if (waiver === undefined) return { kind: "external", status: "accepted", justification: WITHOUT_WAIVER[status] };
  const { reason, expires, ticket, where } = waiver;
  const ticketed = ticket === undefined ? "" : `, ${ticket}`;
  return {
    kind: isInSource(where) ? "inSource" : "external",
    status: "accepted",
    justification: `${reason} (${status} until ${expires}${ticketed})`,
    ...(isOption(where) ? {} : { location: whereLocation(where) }),
  };
}

/** A waiver on a construct stands in source code; one in a file of settings beside it, or on the command line, does not. */
function isInSource(where: string): boolean {
  return !isOption(where) && !/\.(ya?ml|json)(:\d+)*$/.test(where);
}

/** Whether it was said on the command line, which is no place to go to. */
function isOption(where: string): boolean {
  return where.startsWith("--");
}

/** The standard takes a run with a notification of level `error` for one that failed, so that both go together. */
function invocationOf(report: PolicyReport): Invocation {
  const nothing = whyNothingJudged(report);
  const broken = groupByRule(report.findings.filter(({ cause }) => cause !== undefined));
  const errors: readonly Notification[] = [
    ...(nothing === undefined ? [] : [{ level: "error" as const, message: { text: sarifText(nothing) } }]),
    ...broken.map(({ rule, findings: [{ cause = "" }] }) => ({
      level: "error" as const,
      message: { text: sarifText(`${rule.id} could not be applied: ${cause}`) },
      associatedRule: { id: rule.id },
    })),
  ];
  return {
    executionSuccessful: errors.length === 0,
    toolExecutionNotifications: [...errors, ...otherNotices(report).map(notificationOf)],
  };
}

function notificationOf({ level, message, where }: Notice): Notification {
  const locations: Location[] = where === undefined || isOption(where) ? [] : [whereLocation(where)];
  return {
    level: level === "warning" ? "warning" : "note",
    message: { text: sarifText(message) },
    ...(locations.length === 0 ? {} : { locations }),
  };
}
