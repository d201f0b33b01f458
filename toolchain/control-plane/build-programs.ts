import { renameSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../find-executable";
import type { EnvironmentVariables } from "../environment";
import { runCommand } from "../run-command";
import { ToolchainError } from "../toolchain-error";
import { inWorkingFolder } from "../releases/working-folder";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import type { PinnedProgram, ProgramPin } from "./programs";
import type { OnProgramProgress } from "./progress";
import { fillTemplate } from "../releases/release-address";

/** One program on two slow cores, its modules downloaded first, takes a third of this. */
const BUILD_TIMEOUT_MS = 45 * 60_000;
const SHOWN_LINES = 8;

/** What is built. */
export interface BuildOptions extends ProgramSources {
  readonly programs: readonly PinnedProgram[];
  /** @default - nobody is told */
  readonly onProgress?: OnProgramProgress;
}

/** The Go that builds, or why none can. */
export interface GoCheck {
  /** @default - there is none that fits */
  readonly go?: string;
  /** One clause: its version, or what is wrong. */
  readonly detail: string;
}

/**
 * Looks for a Go that can build the module. It is asked inside the module, since a Go of 1.21 or later fetches by itself
 * the version that the module wants, unless `GOTOOLCHAIN=local` forbids it.
 */
export async function checkGo({ host, moduleFolder }: Pick<ProgramSources, "host" | "moduleFolder">): Promise<GoCheck> {
  const go = findExecutable("go", host.env);
  if (go === undefined) return { detail: "`go` is not on the PATH" };
  const { status, stdout, stderr } = await runCommand(go, ["list", "-m", "-f", "{{.GoVersion}}"], {
    env: buildEnvironment(host.env),
    cwd: moduleFolder,
    timeoutMs: 120_000,
  });
  const said = (stderr || stdout).trim().split("\n").at(-1) ?? "";
  return status === 0 ? { go, detail: go } : { detail: `\`${go}\` cannot build them: ${said}` };
}

/**
 * Builds programs from the pinned modules into the cache folder, one after the other: each alone keeps all cores busy,
 * and what is done stays done when a later one fails.
 *
 * @param go path of the Go command
 * @throws ToolchainError `PROGRAM_BUILD_FAILED` with the last words of the compiler
 */
export async function buildPrograms(go: string, options: BuildOptions): Promise<void> {
  for (const program of options.programs) {
    const { version } = options.pins[program];
    options.onProgress?.({ program, version, step: "started", by: "build" });
    await build(go, program, options);
    options.onProgress?.({ program, version, step: "done", by: "build" });
  }
}

async function build(go: string, program: PinnedProgram, options: BuildOptions): Promise<void> {
  const { host, pins, moduleFolder } = options;
  const pin = pins[program];
  const folder = programFolder(options);
  await inWorkingFolder(folder, async (working) => {
    const made = join(working, program);
    const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", linkerFlags(pin, host)];
    const { status, stdout, stderr } = await runCommand(go, ["build", ...flags, "-o", made, pin.package], {
      env: buildEnvironment(host.env),
      cwd: moduleFolder,
      timeoutMs: BUILD_TIMEOUT_MS,
    });
    if (status !== 0) throw buildFailed(program, pin, stderr || stdout);
    renameSync(made, join(folder, program));
  });
}

function linkerFlags(pin: ProgramPin, host: ProgramSources["host"]): string {
  const values = Object.entries(pin.linkerValues).map(
    ([name, value]) => `-X ${name}=${fillTemplate(value, pin, host)}`,
  );
  return ["-s", "-w", ...values].join(" ");
}

/** For this machine and this module, whatever a user's own Go work has set. Without C, the programs run anywhere. */
function buildEnvironment(env: EnvironmentVariables): EnvironmentVariables {
  return { ...env, CGO_ENABLED: "0", GOWORK: "off", GOOS: undefined, GOARCH: undefined, GOFLAGS: undefined };
}

function buildFailed(program: PinnedProgram, { version }: ProgramPin, output: string): ToolchainError {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const shown = lines.slice(-SHOWN_LINES).map((line) => `  ${line.trimEnd()}`);
  return new ToolchainError(
    "PROGRAM_BUILD_FAILED",
    [`${program} ${version} could not be built:`, ...(shown.length > 0 ? shown : ["  go ran out of time"])].join("\n"),
  );
}
