import type { TerraformStack } from "cdktf";
import { CiProvider, type CiSystem, type ICiProvider } from "../../../constructs/identity/ci-provider";

const ISSUERS = { github: "token.actions.githubusercontent.com", gitlab: "gitlab.com" };

/** A provider that the account has already. */
export function importedProvider(stack: TerraformStack, system: CiSystem): ICiProvider {
  const providerArn = `arn:aws:iam::111111111111:oidc-provider/${ISSUERS[system]}`;
  return CiProvider.fromCiProviderAttributes(stack, "Provider", { system, providerArn });
}
