import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../find-executable";
import { inWorkingFolder } from "../releases/working-folder";
import { runCommand } from "../run-command";
import type { CommandResult } from "../run-command";
import { WHAT } from "./fetch-releases";
import { misfit } from "./find-programs";
import { monitoringFolder } from "./program-folder";
import type { MonitoringProgramOptions, ReleasedMonitoringProgram } from "./programs";
import { relocateProgram } from "./relocate-program";

const FETCH_TIMEOUT_MS = 5 * 60_000;

/**
 * How often a program names the folder of its package, where it does: Debian's Alertmanager names the folder itself, `ui` and
 * `no-ui` in it. Counted in 0.25 of Debian 12, April 2023.
 */
const TIMES_NAMED: Readonly<Record<string, number>> = { "prometheus-alertmanager": 3 };

/**
 * Takes programs out of the packages of Debian (or of a system made from it) into the cache folder. Nothing is installed
 * and no right of an administrator is needed: the packages are fetched with `apt-get download`, which checks their
 * signatures, and unpacked. Where the lists of packages are not there or too old, own ones are fetched for the purpose.
 *
 * @returns why they could not be had; undefined: they are there
 * @throws ToolchainError `TOOLS_FOLDER_UNUSABLE` when the cache folder cannot be written, `PROGRAM_NOT_RELOCATABLE` when a
 * program names the folder of its package in ways that are not known
 */
export async function unpackDebianPackages(
  programs: readonly ReleasedMonitoringProgram[],
  options: MonitoringProgramOptions,
): Promise<string | undefined> {
  const { env } = options.host;
  const apt = findExecutable("apt-get", env);
  const dpkg = findExecutable("dpkg-deb", env);
  if (apt === undefined || dpkg === undefined) return "there is no `apt-get` with `dpkg-deb`";
  const packages = [...new Set(programs.map(({ release }) => release.debianPackage))];
  options.onProgress?.(`${packages.join(", ")}: fetching the packages of this system`);
  const folder = monitoringFolder(options);
  const work = async (working: string): Promise<string | undefined> => {
    const problem = await download(apt, packages, working, options);
    if (problem !== undefined) return problem;
    for (const file of readdirSync(working).filter((name) => name.endsWith(".deb"))) {
      const { status, stderr } = await runCommand(dpkg, ["-x", join(working, file), join(working, "root")], {
        env,
        timeoutMs: FETCH_TIMEOUT_MS,
      });
      if (status !== 0) return `\`dpkg-deb -x ${file}\`: ${lastLine(stderr)}`;
    }
    for (const program of programs) {
      const problem = await place(program, join(working, "root"), options);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return inWorkingFolder(folder, work, WHAT);
}

/** Gives an unpacked program its name in the cache folder, unless it is too old. */
async function place(
  { name, debianName, release }: ReleasedMonitoringProgram,
  root: string,
  options: MonitoringProgramOptions,
): Promise<string | undefined> {
  const program = join(root, "usr", "bin", debianName);
  const reason = await misfit(program, release.atLeast, options);
  if (reason !== undefined) return `${debianName} of the package ${release.debianPackage} ${reason}`;
  const target = join(monitoringFolder(options), name);
  const { debianFolder: named, debianPackage } = release;
  const times = TIMES_NAMED[debianName] ?? 0;
  if (named !== undefined && (times > 0 || readFileSync(program).includes(named))) {
    relocateProgram({ program, debianPackage, named, times, unpacked: join(root, named), target });
  } else {
    renameSync(program, target);
  }
  return undefined;
}

async function download(
  apt: string,
  packages: readonly string[],
  working: string,
  { host }: MonitoringProgramOptions,
): Promise<string | undefined> {
  const run = (args: readonly string[]): Promise<CommandResult> =>
    runCommand(apt, ["-q", "-o", "APT::Sandbox::User=root", ...args], {
      env: { ...host.env, LC_ALL: "C" },
      cwd: working,
      timeoutMs: FETCH_TIMEOUT_MS,
    });
  const first = await run(["download", ...packages]);
  if (first.status === 0) return undefined;
  const own = ownLists(working);
  const update = await run([...own, "update"]);
  if (update.status !== 0) return `\`apt-get update\`: ${lastLine(update.stderr || first.stderr)}`;
  const second = await run([...own, "download", ...packages]);
  return second.status === 0 ? undefined : `\`apt-get download\`: ${lastLine(second.stderr)}`;
}

/** Lists of packages in a folder of one's own; the sources and the keys stay those of the system. */
function ownLists(working: string): string[] {
  const lists = join(working, "lists");
  const cache = join(working, "cache");
  for (const folder of [lists, cache]) mkdirSync(join(folder, "partial"), { recursive: true });
  return ["-o", `Dir::State::lists=${lists}`, "-o", `Dir::Cache=${cache}`];
}

function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => line.startsWith("E:")) ?? lines.at(-1) ?? "no answer").trim();
}
