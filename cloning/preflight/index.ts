export { QuestionError } from "./answer";
export type { QuotaLine } from "./checks/quotas";
export type { PreflightFinding } from "./finding";
export { preflightPlan, type PreflightPlan } from "./plan";
export { preflight, preflightWithoutAws, type PreflightReport } from "./preflight";
export type { PreflightAws } from "./preflight-aws";
