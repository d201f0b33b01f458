import { findKubernetesVersion, kubernetesVersionsAsOf, standardSupportDaysLeft } from "../../../catalog";

/** A quarter: time to try the next version in each stage before the price goes up. */
const NOTICE_DAYS = 90;

/**
 * What to say about the support of a Kubernetes version that EKS offers, if anything: its end is near, or standard support is
 * over. The day the table was checked stands for today, so that the same config gives the same bytes tomorrow.
 */
export function supportNotice(version: string, supportType: "STANDARD" | "EXTENDED"): string | undefined {
  const asOf = kubernetesVersionsAsOf();
  const daysLeft = standardSupportDaysLeft(version, asOf);
  if (daysLeft > NOTICE_DAYS) return undefined;
  const { standardSupportUntil, extendedSupportUntil } = findKubernetesVersion(version);
  const start = `Kubernetes ${version} (as of ${asOf}):`;
  if (daysLeft < 0) {
    return (
      `${start} standard support ended on ${standardSupportUntil}, the control plane costs six times as much; ` +
      `EKS upgrades it by itself after ${extendedSupportUntil}`
    );
  }
  const then = { STANDARD: "EKS upgrades the control plane by itself", EXTENDED: "it costs six times as much" };
  return `${start} standard support ends on ${standardSupportUntil}; then ${then[supportType]}`;
}
