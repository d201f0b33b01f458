import { z } from "zod";
import { isPlanGuard } from "../engine/is-plan-guard";
import type { PlannedChange } from "../engine/subject";
import { endNotice } from "./apply-waivers";
import type { Applied, ApplyOptions } from "./apply-waivers";
import type { PolicyProblem } from "./policy-input-error";
import type { DecidedFinding, Notice } from "./policy-report";
import { checkShape } from "./private/check-shape";
import { day, filled, reason } from "./private/fields";
import { readYaml } from "./private/read-yaml";
import { tooLong } from "./waiver";
import type { WaiverLimits } from "./waiver";

/** What an approval is for. */
export const APPROVED_ACTIONS = ["create", "update", "delete", "replace", "forget"] as const;
export type ApprovedAction = (typeof APPROVED_ACTIONS)[number];

/** That somebody agreed to one planned change of one resource. */
export interface Approval {
  readonly stack: string;
  /** Address as the plan has it; no pattern. */
  readonly address: string;
  readonly action: ApprovedAction;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly approvedBy: string;
  /** File and line. */
  readonly where: string;
}

/** What may be written in the file. */
export const approvalsSchema = z
  .array(
    z.strictObject({
      stack: filled().describe("Stack the plan is for."),
      address: filled().describe("Address of the resource as the plan has it; no pattern."),
      action: z.enum(APPROVED_ACTIONS).describe("What the plan may do to it."),
      reason: reason().describe("Why that is right."),
      expires: day().describe("The last day on which it holds."),
      approvedBy: filled().describe("Who agreed."),
    }),
  )
  .describe("Planned changes that were agreed to although a rule guards against them.");

/**
 * Reads approvals, a YAML file.
 *
 * @throws PolicyInputError with everything that is wrong with them, but for what {@link approvalProblems} tells
 */
export function readApprovals(text: string, file: string): readonly Approval[] {
  const { value = [], whereIs } = readYaml(text, file);
  return checkShape(approvalsSchema, { value, whereIs }).map((one, index) => ({ ...one, where: whereIs([index]) }));
}

/** What is wrong with approvals: a pattern for an address, an end too far away, two for one change. */
export function approvalProblems(
  approvals: readonly Approval[],
  limits: Pick<WaiverLimits, "today" | "maxWaiverDays">,
): readonly PolicyProblem[] {
  const first = new Map<string, Approval>();
  return approvals.flatMap((approval) => {
    const { stack, address, action, expires, where } = approval;
    const key = JSON.stringify([stack, address, action]);
    const before = first.get(key);
    if (!before) first.set(key, approval);
    const messages = [
      isPattern(stack) ? `\`stack\` must be one stack and no pattern, got ${JSON.stringify(stack)}` : undefined,
      isPattern(address) ? `\`address\` must be one address and no pattern, got ${JSON.stringify(address)}` : undefined,
      before ? `the same change is approved at ${before.where}` : undefined,
      tooLong(expires, limits),
    ];
    return messages.flatMap((message) => (message === undefined ? [] : [{ where, message }]));
  });
}

/**
 * Lets planned changes pass that were approved: what a guard found at exactly this address, for exactly this action. Where a
 * plan does two things at one address, since an old one is left there of a replacement that broke off, both must be approved.
 */
export function applyApprovals(
  findings: readonly DecidedFinding[],
  approvals: readonly Approval[],
  changes: readonly PlannedChange[],
  options: ApplyOptions,
): Applied {
  const planned = grouped(changes);
  const given = grouped(approvals);
  const used = new Set<Approval>();
  const decided = findings.map((finding) => {
    const key = keyOf(finding.place);
    const actions = [...new Set(planned.get(key)?.map(actionOf))].filter((action) => !IDLE.has(action));
    if (!isPlanGuard(finding.rule) || finding.status !== "open" || actions.length === 0) return finding;
    const there = given.get(key) ?? [];
    const fitting = there.filter(({ action }) => actions.includes(action));
    fitting.forEach((approval) => used.add(approval));
    const missing = actions.filter((action) => !fitting.some((approval) => approval.action === action));
    return missing.length === 0 ? approved(finding, fitting, options.today) : withOtherAction(finding, there, missing);
  });
  return { findings: decided, notices: approvals.flatMap((one) => approvalNotices(one, used.has(one), options)) };
}

/** What changes nothing. */
const IDLE: ReadonlySet<string> = new Set(["no-op", "read"]);

function approved(finding: DecidedFinding, approvals: readonly Approval[], today: string): DecidedFinding {
  const [first] = [...approvals].sort((one, other) => (one.expires < other.expires ? -1 : 1)) as [
    Approval,
    ...Approval[],
  ];
  const { reason, expires, where, approvedBy } = first;
  if (expires < today) return { ...finding, note: `an approval expired on ${expires}: ${reason}` };
  return { ...finding, status: "overridden", waiver: { reason, expires, where }, note: `approved by ${approvedBy}` };
}

function withOtherAction(
  finding: DecidedFinding,
  there: readonly Approval[],
  missing: readonly string[],
): DecidedFinding {
  const [other] = there;
  if (!other) return finding;
  const note = `the approval at ${other.where} is for ${other.action}, and the plan is to ${missing.join(" and ")}`;
  return { ...finding, note };
}

function grouped<T extends Place>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function approvalNotices(approval: Approval, used: boolean, options: ApplyOptions): readonly Notice[] {
  const { stack, address, action, expires, where } = approval;
  if (used) return endNotice(approval, `the approval to ${action} ${address}`, options);
  if (!options.scope.plannedStacks.has(stack)) return [];
  const since = expires < options.today ? ` expired on ${expires} and` : "";
  return [
    { level: "warning", message: `the approval to ${action} ${address}${since} is for nothing: remove it`, where },
  ];
}

/** The key of an instance may have a star in it: `aws_route53_record.names["*.example.com"]`. */
function isPattern(name: string): boolean {
  return name.replace(/\["[^"]*"\]/g, "").includes("*");
}

type Place = Pick<Approval, "stack" | "address">;

function keyOf({ stack, address }: Place): string {
  return JSON.stringify([stack, address]);
}

/** What a plan does to a resource, in one word. */
function actionOf(change: PlannedChange): string {
  const { actions } = change;
  // A new one in place of one that Terraform lets go of replaces it as well.
  if (change.replaces || (actions.includes("create") && actions.includes("forget"))) return "replace";
  return change.destroys ? "delete" : actions.join(" and ");
}
