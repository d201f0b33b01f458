import type { DeployOptions, DeployOutcome } from "./deploy-options";
import { runStacks } from "./run-stacks";

/**
 * Destroys the stacks of an environment in the running sandbox with the stock `cdktf destroy`, which goes through them
 * in reverse.
 *
 * @throws DeployError as `deployEnvironment`
 */
export function destroyEnvironment(options: DeployOptions): Promise<DeployOutcome> {
  return runStacks("destroy", options);
}
