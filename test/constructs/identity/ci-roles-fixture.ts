import type { TerraformStack } from "cdktf";
import type { Synthesized } from "../../support/synth";
import { CiProvider, type CiSystem, type ICiProvider } from "../../../constructs/identity/ci-provider";

const ISSUERS = { github: "token.actions.githubusercontent.com", gitlab: "gitlab.com" };

/** A provider that the account has already. */
export function importedProvider(stack: TerraformStack, system: CiSystem): ICiProvider {
  const providerArn = `arn:aws:iam::111111111111:oidc-provider/${ISSUERS[system]}`;
  return CiProvider.fromCiProviderAttributes(stack, "Provider", { system, providerArn });
}

/** The condition under which jobs may take the only role of a stack. */
export function trustConditions(out: Synthesized): unknown {
  const { Statement } = out.policy("aws_iam_role", undefined, "assume_role_policy") as {
    Statement: { Condition: unknown }[];
  };
  return Statement[0]?.Condition;
}
