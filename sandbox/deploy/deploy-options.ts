import type { Lease } from "../gateway/leases";
import type { StateBucket } from "../gateway/state-bucket";
import type { DeployEvent } from "./deploy-event";
import type { KubernetesLayers } from "./kubernetes/kubernetes-layers";
import type { PinnedProvider } from "./provider-lock";
import type { SandboxControl } from "./sandbox-control";

/** A stack of the environment. */
export interface EnvironmentStack {
  /** `<project>-<stage>-<layer>` */
  readonly id: string;
  readonly layer: string;
  /** Layers whose outputs it reads. */
  readonly needs: readonly string[];
  /**
   * Whether it holds Kubernetes objects, so that its cluster must answer first.
   * @default false
   */
  readonly onCluster?: boolean;
}

/** What is deployed or destroyed, and with what. */
export interface DeployOptions {
  /** All stacks of the environment. */
  readonly stacks: readonly EnvironmentStack[];
  /**
   * Layers to run; what they need must be among them.
   * @default - all layers
   */
  readonly layers?: readonly string[];
  /** This process, as others are told of it; names the environment. */
  readonly holder: Lease;
  /** Where the states of the environment are. */
  readonly state: StateBucket;
  /** Address of the gateway. */
  readonly endpoint: string;
  /** Folder of the sandbox's files. */
  readonly sandboxFolder: string;
  /** Root of the repository: cdktf runs there. */
  readonly projectFolder: string;
  /** The user's environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `TERRAFORM_BINARY_NAME`. */
  readonly terraformBinary: string;
  /**
   * Terraform CLI configuration to use.
   * @default - Terraform's own choice
   */
  readonly terraformCliConfig?: string;
  /**
   * Folder with the AWS command line, for a PATH without one.
   * @default - the PATH as it is
   */
  readonly awsCliFolder?: string;
  /** The AWS provider. */
  readonly provider: PinnedProvider;
  /**
   * What stacks with Kubernetes objects are deployed with.
   * @default - they run through cdktf like all others
   */
  readonly kubernetes?: KubernetesLayers;
  readonly control: SandboxControl;
  readonly onEvent: (event: DeployEvent) => void;
  /** Calls the function given each time the user asks to stop; returns a function that ends this. */
  readonly onInterrupt: (stop: () => void) => () => void;
}

/** How a run over the stacks ended. */
export interface DeployOutcome {
  readonly status: "done" | "failed" | "interrupted";
  /** The stacks that ran, in the order of the environment, with what became of each. */
  readonly stacks: readonly StackOutcome[];
  /** What went wrong, each text whole. */
  readonly errors: readonly DeployFailure[];
  /** Everything cdktf and Terraform printed. */
  readonly logFile: string;
  /** Folder of the synthesised stacks. */
  readonly outputFolder: string;
}

/** What became of one stack. */
export interface StackOutcome {
  readonly id: string;
  readonly layer: string;
  readonly status: "changed" | "unchanged" | "destroyed" | "failed" | "stopped" | "left out" | "not reached";
  /**
   * Charts of the stack that were not deployed, each with the reason.
   * @default - none
   */
  readonly chartsLeftOut?: readonly string[];
}

/** One thing that went wrong. */
export interface DeployFailure {
  /** @default - it belongs to no stack */
  readonly stack?: string;
  readonly text: string;
}
