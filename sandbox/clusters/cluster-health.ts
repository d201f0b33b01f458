/** Nodes of one pool and one instance type. */
export interface NodeCount {
  readonly pool: string;
  readonly instanceType: string;
  readonly count: number;
  /** Of them those whose kubelet says that it is ready. */
  readonly ready: number;
  /** Accelerators of all of them, by the name of the resource. */
  readonly gpus: Readonly<Record<string, number>>;
}

/** Pods by phase, in lower case: `running`, `pending`, `succeeded`, `failed`, `unknown`. */
export type PodCounts = Readonly<Record<string, number>>;

/** Whether a cluster has its control plane. */
export type ClusterState = "starting" | "ready" | "failed" | "no programs";

/** What the sandbox says of a cluster. */
export interface ClusterHealth {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly state: ClusterState;
  /** Kubernetes version that the cluster says. */
  readonly version: string;
  /** Kubernetes version that its API server is; left out without one. */
  readonly servedVersion?: string;
  /** `https://127.0.0.1:<port>`. */
  readonly endpoint?: string;
  /** Path of the authority's certificate, PEM. */
  readonly certificateAuthorityFile?: string;
  /** Path of a kubeconfig of the administrator. */
  readonly adminKubeconfig?: string;
  /** Why it failed or has no programs, or what is not as the cluster says. */
  readonly reason?: string;
  readonly nodes: readonly NodeCount[];
  readonly pods: PodCounts;
}
