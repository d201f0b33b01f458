// What one's own rules are written with.
export type { EnvironmentFacts, OtherEnvironment, RuleContext } from "./engine/context";
export type { Stage } from "./engine/stage";
export {
  must,
  mustBe,
  mustBeAbsent,
  mustBeAtLeast,
  mustBeAtMost,
  mustBeOneOf,
  mustBeSet,
  mustInclude,
  mustNotBe,
} from "./engine/expect";
export type { Graph } from "./engine/graph";
export { mustHaveLinked } from "./engine/link";
export { containersOf, mainContainersOf, podSpecOf, WORKLOAD_KINDS } from "./engine/pod-spec";
export { readPolicy, type PolicyDocument, type Statement } from "./engine/policy-document";
export {
  changeRule,
  environmentRule,
  objectRule,
  PACKS,
  resourceRule,
  SEVERITIES,
  type Example,
  type ForeignIds,
  type Judgement,
  type Pack,
  type Rule,
  type Severity,
  type TerraformJson,
} from "./engine/rule";
export type { KubernetesObject, PlannedChange, Resource, SourceLocation, Stack, Subject } from "./engine/subject";
export type { Thresholds } from "./engine/thresholds";
export { Value } from "./engine/value";
export { allOf, anyOf, fail, notApplicable, pass, unknown, type Fault, type Verdict } from "./engine/verdict";

// What runs them.
export { formatBaseline, updateBaseline, writeBaseline } from "./enforcement/baseline";
export { loadPolicyFiles, POLICY_FILES } from "./enforcement/policy-files";
export { PolicyInputError } from "./enforcement/policy-input-error";
export type { DecidedFinding, Level, Notice, PolicyReport } from "./enforcement/policy-report";
export { InputCollector } from "./inputs/input-collector";
export { InputError } from "./inputs/input-error";
export type { SynthesizedModule } from "./inputs/synthesis";
export { findSynthesis } from "./inputs/synthesis-files";
export {
  explainRule,
  type Format,
  FORMATS,
  listRules,
  listRulesJson,
  type ReportOptions,
  ruleAnchor,
  summarizeReport,
  writeReport,
  writeRulesDocument,
} from "./reports";
export { writeForeignSkips } from "./reports/foreign-skips";
export { checkPolicy, knownRules, type PolicyFile, type PolicyInput, type PolicyRun } from "./run/check-policy";
export { judgeExample } from "./run/judge-example";
export { rules } from "./rules";
