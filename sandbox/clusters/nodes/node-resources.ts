import { extendedResources, type DeviceSettings } from "./extended-resources";
import type { InstanceFacts } from "./instance-facts";

/** What decides how much a node offers. */
export interface ResourceSettings extends DeviceSettings {
  /** Most pods of a node. */
  readonly maxPods: number;
  /** Size of the disk that holds images and pods, in GiB. */
  readonly diskGiB: number;
}

/** Capacity of a node, and what of it is left to pods. */
export interface NodeResources {
  readonly capacity: Readonly<Record<string, string>>;
  readonly allocatable: Readonly<Record<string, string>>;
}

/**
 * Share of the memory that the hypervisor and the firmware keep. The figure is Karpenter's: a little more than is really
 * gone, so that what fits here fits there.
 *
 * @see https://karpenter.sh/docs/reference/settings/ `vmMemoryOverheadPercent`
 */
const MEMORY_OVERHEAD = 0.075;
/**
 * What EKS's images keep for the kubelet and the container runtime: shares of the CPU by range, in ten-thousandths, and
 * memory by the number of pods.
 *
 * @see https://github.com/awslabs/amazon-eks-ami nodeadm/internal/kubelet/config.go
 */
const CPU_RESERVED = [
  { from: 0, to: 1000, share: 600 },
  { from: 1000, to: 2000, share: 100 },
  { from: 2000, to: 4000, share: 50 },
  { from: 4000, to: Infinity, share: 25 },
] as const;
const MEMORY_RESERVED_MIB = { base: 255, perPod: 11 };
const DISK_RESERVED_GIB = 1;
/** The kubelet's hard eviction thresholds: `memory.available` and `nodefs.available`. */
const EVICTION = { memoryMiB: 100, diskShare: 0.1 };
/** Pages of 2 MiB that the EFA driver sets aside. @see https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html */
const EFA_HUGE_PAGES_MIB = 5128 * 2;

/** @returns what a node of an instance type offers, as Kubernetes quantities */
export function nodeResources(type: InstanceFacts, settings: ResourceSettings): NodeResources {
  const { maxPods } = settings;
  const disk = scratchBytes(type, settings);
  const memoryMiB = Math.floor(type.memoryMiB * (1 - MEMORY_OVERHEAD));
  const hugePagesMiB = settings.efaInterfaces > 0 ? EFA_HUGE_PAGES_MIB : 0;
  const devices = Object.entries(extendedResources(type, settings)).map(([name, count]) => [name, String(count)]);
  const same = {
    pods: String(maxPods),
    "hugepages-1Gi": "0",
    "hugepages-2Mi": hugePagesMiB === 0 ? "0" : `${hugePagesMiB}Mi`,
    ...Object.fromEntries(devices),
  };
  const left = memoryMiB - MEMORY_RESERVED_MIB.base - MEMORY_RESERVED_MIB.perPod * maxPods - EVICTION.memoryMiB;
  return {
    capacity: { cpu: String(type.vcpu), memory: `${memoryMiB}Mi`, "ephemeral-storage": kibibytes(disk), ...same },
    allocatable: {
      cpu: `${type.vcpu * 1000 - reservedMillicores(type.vcpu * 1000)}m`,
      memory: `${Math.max(0, left - hugePagesMiB)}Mi`,
      "ephemeral-storage": kibibytes(disk * (1 - EVICTION.diskShare) - DISK_RESERVED_GIB * 2 ** 30),
      ...same,
    },
  };
}

/**
 * Most pods of the nodes of a group. EKS gives all of them the number of the smallest type, and caps it.
 *
 * @param prefixes whether the CNI hands out addresses by prefixes of 16
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
export function maxPodsOf(types: readonly InstanceFacts[], prefixes: boolean): number {
  return Math.min(
    ...types.map(({ maxPods, vcpu }) => {
      const byAddresses = prefixes ? (maxPods - 2) * 16 + 2 : maxPods;
      return Math.min(byAddresses, vcpu > 30 ? 250 : 110);
    }),
  );
}

function reservedMillicores(total: number): number {
  const reserved = CPU_RESERVED.map(({ from, to, share }) =>
    total > from ? ((Math.min(total, to) - from) * share) / 10_000 : 0,
  );
  return Math.floor(reserved.reduce((sum, part) => sum + part, 0));
}

/** Local disks, where the instance is told to make one scratch volume of them, else the root or data disk. */
function scratchBytes({ nvmeGB }: InstanceFacts, { userData, diskGiB }: ResourceSettings): number {
  const local = nvmeGB > 0 && /strategy: "?RAID0|"ephemeral-storage", ?"init"/.test(userData);
  return local ? nvmeGB * 1e9 : diskGiB * 2 ** 30;
}

function kibibytes(bytes: number): string {
  return `${Math.max(0, Math.floor(bytes / 1024))}Ki`;
}
