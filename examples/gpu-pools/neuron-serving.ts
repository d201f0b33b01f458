import type { EksCluster, NeuronNodePool } from "../../constructs";

/**
 * Serving of models that were compiled for Inferentia: cheaper per request than GPUs where the Neuron SDK knows the model.
 */
export function addPool(cluster: EksCluster): NeuronNodePool {
  return cluster.addNeuronNodePool("NeuronServingPool", {
    poolName: "neuron-serving",
    instanceTypes: ["inf2.xlarge", "inf2.8xlarge"],
    maxSize: 6,
  });
}
