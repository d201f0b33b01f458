import type { EksCatalog, KubernetesVersionFacts } from "./catalog-port";

/** @returns the minor number of `1.34`; NaN for anything else */
export function minorOf(version: string): number {
  return /^1\.\d+$/.test(version) ? Number(version.slice(2)) : NaN;
}

export function supportedVersions(catalog: EksCatalog): string[] {
  return catalog.kubernetesVersions
    .filter((facts) => statusOf(facts, catalog.asOf) !== "UNSUPPORTED")
    .map((facts) => facts.version);
}

/** @returns support status by the catalogue's date, so that it does not depend on the day it is asked */
export function statusOf(facts: KubernetesVersionFacts, date: string): string {
  if (date <= facts.endOfStandardSupport) return "STANDARD_SUPPORT";
  return date <= facts.endOfExtendedSupport ? "EXTENDED_SUPPORT" : "UNSUPPORTED";
}
