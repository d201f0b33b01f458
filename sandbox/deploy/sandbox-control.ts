import type { ClusterHealth } from "../clusters/cluster-health";
import type { Lease } from "../gateway/leases";
import type { RecoverReport, RecoverRequest } from "../gateway/recovery";
import type { StateBucket } from "../gateway/state-bucket";

/** What a deploy asks of the running sandbox. */
export interface SandboxControl {
  /** @throws SandboxError SANDBOX_LEASE_HELD, naming the holder */
  readonly takeLease: (lease: Lease) => Promise<unknown>;
  readonly releaseLease: (environment: string, pid: number) => Promise<unknown>;
  /** Takes back what stacks with an abandoned state lock, and their neighbours, have done since they took it. */
  readonly recover: (request: RecoverRequest) => Promise<RecoverReport>;
  readonly ensureStateBucket: (bucket: StateBucket) => Promise<unknown>;
  /** Brings the clusters to what EKS says; returns when each has its control plane or cannot have it. */
  readonly reconcileClusters: () => Promise<readonly ClusterHealth[]>;
}
