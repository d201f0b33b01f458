import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder, checkPython, ensureVirtualEnvironment, ToolchainError } from "../../toolchain";
import { runCommand } from "../../toolchain/run-command";

/** What checkov said of one check at one resource. */
export interface CheckovVerdict {
  /** e.g. `CKV_AWS_18` */
  readonly check: string;
  readonly name: string;
  /** Relative to the folder, with a leading slash. */
  readonly file: string;
  /** e.g. `aws_s3_bucket.Models_C55D3500` */
  readonly resource: string;
  readonly passed: boolean;
}

/** The scanner that policy checks are compared with, installed where the sandbox's Python packages are. */
export interface Checkov {
  /** The program. */
  readonly program: string;
  readonly version: string;
}

const PATIENCE_MS = 900_000;
const REQUIREMENTS = join(__dirname, "requirements.txt");

/**
 * Finds checkov, or installs it from PyPI with the pinned hashes.
 *
 * @throws ToolchainError `PYTHON_MISSING`, `VIRTUAL_ENVIRONMENT_FAILED`
 */
export async function findCheckov(
  env: NodeJS.ProcessEnv,
  onProgress: (text: string) => void = () => undefined,
): Promise<Checkov> {
  const host = { env, home: homedir(), platform: process.platform, arch: process.arch };
  const { tool: python, detail } = await checkPython(host);
  if (!python) throw new ToolchainError("PYTHON_MISSING", detail);
  const options = { cacheFolder: cacheFolder(host), requirementsFile: REQUIREMENTS, python, env, onProgress };
  const environment = await ensureVirtualEnvironment(options);
  const program = join(environment.path, "bin", "checkov");
  const { stdout } = await runCommand(program, ["--version"], { env: offline(env), timeoutMs: PATIENCE_MS });
  return { program, version: stdout.trim() };
}

/**
 * Scans a folder of synthesised stacks.
 *
 * @param checks only these checks
 * @throws ToolchainError `CHECKOV_FAILED` with its last words
 */
export async function scan(
  { program }: Checkov,
  folder: string,
  env: NodeJS.ProcessEnv,
  checks: readonly string[] = [],
): Promise<readonly CheckovVerdict[]> {
  const only = checks.length > 0 ? ["--check", checks.join(",")] : [];
  const args = ["--directory", folder, "--framework", "terraform_json", "--output", "json", "--compact", ...only];
  const run = await runCommand(program, args, { env: offline(env), timeoutMs: PATIENCE_MS });
  if (run.status !== 0 && run.status !== 1) throw new ToolchainError("CHECKOV_FAILED", run.stderr.slice(-2000));
  const { results } = JSON.parse(run.stdout) as {
    readonly results: Readonly<Record<"passed_checks" | "failed_checks", readonly Entry[]>>;
  };
  return [
    ...results.passed_checks.map((entry) => toVerdict(entry, true)),
    ...results.failed_checks.map((entry) => toVerdict(entry, false)),
  ];
}

interface Entry {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

function toVerdict(entry: Entry, passed: boolean): CheckovVerdict {
  const { check_id: check, check_name: name, file_path: file, resource } = entry;
  // Checks by attribute say `resource.aws_s3_bucket.Models`, those by graph leave the first word out.
  return { check, name, file, resource: resource.replace(/^resource\./, ""), passed };
}

/** It would ask its maker's service for texts, and wait for it where there is none. */
function offline(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, BC_SKIP_MAPPING: "TRUE", LOG_LEVEL: "ERROR" };
}
