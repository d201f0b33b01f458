import type { PinnedProvider } from "../provider-lock";
import type { RenderStacks } from "./rendered-stacks";

/** What stacks with Kubernetes objects are deployed with. */
export interface KubernetesLayers {
  /** The Kubernetes and the Helm provider. */
  readonly providers: readonly PinnedProvider[];
  /** Whether Terraform can have them here, asked when they are needed. */
  readonly providersAtHand: () => Promise<boolean>;
  /** What renders the objects where they cannot be had. */
  readonly render: RenderStacks;
  /**
   * Milliseconds that workloads may take to become ready where the objects are applied without Terraform.
   * @default 180000
   */
  readonly patienceMs?: number;
}
