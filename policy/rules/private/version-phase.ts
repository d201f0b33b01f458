import { kubernetesVersions, supportPhase, tryFindKubernetesVersion } from "../../../catalog";
import type { SupportPhase } from "../../../catalog";

/**
 * Where a Kubernetes version stands on a day. `newer`: it came after the catalogue was written, which has nothing to say of it.
 *
 * @param today `YYYY-MM-DD`
 */
export function versionPhase(version: string, today: string): SupportPhase | "newer" {
  if (tryFindKubernetesVersion(version) !== undefined) return supportPhase(version, today);
  const newest = Math.max(...kubernetesVersions().map((known) => minorOf(known.version)));
  return minorOf(version) > newest ? "newer" : "ended";
}

/** `1.35` → 35; NaN for what is no version. */
export function minorOf(version: string): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1]);
}
