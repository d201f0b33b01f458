import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentVariables } from "./environment";
import type { PythonTool } from "./python-check";
import { relocateVirtualEnvironment } from "./relocate-virtual-environment";
import { removeAbandoned } from "./remove-abandoned";
import { runCommand } from "./run-command";
import { ToolchainError } from "./toolchain-error";

/** What a virtual environment is built from, and where. */
export interface VirtualEnvironmentOptions {
  /** Folder that holds all virtual environments of this user. */
  readonly cacheFolder: string;
  /** A requirements file with a pin and a hash for every package. */
  readonly requirementsFile: string;
  readonly python: PythonTool;
  readonly env: EnvironmentVariables;
  /**
   * Told what is being done, in a few words.
   * @default - nobody is told
   */
  readonly onProgress?: (text: string) => void;
  /**
   * Milliseconds for all downloads.
   * @default 900000
   */
  readonly timeoutMs?: number;
}

/** A virtual environment that is complete. */
export interface VirtualEnvironment {
  readonly path: string;
  /** Its Python. */
  readonly python: string;
  /** False when it was there before. */
  readonly built: boolean;
}

/**
 * Folder of the virtual environment for these requirements and this Python: another pin or another minor version of
 * Python is another folder, so an environment once built never changes.
 */
export function virtualEnvironmentFolder(
  options: Pick<VirtualEnvironmentOptions, "cacheFolder" | "requirementsFile" | "python">,
): string {
  const minor = options.python.version.split(".").slice(0, 2).join(".");
  const hash = createHash("sha256").update(readFileSync(options.requirementsFile)).update(minor);
  return join(options.cacheFolder, `venv-${hash.digest("hex").slice(0, 12)}`);
}

/**
 * Builds the virtual environment, if it is not there yet.
 *
 * It is built in a folder of its own and renamed when complete: what carries the final name is whole, whoever was
 * killed in between, and of two that build at once the second throws its work away.
 *
 * @throws ToolchainError `VIRTUAL_ENVIRONMENT_FAILED` with the last words of pip
 */
export async function ensureVirtualEnvironment(options: VirtualEnvironmentOptions): Promise<VirtualEnvironment> {
  const path = virtualEnvironmentFolder(options);
  const python = join(path, "bin", "python");
  if (existsSync(join(path, COMPLETE))) return { path, python, built: false };
  mkdirSync(options.cacheFolder, { recursive: true });
  removeAbandoned(options.cacheFolder, UNFINISHED);
  const building = `${path}${BUILDING}${process.pid}-${randomBytes(3).toString("hex")}`;
  try {
    await build(building, options);
    relocateVirtualEnvironment(building, path);
    writeFileSync(join(building, COMPLETE), "");
    publish(building, path);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return { path, python, built: true };
}

const COMPLETE = ".complete";
const BUILDING = ".building-";
const UNFINISHED = /^venv-[0-9a-f]+\.building-(\d+)-/;

async function build(folder: string, options: VirtualEnvironmentOptions): Promise<void> {
  const report = options.onProgress ?? (() => undefined);
  const env = {
    ...options.env,
    PYTHONHOME: undefined,
    PYTHONPATH: undefined,
    PIP_TARGET: undefined,
    PIP_PREFIX: undefined,
    PIP_USER: undefined,
  };
  report(`creating a virtual environment with Python ${options.python.version}`);
  const created = await runCommand(options.python.path, ["-m", "venv", folder], { env, timeoutMs: 120_000 });
  if (created.status !== 0) throw failed("`python -m venv` failed", created.stdout + created.stderr);
  const total = readFileSync(options.requirementsFile, "utf8").match(/^[\w.-]+(\[.*\])?==/gm)?.length ?? 0;
  let collected = 0;
  const onLine = (line: string): void => {
    const name = /^Collecting ([\w.-]+)/.exec(line)?.[1];
    if (name) report(`downloading ${name} (${++collected} of ${total})`);
    if (line.startsWith("Installing collected packages")) report(`installing ${collected} packages`);
  };
  const install = (...only: string[]): ReturnType<typeof runCommand> =>
    runCommand(
      join(folder, "bin", "python"),
      ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"].concat([
        "--require-hashes",
        ...only,
        "-r",
        options.requirementsFile,
      ]),
      { env, timeoutMs: options.timeoutMs ?? 900_000, onLine },
    );
  let installed = await install("--only-binary", ":all:");
  // A platform for which some package has no wheel builds that one from its hashed source.
  if (installed.status !== 0 && installed.stderr.includes("No matching distribution")) {
    collected = 0;
    installed = await install();
  }
  if (installed.status === 124) throw failed("pip ran out of time", installed.stderr);
  if (installed.status !== 0) throw failed("`pip install` failed", installed.stderr || installed.stdout);
}

function publish(building: string, path: string): void {
  try {
    renameSync(building, path);
  } catch {
    // Somebody was faster, or something incomplete is in the way.
    if (existsSync(join(path, COMPLETE))) return;
    rmSync(path, { recursive: true, force: true });
    renameSync(building, path);
  }
}

function failed(what: string, output: string): ToolchainError {
  const words = output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-6)
    .map((line) => `  ${line.trim()}`);
  return new ToolchainError(
    "VIRTUAL_ENVIRONMENT_FAILED",
    [`The virtual environment of the sandbox could not be built: ${what}.`, ...words].join("\n"),
  );
}
