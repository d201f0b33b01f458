export { explainRule } from "./explain";
export { type JsonReport, policyReportJsonSchema } from "./json-schema";
export { listRules, listRulesJson, type RuleFilter } from "./list";
export type { ReportOptions, TextStyle } from "./report-options";
export { ruleAnchor, writeRulesDocument } from "./rules-document";
export { summarizeReport } from "./summarize-report";
export { writeReport } from "./write-report";
export { type Format, FORMATS } from "./formats";
