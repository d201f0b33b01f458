import type { EksCluster, NeuronNodePool } from "../../constructs";

/**
 * Training on Trainium over several nodes, with eight EFA interfaces each.
 */
export function addPool(cluster: EksCluster): NeuronNodePool {
  return cluster.addNeuronNodePool("NeuronTrainingPool", {
    poolName: "neuron-training",
    instanceTypes: ["trn1.32xlarge"],
    maxSize: 4,
    zones: cluster.vpc.zones.slice(0, 1),
    efa: true,
    localStorage: "raid0",
  });
}
