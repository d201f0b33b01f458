import type {
  CallFilter,
  CallRecord,
  PolicyFromCalls,
  SandboxHandle,
  SandboxStatus,
  StopSandboxReport,
} from "../../sandbox";
import type { SandboxControl } from "../../sandbox/deploy";

/** How a sandbox is started. */
export interface SandboxStart {
  /** Folder of the virtual environment that holds moto. */
  readonly virtualEnvironment: string;
  /** @default - the port of last time if it is free, else any */
  readonly port?: number;
}

/** The sandbox of one folder, as the commands see it. */
export interface SandboxService {
  /** Folder of its files. */
  readonly folder: string;
  /** Starts it, or finds it running. */
  readonly start: (options: SandboxStart) => Promise<SandboxHandle>;
  readonly status: () => Promise<SandboxStatus>;
  /** Stops it, and removes all that it has stored when `purge` says so. */
  readonly stop: (purge: boolean) => Promise<StopSandboxReport>;
  readonly control: (endpoint: string) => SandboxControl;
  readonly calls: (endpoint: string, filter: CallFilter) => Promise<readonly CallRecord[]>;
  /** The least-privilege IAM policy for these calls. */
  readonly policy: (calls: readonly CallRecord[]) => PolicyFromCalls;
}
