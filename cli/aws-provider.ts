import type { PinnedProvider } from "../sandbox/deploy";
import type { TerraformTool } from "../toolchain";

/** The AWS provider that the sandbox is tested with. */
export const AWS_PROVIDER = { name: "hashicorp/aws", version: "5.100.0" } as const;

/** The pin of the AWS provider, as the Terraform product in use names it. */
export function awsProviderFrom(registry: TerraformTool["registry"]): PinnedProvider {
  return { ...AWS_PROVIDER, registry, constraints: ">= 5.100.0, < 7.0.0" };
}
