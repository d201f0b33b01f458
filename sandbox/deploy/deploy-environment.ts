import type { DeployOptions, DeployOutcome } from "./deploy-options";
import { runStacks } from "./run-stacks";

/**
 * Deploys the stacks of an environment into the running sandbox with the stock `cdktf deploy`.
 *
 * @throws DeployError when layers are unknown or incomplete, or a Terraform started elsewhere works on one of the stacks
 * @throws SandboxError SANDBOX_LEASE_HELD when another deploy holds the environment
 */
export function deployEnvironment(options: DeployOptions): Promise<DeployOutcome> {
  return runStacks("deploy", options);
}
