import { ask, valueOr } from "./answer";
import { overlapFindings, subnetFindings } from "./checks/addresses";
import { nameFindings, stateBucketFinding } from "./checks/names";
import { notAskedFindings } from "./checks/not-asked";
import { offeringFindings, offeringNotes } from "./checks/offerings";
import { accountFinding, regionFinding, zoneFindings } from "./checks/place";
import { quotaFinding, type QuotaLine, quotaLines } from "./checks/quotas";
import { reservationFindings } from "./checks/reservations";
import { secretFindings, secretNotes } from "./checks/secrets";
import { answersOf, gatherFacts } from "./facts";
import type { PreflightFinding } from "./finding";
import type { PreflightPlan } from "./plan";
import type { PreflightAws } from "./preflight-aws";

/** What is known of an environment before anything is created. */
export interface PreflightReport {
  /** Whether AWS was asked; false: only what the configuration alone says is in here. */
  readonly asked: boolean;
  readonly quotas: readonly QuotaLine[];
  /** Everything that stands in the way or could not be found out. */
  readonly findings: readonly PreflightFinding[];
  /** What is worth knowing and stands in nobody's way. */
  readonly notes: readonly string[];
}

/** How a preflight is made. */
export interface PreflightOptions {
  /**
   * Whether the state bucket must be there already; the sandbox makes it when it deploys.
   *
   * @default true
   */
  readonly stateBucketNeeded?: boolean;
  /**
   * Whether secrets must have values; in the sandbox nothing reads them.
   *
   * @default true
   */
  readonly secretValuesNeeded?: boolean;
}

/** What can be said without AWS. */
export function preflightWithoutAws(plan: PreflightPlan): PreflightReport {
  return { asked: false, quotas: quotaLines(plan), findings: subnetFindings(plan), notes: planNotes(plan) };
}

/**
 * Asks AWS whether an environment can come up. Everything is asked, and everything wrong is reported at once.
 *
 * @throws QuestionError when AWS does not even say whose the credentials are
 */
export async function preflight(
  plan: PreflightPlan,
  aws: PreflightAws,
  { stateBucketNeeded = true, secretValuesNeeded = true }: PreflightOptions = {},
): Promise<PreflightReport> {
  const elsewhere = accountFinding(plan, await aws.account());
  if (elsewhere !== undefined) return { ...preflightWithoutAws(plan), asked: true, findings: [elsewhere] };
  const enabled = await ask("whether the region is switched on", aws.regionEnabled);
  const closed = enabled.known ? regionFinding(plan, enabled.value) : undefined;
  if (closed !== undefined) return { ...preflightWithoutAws(plan), asked: true, findings: [closed] };

  const facts = await gatherFacts(plan, aws);
  const quotas = quotaLines(plan, facts);
  const state = stateBucketNeeded ? stateBucketFinding(plan, facts) : undefined;
  const findings = [
    ...zoneFindings(plan, facts),
    ...(await Promise.all(quotas.filter(({ enough }) => enough === false).map((line) => askedFor(line, aws)))),
    ...offeringFindings(plan, facts),
    ...reservationFindings(plan, facts),
    ...overlapFindings(plan, facts),
    ...subnetFindings(plan),
    ...nameFindings(plan, facts),
    ...secretFindings(plan, facts, secretValuesNeeded),
    ...(state === undefined ? [] : [state]),
    ...notAskedFindings([enabled, ...answersOf(facts)]),
  ];
  return {
    asked: true,
    quotas,
    findings,
    notes: [...planNotes(plan), ...offeringNotes(plan, facts), ...(secretValuesNeeded ? secretNotes(facts) : [])],
  };
}

async function askedFor(line: QuotaLine, aws: PreflightAws): Promise<PreflightFinding> {
  // That a request is open already is good to know; not to know it is no finding.
  const open = await ask("open requests", () => aws.openQuotaRequest(line.quota));
  return quotaFinding(line, valueOr(open, undefined));
}

function planNotes({ config, pools, vcpu }: PreflightPlan): string[] {
  const blocks = pools.filter(({ capacity }) => capacity === "capacity-block");
  const groups = pools.filter(({ reservationGroup }) => reservationGroup);
  return [
    ...vcpu.unknown.map(
      ({ pool, instanceType, capacity }) =>
        `pool ${pool}: AWS documents no ${capacity} quota for ${instanceType}, so none was compared`,
    ),
    ...blocks.map(({ name }) => `pool ${name}: nodes in a capacity block count against no on-demand quota`),
    ...groups.map(({ name }) => `pool ${name}: the members of its group of reservations were not looked at`),
    ...(config.cluster.karpenter
      ? ["nodes that Karpenter starts are not counted: their limit is set in its node pools"]
      : []),
  ];
}
