import type { PolicyReport } from "../enforcement/policy-report";
import { summaryWords, whyNothingJudged } from "./private/tally";

/** A report in a line: its name, what is open, what is excepted, what was done; or why nothing was judged. */
export function summarizeReport(report: PolicyReport): string {
  return `${report.name}: ${whyNothingJudged(report) ?? summaryWords(report)}`;
}
