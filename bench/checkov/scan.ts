import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder, checkPython, ensureVirtualEnvironment, ToolchainError } from "../../toolchain";
import { runCommand } from "../../toolchain/run-command";

/** What checkov said of one check at one resource or object. */
export interface CheckovVerdict {
  /** e.g. `CKV_AWS_18` */
  readonly check: string;
  readonly name: string;
  /** Relative to the folder, with a leading slash. */
  readonly file: string;
  /**
   * As checkov calls it: checks by attribute say `resource.Models_C55D3500`, those by graph `aws_s3_bucket.Models_C55D3500`, and
   * those of objects `Deployment.serving.router`.
   */
  readonly resource: string;
  /** The line on which it starts, from 1. */
  readonly line: number;
  readonly passed: boolean;
}

/** The scanner that policy checks are compared with, installed where the sandbox's Python packages are. */
export interface Checkov {
  /** The program. */
  readonly program: string;
  readonly version: string;
}

/** What is looked at, and for what. */
export interface ScanOptions {
  /**
   * Only these checks.
   * @default - all that it has
   */
  readonly checks?: readonly string[];
  /** @default "terraform_json" */
  readonly framework?: "terraform_json" | "terraform" | "kubernetes" | "secrets";
  /**
   * A `.checkov.baseline`, whose findings are left out, and with them all that passes.
   * @default - everything is told
   */
  readonly baseline?: string;
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
 * Scans a folder of synthesised stacks, or of Kubernetes objects.
 *
 * @throws ToolchainError `CHECKOV_FAILED` with its last words, also when it could not read a file
 */
export async function scan(
  { program }: Checkov,
  folder: string,
  env: NodeJS.ProcessEnv,
  { checks = [], framework = "terraform_json", baseline }: ScanOptions = {},
): Promise<readonly CheckovVerdict[]> {
  const only = checks.length > 0 ? ["--check", checks.join(",")] : [];
  const known = baseline === undefined ? [] : ["--baseline", baseline];
  const args = ["--directory", ".", "--framework", framework, "--output", "json", "--compact", ...only, ...known];
  // Files of objects are told relative to the working directory.
  const run = await runCommand(program, args, { cwd: folder, env: offline(env), timeoutMs: PATIENCE_MS });
  if (run.status !== 0 && run.status !== 1) throw new ToolchainError("CHECKOV_FAILED", run.stderr.slice(-2000));
  const { results } = JSON.parse(run.stdout) as Partial<Output>;
  // It prints counts alone when nothing was found that it has checks for.
  if (!results) return [];
  const unread = results.parsing_errors ?? [];
  if (unread.length > 0) throw new ToolchainError("CHECKOV_FAILED", `it could not read ${unread.join(", ")}`);
  return [
    ...results.passed_checks.map((entry) => toVerdict(entry, true)),
    ...results.failed_checks.map((entry) => toVerdict(entry, false)),
  ];
}

/**
 * The ids of all checks that it has.
 *
 * @throws ToolchainError `CHECKOV_FAILED` with its last words
 */
export async function listChecks({ program }: Checkov, env: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const run = await runCommand(program, ["--list"], { env: offline(env), timeoutMs: PATIENCE_MS });
  if (run.status !== 0) throw new ToolchainError("CHECKOV_FAILED", run.stderr.slice(-2000));
  return new Set(run.stdout.match(/\bCKV2?_[A-Z0-9]+_\d+\b/g));
}

interface Output {
  readonly results: Readonly<Record<"passed_checks" | "failed_checks", readonly Entry[]>> & {
    readonly parsing_errors?: readonly string[];
  };
}

interface Entry {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
  readonly file_line_range: readonly [number, number];
}

function toVerdict(entry: Entry, passed: boolean): CheckovVerdict {
  const { check_id: check, check_name: name, file_path: file, resource, file_line_range: lines } = entry;
  return { check, name, file, resource, line: lines[0], passed };
}

/** It would ask its maker's service for texts, and wait for it where there is none. */
function offline(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, BC_SKIP_MAPPING: "TRUE", LOG_LEVEL: "ERROR" };
}
