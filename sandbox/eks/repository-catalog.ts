import {
  addons,
  amiTypes,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  tryFindInstanceType,
  type InstanceType,
} from "../../catalog";
import type { Accelerator, AmiTypeFacts, EksCatalog } from "./model/catalog-port";

const WINDOWS: readonly AmiTypeFacts[] = ["2019", "2022", "2025"].flatMap((year) =>
  ["CORE", "FULL"].map((edition) => ({
    name: `WINDOWS_${edition}_${year}_x86_64`,
    os: "windows" as const,
    architecture: "amd64" as const,
    accelerator: "none" as const,
  })),
);

/** @returns the facts of this repository's `catalog/` in the form that the EKS service reads */
export function repositoryCatalog(): EksCatalog {
  return {
    asOf: kubernetesVersionsAsOf(),
    kubernetesVersions: kubernetesVersions().map((known) => ({
      version: known.version,
      released: known.released,
      endOfStandardSupport: known.standardSupportUntil,
      endOfExtendedSupport: known.extendedSupportUntil,
    })),
    addons: addons(),
    amiTypes: [
      ...amiTypes().map(({ name, os, arch, accelerator }) => ({ name, os, architecture: arch, accelerator })),
      ...WINDOWS,
    ],
    tryFindInstanceType: (name) => {
      const type = tryFindInstanceType(name);
      return type && { name, architecture: type.arch, accelerator: acceleratorOf(type) };
    },
  };
}

function acceleratorOf({ accelerator }: InstanceType): Accelerator {
  if (accelerator === null) return "none";
  if (accelerator.manufacturer === "nvidia") return "nvidia";
  return accelerator.kind === "neuron" ? "neuron" : "other";
}
