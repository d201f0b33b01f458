import { App } from "cdktf";
import { resolve } from "node:path";
import { UnknownNameError } from "./catalog";
import { ConfigError, type EnvironmentConfig, loadEnvironment, loadEnvironments } from "./config";
import { FlightdeckError } from "./constructs";
import { deploymentTarget } from "./stacks/deployment-target";
import { definePlatform } from "./stacks/platform";

const FINE = 0;
const WRONG_INPUT = 2;

/**
 * Synthesises environments into CDKTF's output folder.
 *
 * @param root root of the repository
 * @param env `FLIGHTDECK_ENVIRONMENTS`: ids separated by commas, all when left out; `FLIGHTDECK_SANDBOX_ENDPOINT`: address of
 * the sandbox gateway, AWS itself when left out; `FLIGHTDECK_CONFIG_ROOT`: the folder that holds `config/environments`, this
 * repository when left out
 * @returns the exit code: 0, or 2 with a message on standard error when the input is to blame
 */
export function main(root: string, env: NodeJS.ProcessEnv): number {
  try {
    const configs = selectEnvironments(resolve(root, env.FLIGHTDECK_CONFIG_ROOT || root), env.FLIGHTDECK_ENVIRONMENTS);
    const target = deploymentTarget(env.FLIGHTDECK_SANDBOX_ENDPOINT);
    // With stack traces, the manifest would hold paths of this machine beside each annotation.
    const app = new App({ stackTraces: false });
    configs.forEach((config) => definePlatform(app, config, target));
    app.synth();
    return FINE;
  } catch (error) {
    if (!isWrongInput(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return WRONG_INPUT;
  }
}

function selectEnvironments(root: string, list = ""): readonly EnvironmentConfig[] {
  const ids = list.split(",").map((id) => id.trim());
  const named = [...new Set(ids.filter((id) => id !== ""))];
  return named.length > 0 ? named.map((id) => loadEnvironment(root, id)) : loadEnvironments(root);
}

/** CDKTF reports failed validations of constructs as plain errors. */
function isWrongInput(error: unknown): error is Error {
  const typed = [FlightdeckError, ConfigError, UnknownNameError].some((type) => error instanceof type);
  return typed || (error instanceof Error && /^(App-level v|V)alidation failed/.test(error.message));
}

if (require.main === module) process.exitCode = main(__dirname, process.env);
