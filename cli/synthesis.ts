import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentConfig } from "../config";
import type { SynthesizedStack } from "../rendering";
import { runCommand } from "../toolchain/run-command";
import { CliError } from "./cli-error";
import type { CliContext } from "./context";

const PATIENCE_MS = 120_000;

/** How stacks are synthesised. */
export interface SynthesisOptions {
  /**
   * Whether the JSON says which lines of the source defined each element.
   * @default false
   */
  readonly sourceLocations?: boolean;
}

/** Synthesises the stacks of an environment, and hands them on while their folders exist. */
export type WithSynthesis = <T>(
  context: CliContext,
  config: EnvironmentConfig,
  use: (stacks: readonly SynthesizedStack[]) => T | Promise<T>,
  options?: SynthesisOptions,
) => Promise<T>;

/**
 * Synthesises as a deploy to AWS does but for the policy checks, in a process of its own: what CDKTF needs to load is more than
 * the whole command line.
 *
 * @throws CliError exit 2 with what the synthesis said when it failed
 */
export const withSynthesis: WithSynthesis = async (
  { root, configRoot, host },
  { project, stage },
  use,
  { sourceLocations = false } = {},
) => {
  const outdir = mkdtempSync(join(tmpdir(), "flightdeck-synthesis-"));
  try {
    const env = {
      ...host.env,
      CDKTF_OUTDIR: outdir,
      FLIGHTDECK_CONFIG_ROOT: configRoot,
      FLIGHTDECK_ENVIRONMENTS: `${project}/${stage}`,
      FLIGHTDECK_POLICY: "off",
      FLIGHTDECK_SANDBOX_ENDPOINT: "",
      FLIGHTDECK_SOURCE_LOCATIONS: sourceLocations ? "on" : "",
    };
    const run = { cwd: root, env, timeoutMs: PATIENCE_MS };
    const { status, stderr } = await runCommand(process.execPath, ["--import", "tsx", "main.ts"], run);
    if (status !== 0) throw new CliError(2, `${project}/${stage} cannot be synthesised: ${stderr.trim()}`);
    return await use(readStacks(outdir, `${project}-${stage}-`));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/**
 * The stacks that CDKTF has written; folders that an earlier synthesis left are none.
 *
 * @param outdir its output folder
 * @param prefix what their ids begin with; the rest is the layer
 */
export function readStacks(outdir: string, prefix: string): SynthesizedStack[] {
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
    readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
  };
  return Object.entries(manifest.stacks).map(([id, { workingDirectory }]) => {
    const folder = join(outdir, workingDirectory);
    const layer = id.startsWith(prefix) ? id.slice(prefix.length) : id;
    return { id, layer, json: readFileSync(join(folder, "cdk.tf.json"), "utf8"), folder };
  });
}
