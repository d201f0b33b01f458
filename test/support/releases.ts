import type { ITerraformDependable, TerraformStack } from "cdktf";
import type { ICluster } from "../../constructs/cluster/cluster";
import { GpuNodePool, type GpuNodePoolOptions } from "../../constructs/cluster/gpu-node-pool";
import { NeuronNodePool } from "../../constructs/cluster/neuron-node-pool";
import { NodePool } from "../../constructs/cluster/node-pool";
import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";
import { Namespace } from "../../constructs/kubernetes/namespace";
import { importedCluster, ZONES } from "./cluster";
import { resolved, type ResourceJson } from "./synth";

/** A stack with the Helm provider, and what it becomes, under the names that tests of releases use. */
export { kubernetesStack as helmStack, synthesizeKubernetes as synthesizeReleases } from "./kubernetes";

/** Values that a release gives to its chart. */
export function valuesOf(release: ResourceJson): Record<string, unknown> {
  const [json] = release["values"] as readonly string[];
  return JSON.parse(json ?? "{}") as Record<string, unknown>;
}

/** Objects that the release of a manifest set holds. */
export function objectsOf(release: ResourceJson): readonly ManifestObject[] {
  return valuesOf(release)["objects"] as readonly ManifestObject[];
}

/** Addresses of resources that others wait for. */
export function addressesOf(stack: TerraformStack, resources: readonly ITerraformDependable[]): string[] {
  const references = resources.map(({ fqn }) => resolved(stack, fqn));
  return references.map((reference) => reference.replace(/^\$\{(.*)\}$/, "$1"));
}

/** A cluster defined elsewhere with a pool `batch` of 10 nodes with 4 cores and 16 GiB, without accelerators. */
export function clusterWithCpuPool(stack: TerraformStack): ICluster {
  const cluster = importedCluster(stack);
  new NodePool(stack, "BatchPool", { cluster, poolName: "batch", instanceTypes: ["m7i.xlarge"], maxSize: 10 });
  return cluster;
}

/** Adds a GPU pool to a cluster: `g6.xlarge` (one L4, 4 cores, 16 GiB), 4 nodes, unless told otherwise. */
export function addGpuPool(
  cluster: ICluster,
  poolName: string,
  options: Partial<Omit<GpuNodePoolOptions, "poolName">> = {},
): GpuNodePool {
  const id = `GpuPool-${poolName}`;
  return new GpuNodePool(cluster, id, { cluster, poolName, instanceTypes: ["g6.xlarge"], maxSize: 4, ...options });
}

/** Adds a pool `training` with EFA: 4 nodes of `p5.48xlarge` (eight H100, 192 cores, 2048 GiB). */
export function addEfaPool(cluster: ICluster): GpuNodePool {
  const zones = ZONES.slice(0, 1);
  const taints = [{ key: "workload", value: "training", effect: "NoSchedule" } as const];
  return addGpuPool(cluster, "training", { instanceTypes: ["p5.48xlarge"], efa: true, zones, taints });
}

/** Adds a pool `neuron`: 2 nodes of `inf2.24xlarge` (six devices, 96 cores, 384 GiB). */
export function addNeuronPool(cluster: ICluster): NeuronNodePool {
  const options = { cluster, poolName: "neuron", instanceTypes: ["inf2.24xlarge"], maxSize: 2 };
  return new NeuronNodePool(cluster, "NeuronPool", options);
}

/** A namespace that is defined elsewhere. */
export function namespace(stack: TerraformStack, name: string): ReturnType<typeof Namespace.fromNamespaceName> {
  return Namespace.fromNamespaceName(stack, `Namespace-${name}`, name);
}
