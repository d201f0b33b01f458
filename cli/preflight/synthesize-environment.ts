import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentConfig } from "../../config";
import { runCommand } from "../../toolchain/run-command";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";

const PATIENCE_MS = 120_000;

/** Synthesises the stacks of an environment, and returns the `cdk.tf.json` of each. */
export type Synthesize = (context: CliContext, config: EnvironmentConfig) => Promise<readonly string[]>;

/**
 * Synthesises as a deploy to AWS does, in a process of its own: what CDKTF needs to load is more than the whole command line.
 *
 * @throws CliError exit 2 with what the synthesis said when it failed
 */
export const synthesizeEnvironment: Synthesize = async ({ root, configRoot, host }, { project, stage }) => {
  const outdir = mkdtempSync(join(tmpdir(), "flightdeck-preflight-"));
  try {
    const env = {
      ...host.env,
      CDKTF_OUTDIR: outdir,
      FLIGHTDECK_CONFIG_ROOT: configRoot,
      FLIGHTDECK_ENVIRONMENTS: `${project}/${stage}`,
      FLIGHTDECK_SANDBOX_ENDPOINT: "",
    };
    const run = { cwd: root, env, timeoutMs: PATIENCE_MS };
    const { status, stderr } = await runCommand(process.execPath, ["--import", "tsx", "main.ts"], run);
    if (status !== 0) throw new CliError(2, `${project}/${stage} cannot be synthesised: ${stderr.trim()}`);
    const stacks = join(outdir, "stacks");
    return readdirSync(stacks).map((id) => readFileSync(join(stacks, id, "cdk.tf.json"), "utf8"));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
