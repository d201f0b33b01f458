import type { ControlPlanePrograms } from "../../toolchain/control-plane";
import type { ApiConnection } from "../kubernetes/api-connection";

/** A Kubernetes control plane that runs. */
export interface RunningControlPlane {
  /** `https://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Certificate of the authority, PEM. */
  readonly certificateAuthority: string;
  /** Path of that certificate. */
  readonly certificateAuthorityFile: string;
  /** The API server as its administrator. */
  readonly admin: ApiConnection;
  /** Path of a kubeconfig of the administrator. */
  readonly adminKubeconfig: string;
  stop(): Promise<void>;
}

/** What a control plane is started with. */
export interface ControlPlaneSettings {
  /** Folder of its own, kept between starts. */
  readonly directory: string;
  readonly programs: ControlPlanePrograms;
  readonly clusterName: string;
  /** Kubernetes version of the programs. */
  readonly version: string;
  /** IPv4 range of the services. */
  readonly serviceCidr: string;
  /** Addresses of the webhooks that say who a caller is and what he may do. */
  readonly webhooks: { readonly authenticate: string; readonly authorize: string };
  /** Told what happens, one line each. */
  readonly log: (line: string) => void;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

/** What clusters run on, on this machine. */
export interface KubernetesRuntime {
  /** Kubernetes version of the programs. */
  readonly version: string;
  /** Looks for the programs; cheap. @returns undefined while some are missing */
  findPrograms(): Promise<ControlPlanePrograms | undefined>;
  /** Starts a control plane, or takes over the one that runs in the folder. */
  start(settings: ControlPlaneSettings): Promise<RunningControlPlane>;
  /** Ends what an earlier sandbox left running in a folder. */
  endLeftovers(directory: string): Promise<void>;
}
