import {
  findAddon,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  limits,
  supportPhase,
  tryFindKubernetesVersion,
} from "../../../catalog";
import { Cidr } from "../../core/cidr";
import type { PropChecks } from "../../core/prop-checks";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const MOST_PUBLIC_RANGES = 40;

/** The version must be one that EKS offers and whose add-ons are pinned. */
export function checkVersion(
  checks: PropChecks,
  version: string,
  supportType: "STANDARD" | "EXTENDED" | undefined,
): void {
  const allowed = kubernetesVersions()
    .map((known) => known.version)
    .filter(offered);
  checks.require(
    allowed.includes(version),
    "version",
    `must be a Kubernetes version that EKS supports (${allowed.join(", ")})`,
    version,
  );
  if (!allowed.includes(version)) return;
  const standard = supportPhase(version, kubernetesVersionsAsOf()) === "standard";
  const until = tryFindKubernetesVersion(version)?.standardSupportUntil;
  const rule = `must be "EXTENDED" for Kubernetes ${version}, whose standard support ended on ${until}`;
  checks.require(standard || supportType !== "STANDARD", "supportType", rule, supportType);
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export function checkZoneCount(checks: PropChecks, zones: readonly string[]): void {
  checks.require(
    zones.length >= 2,
    "vpc.zones",
    "must be at least two, for the control plane to survive the loss of one",
    zones,
  );
}

/** Ranges must be public and spelled out. */
export function checkPublicAccess(checks: PropChecks, ranges: readonly string[]): void {
  const privateRanges = limits().network.privateRanges.map((range) => Cidr.of(range));
  checks.require(
    ranges.length <= MOST_PUBLIC_RANGES,
    "publicAccessCidrs",
    `must be at most ${MOST_PUBLIC_RANGES}`,
    ranges.length,
  );
  ranges.forEach((range, index) => {
    const prop = `publicAccessCidrs[${index}]`;
    const malformed = Cidr.problemOf(range);
    checks.require(malformed === undefined, prop, malformed ?? "", range);
    if (malformed !== undefined) return;
    const cidr = Cidr.of(range);
    checks.require(
      cidr.prefix > 0,
      prop,
      "must not be the whole internet: spell out who may reach the API server",
      range,
    );
    const isPrivate = privateRanges.some((known) => known.contains(cidr));
    checks.require(
      !isPrivate,
      prop,
      "must be public addresses, as the API server sees them: EKS refuses private ones",
      range,
    );
  });
}

/** CloudWatch Logs offers certain periods only. */
export function checkLogRetention(checks: PropChecks, days: number | undefined): void {
  const { retentionDays } = limits().logs;
  const rule = `must be a period that CloudWatch Logs offers (${retentionDays.join(", ")} days)`;
  checks.require(days === undefined || retentionDays.includes(days), "logRetentionDays", rule, days);
}

function offered(version: string): boolean {
  const phase = supportPhase(version, kubernetesVersionsAsOf());
  return (phase === "standard" || phase === "extended") && findAddon("vpc-cni").versions[version] !== undefined;
}
