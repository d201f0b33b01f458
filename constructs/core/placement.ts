/** A toleration as Kubernetes spells it. */
export interface Toleration {
  /** Key of the taint. */
  readonly key: string;
  /** `Exists` tolerates every value of the key, `Equal` the one named. */
  readonly operator: "Exists" | "Equal";
  /**
   * Value of the taint.
   *
   * @default - none
   */
  readonly value?: string;
  /** What the taint does to pods that do not tolerate it. */
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** What a pool says of its nodes to what is placed on them. Plain values all, so that they can be checked at synthesis. */
export interface PodPlacement {
  /** Name of the pool. */
  readonly poolName: string;
  /** Name of the cluster the pool belongs to. */
  readonly clusterName: string;
  /** Labels by which its nodes are found. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** What lets a pod past the pool's taints. */
  readonly tolerations: readonly Toleration[];
  /** Whether AWS may take the nodes back at two minutes' notice. */
  readonly spot: boolean;
  /** Resource that a pod asks for to get a GPU, a share of one or a slice; undefined: the pool has no GPUs. */
  readonly gpuResource: string | undefined;
  /** Extended resources that the largest node of the pool offers, by name. */
  readonly largestNode: Readonly<Record<string, number>>;
  /** Virtual CPUs of the largest node; the system takes a part of them. */
  readonly largestVcpu: number;
  /** Main memory of the largest node in MiB; the system takes a part of it. */
  readonly largestMemoryMiB: number;
}

/** What a pool can be told to place: workloads, batch jobs, serving replicas. */
export interface IPlaceable {
  /** Takes note of the nodes it runs on. */
  placeOn(placement: PodPlacement): void;
}
