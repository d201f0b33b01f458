import type { ClusterHealth } from "../clusters";
import type { Lease } from "./leases";
import type { ReplayReport } from "./world";

/** What the sandbox says of itself. */
export interface Health {
  /** `starting` until moto answers and the journal is replayed. */
  readonly status: "starting" | "ready";
  readonly pid: number;
  /** Folder with the journal and the logs. */
  readonly directory: string;
  readonly endpoint: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly moto: {
    readonly pid?: number;
    readonly port: number;
    /** How often it had to be brought back. */
    readonly restarts: number;
    readonly lastReplay: ReplayReport;
  };
  /** `effective`: calls that make up the world now. */
  readonly journal: { readonly effective: number };
  readonly calls: { readonly total: number; readonly last: number };
  readonly leases: readonly Lease[];
  readonly accounts: readonly AccountOverview[];
  /** By account, region and name. */
  readonly clusters: readonly ClusterHealth[];
}

/** What one account holds, as far as the journal tells. */
export interface AccountOverview {
  readonly account: string;
  /** Effective calls by principal. */
  readonly principals: Readonly<Record<string, number>>;
}
