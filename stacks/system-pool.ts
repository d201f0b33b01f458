import type { ICluster, INodePool } from "../constructs";

/** The pool that carries the cluster's own components; undefined: they run on any node that lets them in. */
export function systemPool({ pools }: ICluster): INodePool | undefined {
  return pools.find(({ poolName }) => poolName === "system");
}
