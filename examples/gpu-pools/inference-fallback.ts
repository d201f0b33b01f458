import type { EksCluster, GpuNodePool } from "../../constructs";

/**
 * Inference that is cheap and does not stop: a spot pool, and the same GPU on demand for when spot has none.
 *
 * Pods prefer the label `flightdeck.dev/capacity=spot` and tolerate both; a priority expander of the autoscaler asks the
 * spot pool first.
 */
export function addPool(cluster: EksCluster): readonly GpuNodePool[] {
  const common = { instanceTypes: ["g6.xlarge", "g6.2xlarge"], labels: { workload: "inference-fallback" } };
  return [
    cluster.addGpuNodePool("FallbackSpotPool", { ...common, poolName: "fallback-spot", capacity: "spot", maxSize: 8 }),
    cluster.addGpuNodePool("FallbackOnDemandPool", { ...common, poolName: "fallback-on-demand", maxSize: 2 }),
  ];
}
