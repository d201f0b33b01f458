import { limits } from "../../../catalog";
import type { Facts } from "../facts";
import type { PreflightFinding } from "../finding";
import type { PreflightPlan } from "../plan";

/** The credentials are of another account: nothing else would be true of the environment. */
export function accountFinding({ config }: PreflightPlan, got: string): PreflightFinding | undefined {
  if (got === config.account) return undefined;
  return {
    kind: "account",
    title: "the credentials are of another account; nothing else was asked",
    facts: [
      ["environment", config.account],
      ["credentials", got],
    ],
    command: "aws sts get-caller-identity",
  };
}

/** The region is not switched on: nothing in it can be asked. */
export function regionFinding({ config }: PreflightPlan, enabled: boolean | undefined): PreflightFinding | undefined {
  const { region } = config;
  if (enabled === true) return undefined;
  if (enabled === undefined) {
    return { kind: "region", title: `AWS knows no region ${region}; nothing else was asked`, facts: [] };
  }
  return {
    kind: "region",
    title: `region ${region} is not switched on in the account; nothing else was asked`,
    facts: [["account", config.account]],
    command: `aws account enable-region --region-name ${region}`,
  };
}

/** Zones that the account does not have, and zones EKS takes no subnets in. Names of zones differ by account. */
export function zoneFindings({ config }: PreflightPlan, { zones }: Facts): PreflightFinding[] {
  if (!zones.known) return [];
  const usable = zones.value.filter((zone) => zone.available && !limits().eks.zoneIdsRefused.includes(zone.id));
  const offered = usable.map(({ name }) => name).join(", ") || "none";
  return config.network.zones.flatMap((name) => {
    const zone = zones.value.find((known) => known.name === name);
    const problem = zoneProblem(zone);
    if (problem === undefined) return [];
    return [
      {
        kind: "zone" as const,
        title: `zone ${name} ${problem}`,
        facts: [["usable", offered] as const],
      },
    ];
  });
}

function zoneProblem(zone: { id: string; available: boolean } | undefined): string | undefined {
  if (zone === undefined) return "is not among the zones of the account";
  if (!zone.available) return "is not available to the account";
  if (limits().eks.zoneIdsRefused.includes(zone.id)) {
    return `is ${zone.id} in this account, where EKS takes no subnets for a control plane`;
  }
  return undefined;
}
