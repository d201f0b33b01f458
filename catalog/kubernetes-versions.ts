import data from "./kubernetes-versions.json";
import { UnknownNameError } from "./unknown-name-error";

/** A Kubernetes minor version on EKS. Dates are `YYYY-MM-DD`. */
export interface KubernetesVersion {
  /** Minor version, as in `1.36`. */
  readonly version: string;
  /** Day EKS offered it. */
  readonly released: string;
  /** Last day of standard support. */
  readonly standardSupportUntil: string;
  /** Last day of extended support, which costs extra; EKS upgrades clusters by itself afterwards. */
  readonly extendedSupportUntil: string;
}

/** Where a version stands on a given day. */
export type SupportPhase = "unreleased" | "standard" | "extended" | "ended";

const VERSIONS: readonly KubernetesVersion[] = data.versions;

/** Every version known, the newest first. */
export function kubernetesVersions(): readonly KubernetesVersion[] {
  return VERSIONS;
}

/** Day the table of versions was last checked, `YYYY-MM-DD`. */
export function kubernetesVersionsAsOf(): string {
  return data.asOf;
}

/** The version of that name, or `undefined`. */
export function tryFindKubernetesVersion(version: string): KubernetesVersion | undefined {
  return VERSIONS.find((known) => known.version === version);
}

/**
 * The version of that name.
 *
 * @throws UnknownNameError when the catalogue has none
 */
export function findKubernetesVersion(version: string): KubernetesVersion {
  const found = tryFindKubernetesVersion(version);
  if (found !== undefined) return found;
  throw new UnknownNameError(
    "Kubernetes version",
    version,
    VERSIONS.map((known) => known.version),
  );
}

/**
 * Where a version stands on a day. The day is an argument, so that the same configuration is judged alike tomorrow.
 *
 * @param version minor version, as in `1.36`
 * @param onDate day, `YYYY-MM-DD`
 *
 * @throws UnknownNameError when the catalogue does not know the version
 */
export function supportPhase(version: string, onDate: string): SupportPhase {
  const { released, standardSupportUntil, extendedSupportUntil } = findKubernetesVersion(version);
  if (onDate < released) return "unreleased";
  if (onDate <= standardSupportUntil) return "standard";
  return onDate <= extendedSupportUntil ? "extended" : "ended";
}

/**
 * Days of standard support that a version has left on a day: 0 on the last one, negative afterwards.
 *
 * @param version minor version, as in `1.36`
 * @param onDate day, `YYYY-MM-DD`
 *
 * @throws UnknownNameError when the catalogue does not know the version
 */
export function standardSupportDaysLeft(version: string, onDate: string): number {
  return (Date.parse(findKubernetesVersion(version).standardSupportUntil) - Date.parse(onDate)) / MILLISECONDS_PER_DAY;
}

const MILLISECONDS_PER_DAY = 86_400_000;
