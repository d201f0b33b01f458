import type { EksCluster, NeuronNodePool } from "../../constructs";

/**
 * Training of large models on Trainium 2, which is hardly to be had but in Capacity Blocks.
 */
export function addPool(cluster: EksCluster): NeuronNodePool {
  const [zone = ""] = cluster.vpc.zones;
  return cluster.addNeuronNodePool("NeuronBlockPool", {
    poolName: "neuron-block",
    instanceTypes: ["trn2.48xlarge"],
    maxSize: 2,
    capacity: { capacityBlock: { reservationId: "cr-0a1b2c3d4e5f60718", zone } },
    efa: true,
  });
}
