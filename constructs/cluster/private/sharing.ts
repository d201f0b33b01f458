import { type InstanceType, isNvidiaGpu, type MigProfile, tryFindMigGpu } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { GpuSharing } from "../gpu-sharing";
import type { TomlTable } from "./pool-settings";

const GPU = "nvidia.com/gpu";
const SHARED_GPU = "nvidia.com/gpu.shared";
const FEWEST_REPLICAS = 2;
/** A CUDA context alone takes some hundred MiB. */
const LEAST_SHARE_MIB = 1024;
/** @see https://docs.nvidia.com/deploy/mps/appendix-common-tasks.html, clients of one GPU since Volta */
const MOST_MPS_CLIENTS = 48;

/** What sharing makes of a pool's GPUs. */
export interface SharedGpus {
  /** Resource that pods ask for. */
  readonly resourceName: string;
  /** How many of the resource each GPU gives. */
  readonly perGpu: number;
  /** Labels that device plugin and MIG manager read. */
  readonly labels: Readonly<Record<string, string>>;
  /** What Bottlerocket is told instead. */
  readonly devicePlugin: Readonly<Record<string, TomlTable>>;
}

type OperatingSystem = "al2023" | "bottlerocket";

/**
 * On Amazon Linux, labels tell the device plugin and the MIG manager of the Kubernetes layer what to do; Bottlerocket brings
 * its own device plugin, is told by settings, and calls MIG instances `nvidia.com/gpu`.
 */
export function sharedGpus(
  sharing: GpuSharing | undefined,
  os: OperatingSystem,
  type: InstanceType | undefined,
): SharedGpus {
  if (sharing?.timeSlicing !== undefined) return replicated("time-slicing", sharing.timeSlicing.replicas, os);
  if (sharing?.mps !== undefined) return replicated("mps", sharing.mps.replicas, os);
  if (sharing?.mig !== undefined) return cut(sharing.mig.profile, os, type);
  return { resourceName: GPU, perGpu: 1, labels: {}, devicePlugin: {} };
}

/**
 * Extended resources of a node with so many GPUs. The 0 tells the cluster autoscaler, which knows the instance type, that no
 * whole GPU is to be had here.
 */
export function gpuResources({ resourceName, perGpu }: SharedGpus, gpus: number): Record<string, number> {
  return { ...(resourceName === GPU ? {} : { [GPU]: 0 }), [resourceName]: gpus * perGpu };
}

function replicated(strategy: "time-slicing" | "mps", replicas: number, os: OperatingSystem): SharedGpus {
  const name = { "flightdeck.dev/gpu-sharing": strategy };
  const plugin = { "nvidia.com/device-plugin.config": `${strategy}-${replicas}` };
  const capable = strategy === "mps" ? { "nvidia.com/mps.capable": "true" } : {};
  const strict = strategy === "time-slicing" ? { "fail-requests-greater-than-one": true } : {};
  return {
    resourceName: SHARED_GPU,
    perGpu: replicas,
    labels: os === "al2023" ? { ...name, ...plugin, ...capable } : name,
    devicePlugin: {
      nvidia: { "device-sharing-strategy": strategy },
      [`nvidia.${strategy}`]: { replicas, "rename-by-default": true, ...strict },
    },
  };
}

function cut(profile: string, os: OperatingSystem, type: InstanceType | undefined): SharedGpus {
  const gpu = type && tryFindMigGpu(type);
  const name = { "flightdeck.dev/gpu-sharing": "mig" };
  return {
    resourceName: os === "al2023" ? `nvidia.com/mig-${profile}` : GPU,
    perGpu: gpu?.profiles.find((known) => known.name === profile)?.count ?? 0,
    labels: os === "al2023" ? { ...name, "nvidia.com/mig.config": `all-${profile}` } : name,
    devicePlugin: {
      nvidia: { "device-partitioning-strategy": "mig" },
      "nvidia.mig.profile": { [gpu?.bottlerocket ?? ""]: profile },
    },
  };
}

/** Adds the rules for sharing: one way, which the GPUs have, on an operating system that can. */
export function checkSharing(
  checks: PropChecks,
  sharing: GpuSharing | undefined,
  os: OperatingSystem,
  types: readonly InstanceType[],
): void {
  if (sharing === undefined) return;
  const ways = ["timeSlicing", "mps", "mig"] as const;
  const given = ways.filter((way) => sharing[way] !== undefined);
  const one = "must be one of `{ timeSlicing }`, `{ mps }` and `{ mig }`";
  checks.require(given.length === 1, "sharing", one, sharing);
  const gpus = types.filter(isNvidiaGpu);
  if (given.length !== 1) return;
  if (sharing.timeSlicing !== undefined) {
    checkReplicas(checks, "sharing.timeSlicing.replicas", sharing.timeSlicing.replicas, mostShares(gpus));
  }
  if (sharing.mps !== undefined) {
    const most = Math.min(MOST_MPS_CLIENTS, mostShares(gpus));
    checkReplicas(checks, "sharing.mps.replicas", sharing.mps.replicas, most);
  }
  const [type] = gpus;
  if (sharing.mig !== undefined && type !== undefined) checkProfile(checks, sharing.mig.profile, os, type);
}

function mostShares(gpus: readonly InstanceType[]): number {
  const memory = gpus.map(({ accelerator }) => accelerator?.memoryMiB ?? 0);
  return Math.floor(Math.min(...memory) / LEAST_SHARE_MIB);
}

function checkReplicas(checks: PropChecks, prop: string, replicas: number, most: number): void {
  if (!Number.isFinite(most)) return;
  const within = Number.isInteger(replicas) && replicas >= FEWEST_REPLICAS && replicas <= most;
  const rule = `must be a whole number from ${FEWEST_REPLICAS} to ${most}, so that each share has 1 GiB of memory`;
  checks.require(within, prop, rule, replicas);
}

function checkProfile(checks: PropChecks, profile: string, os: OperatingSystem, type: InstanceType): void {
  const prop = "sharing.mig.profile";
  const gpu = tryFindMigGpu(type);
  const model = type.accelerator?.name;
  if (gpu === undefined) {
    checks.require(false, "sharing.mig", `must be left out: the ${model} of ${type.name} cannot be cut`, profile);
    return;
  }
  const found = gpu.profiles.find((known) => known.name === profile);
  const names = (profiles: readonly MigProfile[]) => profiles.map((known) => known.name).join(", ");
  const has = `must be a profile of the ${model} with ${gpu.memoryMiB} MiB (${names(gpu.profiles)})`;
  checks.require(found !== undefined, prop, has, profile);
  if (os === "al2023" || found === undefined) return;
  const possible = gpu.profiles.filter((known) => known.bottlerocket);
  const rule = `must be a profile that Bottlerocket sets up on the ${model} (${names(possible) || "none"})`;
  checks.require(found.bottlerocket, prop, rule, profile);
}
