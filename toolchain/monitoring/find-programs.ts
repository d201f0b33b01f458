import { join } from "node:path";
import { findExecutable } from "../find-executable";
import { runCommand } from "../run-command";
import { isAtLeast, parseVersion } from "../version";
import { monitoringFolder } from "./program-folder";
import { releasedPrograms } from "./programs";
import type { MonitoringProgram, MonitoringProgramOptions, ReleasedMonitoringProgram } from "./programs";

/** What there is of the programs. */
export interface MonitoringFindings {
  /** Absolute paths. */
  readonly found: ReadonlyMap<MonitoringProgram, string>;
  readonly missing: readonly ReleasedMonitoringProgram[];
  /** What is there and does not fit, each in one clause that begins with the path. */
  readonly passedOver: readonly string[];
}

/**
 * Looks for each program: in the folder that `FLIGHTDECK_MONITORING_PROGRAMS` names, on the PATH, then in the cache
 * folder, under its own name and under Debian's. One from elsewhere must be new enough. Fetches nothing.
 */
export async function findMonitoringPrograms(options: MonitoringProgramOptions): Promise<MonitoringFindings> {
  const programs = releasedPrograms(options);
  const passedOver: string[] = [];
  const paths = await Promise.all(programs.map((program) => find(program, options, passedOver)));
  const found = programs.flatMap(({ name }, index) => {
    const path = paths[index];
    return path === undefined ? [] : [[name, path] as const];
  });
  return { found: new Map(found), missing: programs.filter((_, index) => paths[index] === undefined), passedOver };
}

async function find(
  { name, debianName, release }: ReleasedMonitoringProgram,
  options: MonitoringProgramOptions,
  passedOver: string[],
): Promise<string | undefined> {
  const { env } = options.host;
  const folders = [{ PATH: env.FLIGHTDECK_MONITORING_PROGRAMS ?? "" }, env];
  const candidates = folders.flatMap((place) => findExecutable(name, place) ?? findExecutable(debianName, place) ?? []);
  for (const path of candidates) {
    const problem = await misfit(path, release.atLeast, options);
    if (problem === undefined) return path;
    passedOver.push(`${path} ${problem}`);
  }
  return findExecutable(join(monitoringFolder(options), name), env);
}

/**
 * Runs a program for its version.
 *
 * @returns what is wrong, in one clause without a subject; undefined: it fits
 */
export async function misfit(
  path: string,
  atLeast: string,
  { host }: Pick<MonitoringProgramOptions, "host">,
): Promise<string | undefined> {
  const { status, stdout, stderr } = await runCommand(path, ["--version"], { env: host.env });
  // Some versions of these programs print theirs on the error stream.
  const version = parseVersion(stdout) ?? parseVersion(stderr);
  if (status !== 0 || version === undefined) {
    return `does not tell its version: ${(stderr || stdout).trim().split("\n")[0] || `exit ${status}`}`;
  }
  if (isAtLeast(version, parseVersion(atLeast) ?? [0, 0, 0])) return undefined;
  return `is version ${version.join(".")}, ${atLeast} or later is needed`;
}
