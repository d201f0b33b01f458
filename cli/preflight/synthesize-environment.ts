import type { EnvironmentConfig } from "../../config";
import type { CliContext } from "../context";
import { withSynthesis } from "../synthesis";

/** Synthesises the stacks of an environment, and returns the `cdk.tf.json` of each. */
export type Synthesize = (context: CliContext, config: EnvironmentConfig) => Promise<readonly string[]>;

/** @throws CliError exit 2 with what the synthesis said when it failed */
export const synthesizeEnvironment: Synthesize = (context, config) =>
  withSynthesis(context, config, (stacks) => stacks.map(({ json }) => json));
