import { stringify } from "yaml";
import type { IGpuNodePool } from "../../cluster/gpu-node-pool";
import type { PropChecks } from "../../core/prop-checks";

/** Label by which a node says which configuration its device plugin takes. Pools with shared GPUs carry it. */
const CONFIG_LABEL = "nvidia.com/device-plugin.config";

/** Configuration of nodes that name none. */
export const DEFAULT_CONFIG = "whole-gpus";

/** Configurations of the device plugin by name, as YAML; none where no pool shares its GPUs through the plugin. */
export type DevicePluginConfigs = Readonly<Record<string, string>>;

/**
 * One configuration for each way of sharing in use, under the name that the labels of the pools say.
 *
 * @see https://github.com/NVIDIA/k8s-device-plugin#shared-access-to-gpus
 */
export function devicePluginConfigs(pools: readonly IGpuNodePool[]): DevicePluginConfigs {
  const named = pools.flatMap(({ labels, sharing }) => {
    const name = labels[CONFIG_LABEL];
    return name === undefined ? [] : [[name, { version: "v1", sharing: sharingConfig(sharing) }] as const];
  });
  if (named.length === 0) return {};
  const all = [[DEFAULT_CONFIG, { version: "v1" }] as const, ...named];
  return Object.fromEntries(all.map(([name, config]) => [name, stringify(config)]));
}

/** What the pools ask of the plugin's handling of MIG slices: each profile a resource of its own, or no slices at all. */
export function migStrategy(pools: readonly IGpuNodePool[]): "mixed" | "none" {
  return migPools(pools).length > 0 ? "mixed" : "none";
}

/** Pools whose GPUs are cut. */
export function migPools(pools: readonly IGpuNodePool[]): readonly IGpuNodePool[] {
  return pools.filter(({ sharing }) => sharing?.mig !== undefined);
}

/** Adds the rule that a configuration which labels name can be made: of an imported pool both must be told. */
export function checkConfigLabels(checks: PropChecks, pools: readonly IGpuNodePool[]): void {
  for (const { poolName, labels, sharing } of pools) {
    const told = sharing?.timeSlicing !== undefined || sharing?.mps !== undefined;
    const rule = `must say how pool ${poolName} shares its GPUs: its nodes ask for a configuration by label`;
    checks.require(told || labels[CONFIG_LABEL] === undefined, "cluster.pools", rule, labels[CONFIG_LABEL]);
  }
}

/** Pods that ask for two shares would still get one GPU, and half of what they hoped for: they are refused instead. */
function sharingConfig(sharing: IGpuNodePool["sharing"]): Readonly<Record<string, unknown>> {
  const resources = (replicas: number) => [{ name: "nvidia.com/gpu", replicas }];
  if (sharing?.mps !== undefined) {
    return { mps: { renameByDefault: true, resources: resources(sharing.mps.replicas) } };
  }
  const { replicas = 1 } = sharing?.timeSlicing ?? {};
  return {
    timeSlicing: { renameByDefault: true, failRequestsGreaterThanOne: true, resources: resources(replicas) },
  };
}
