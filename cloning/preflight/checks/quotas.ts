import { quotaRegion, type Quota } from "../../../catalog";
import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import type { PreflightPlan } from "../plan";
import type { NeedPart, QuotaNeed } from "../quota-need";
import { useByOthers } from "../quota-use";

/** A quota, what is needed of it and what there is. */
export interface QuotaLine {
  readonly quota: Quota;
  /** Region that AWS answers for it in. */
  readonly region: string;
  readonly need: number;
  readonly parts: readonly NeedPart[];
  /** In use by others; undefined: not measured. */
  readonly inUse?: number;
  /** What the account may use; undefined: AWS did not say. */
  readonly limit?: number;
  /** Whether it is enough; undefined: AWS did not say. */
  readonly enough?: boolean;
}

/** Compares what is needed of each quota with what AWS grants; without facts, what is needed alone. */
export function quotaLines(plan: PreflightPlan, facts?: Facts): QuotaLine[] {
  return plan.needs.map((need) => {
    const line = lineOf(need, plan.config.region);
    if (facts === undefined) return line;
    const answer = facts.quotas.get(need.quota);
    const inUse = useByOthers(need.quota, plan, facts);
    if (answer?.known !== true) return { ...line, inUse };
    const limit = answer.value;
    return { ...line, inUse, limit, enough: need.amount + (inUse ?? 0) <= limit };
  });
}

/**
 * What is wrong with a quota that is not enough.
 *
 * @param open what has been asked for already
 */
export function quotaFinding(line: QuotaLine, open: number | undefined): PreflightFinding {
  const { quota, region, need, parts, inUse, limit } = line;
  const desired = Math.ceil(need + (inUse ?? 0));
  const wanted = open === undefined || open < desired;
  return {
    kind: "quota",
    title: `quota ${quota.title} (${quota.service} ${quota.code}) is not enough`,
    facts: [
      ["needed", `${amount(need)} ${quota.unit}`],
      ...parts.map(({ what, amount: part }) => ["", `${amount(part)} for ${what}`] as const),
      ["in use", inUse === undefined ? "not measured" : `${amount(inUse)} ${quota.unit} by others`],
      ["there is", `${amount(limit ?? 0)} ${quota.unit}`],
      ...(open === undefined ? [] : [["asked for", `${amount(open)} ${quota.unit}, not decided yet`] as const]),
    ],
    command: wanted
      ? `aws service-quotas request-service-quota-increase --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${desired} --region ${region}`
      : undefined,
  };
}

/** A number without a tail: whole, or with two digits. */
export function amount(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function lineOf({ quota, amount: need, parts }: QuotaNeed, region: string): QuotaLine {
  return { quota, region: quotaRegion(quota, region), need, parts };
}
