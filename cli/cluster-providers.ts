import type { PinnedProvider } from "../sandbox/deploy";
import type { TerraformTool } from "../toolchain";

/** The providers of Kubernetes objects that the sandbox is tested with, and the windows that the stacks state. */
export const CLUSTER_PROVIDERS = [
  { name: "hashicorp/kubernetes", version: "2.38.0", constraints: ">= 2.38.0, < 3.0.0" },
  { name: "hashicorp/helm", version: "3.1.1", constraints: ">= 3.1.1, < 4.0.0" },
] as const;

/** The pins of these providers, as the Terraform product in use names them. */
export function clusterProvidersFrom(registry: TerraformTool["registry"]): PinnedProvider[] {
  return CLUSTER_PROVIDERS.map((provider) => ({ ...provider, registry }));
}
