import type { ClusterSnapshot, EksSnapshot } from "../eks/snapshot";
import type { ClusterPlace } from "./access-parts";

/** @returns undefined when the account has no such cluster in the region */
export function findCluster({ clusters }: EksSnapshot, place: ClusterPlace): ClusterSnapshot | undefined {
  const { account, region, name } = place;
  return clusters.find((one) => one.account === account && one.region === region && one.name === name);
}
