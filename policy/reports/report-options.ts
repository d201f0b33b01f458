import type { Rule } from "../engine/rule";
import type { DecidedFinding, PolicyReport } from "../enforcement/policy-report";

/** How a terminal shows text. */
export interface TextStyle {
  /** Whether to colour. */
  readonly colour: boolean;
  /** Cells of a line, at least 40. */
  readonly width: number;
}

/** How a report is written for a terminal. */
export interface TextOptions extends TextStyle {
  /**
   * Every place of every rule, all that is excepted, and the whole stack of calls that defines each.
   * @default false
   */
  readonly verbose?: boolean;
}

/** Where a finding is shown whose source line is not known. */
export interface FileOptions {
  /**
   * The file that stands for it, such as the environment's configuration or the input: relative to the root of the project,
   * with forward slashes. Without a finding it is asked for a report in which nothing was judged.
   */
  readonly fallbackFile: (report: PolicyReport, finding?: DecidedFinding) => string;
}

/** Where a rule is documented. */
export interface RuleOptions {
  /**
   * Address of the page or section that documents a rule, absolute; undefined for a rule without one.
   * @default - no rule has one
   */
  readonly ruleUri?: (rule: Rule) => string | undefined;
}

/** Which rules were asked. */
export interface AskedOptions {
  /**
   * The rules that were asked for a report: those without a finding are listed as kept.
   * @default - only rules with a finding are listed
   */
  readonly rules?: (report: PolicyReport) => readonly Rule[];
}

/** How SARIF is written. */
export interface SarifOptions extends FileOptions, RuleOptions, AskedOptions {
  /** Version of this program. */
  readonly toolVersion: string;
}

/** What any format may need. */
export interface ReportOptions extends TextOptions, SarifOptions {}
