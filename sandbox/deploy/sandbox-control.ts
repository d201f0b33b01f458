import type { Lease } from "../gateway/leases";
import type { RecoverReport } from "../gateway/recovery";
import type { StateBucket } from "../gateway/state-bucket";

/** What a deploy asks of the running sandbox. */
export interface SandboxControl {
  /** @throws SandboxError SANDBOX_LEASE_HELD, naming the holder */
  readonly takeLease: (lease: Lease) => Promise<unknown>;
  readonly releaseLease: (environment: string, pid: number) => Promise<unknown>;
  /** Takes back what stacks with an abandoned state lock have done since they took it. */
  readonly recover: (request: { readonly environment: string; readonly pid: number }) => Promise<RecoverReport>;
  readonly ensureStateBucket: (bucket: StateBucket) => Promise<unknown>;
}
