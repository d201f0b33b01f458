import { App } from "cdktf";
import { resolve } from "node:path";
import { UnknownNameError } from "./catalog";
import { ConfigError, type EnvironmentConfig, loadEnvironment, loadEnvironments } from "./config";
import { FlightdeckError, withSourceLocations } from "./constructs";
import { PolicyInputError } from "./policy/enforcement/policy-input-error";
import { InputError } from "./policy/inputs/input-error";
import { deploymentTarget } from "./stacks/deployment-target";
import { definePlatform } from "./stacks/platform";

const FINE = 0;
const FINDINGS = 1;
const WRONG_INPUT = 2;

/**
 * Synthesises environments into CDKTF's output folder, and judges what was written by the policy checks.
 *
 * @param root root of the repository
 * @param env `FLIGHTDECK_ENVIRONMENTS`: ids separated by commas, all when left out; `FLIGHTDECK_SANDBOX_ENDPOINT`: address of
 * the sandbox gateway, AWS itself when left out; `FLIGHTDECK_CONFIG_ROOT`: the folder that holds `config/environments`, this
 * repository when left out; `FLIGHTDECK_POLICY`: `off` to write without judging; `FLIGHTDECK_SOURCE_LOCATIONS`: `on` to write
 * beside each element which lines defined it
 * @param today the day, `YYYY-MM-DD`
 * @returns the exit code: 0; 1 when a finding of level hard is open; 2 when the input is to blame; each with a message on
 * standard error
 */
export async function main(root: string, env: NodeJS.ProcessEnv, today: string): Promise<number> {
  try {
    const configRoot = resolve(root, env.FLIGHTDECK_CONFIG_ROOT || root);
    const configs = selectEnvironments(configRoot, env.FLIGHTDECK_ENVIRONMENTS);
    const target = deploymentTarget(env.FLIGHTDECK_SANDBOX_ENDPOINT);
    // With stack traces, the manifest would hold paths of this machine beside each annotation.
    const app = new App({ stackTraces: false });
    const define = (): void => configs.forEach((config) => definePlatform(app, config, target));
    if (env.FLIGHTDECK_SOURCE_LOCATIONS === "on") withSourceLocations(define);
    else define();
    app.synth();
    if (env.FLIGHTDECK_POLICY === "off") return FINE;
    const { judgeSynthesis } = await import("./cli/policy/judge-synthesis");
    const tell = (text: string): unknown => process.stderr.write(text);
    return (await judgeSynthesis({ root, configRoot, configs, outdir: app.outdir, today, tell })) ? FINE : FINDINGS;
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

const TYPED = [FlightdeckError, ConfigError, UnknownNameError, InputError, PolicyInputError];

/** CDKTF reports failed validations of constructs as plain errors. */
function isWrongInput(error: unknown): error is Error {
  const typed = TYPED.some((type) => error instanceof type);
  return typed || (error instanceof Error && /^(App-level v|V)alidation failed/.test(error.message));
}

if (require.main === module) {
  void main(__dirname, process.env, new Date().toISOString().slice(0, 10)).then((code) => (process.exitCode = code));
}
