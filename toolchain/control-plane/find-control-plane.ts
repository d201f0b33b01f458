import { join } from "node:path";
import { findExecutable } from "../find-executable";
import { runCommand } from "../run-command";
import { parseVersion } from "../version";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import { CONTROL_PLANE_PROGRAMS, wholeControlPlane } from "./programs";
import type { ControlPlaneProgram, ControlPlanePrograms, PinnedProgram, ProgramPin } from "./programs";

/** A program that was found. */
export interface FoundProgram {
  readonly program: PinnedProgram;
  readonly path: string;
  /** Where: a folder that the user names, the PATH, or the cache. */
  readonly origin: "KUBEBUILDER_ASSETS" | "PATH" | "cache";
}

/** A program that is there and does not fit. */
export interface PassedOverProgram {
  readonly program: PinnedProgram;
  readonly path: string;
  /** What it lacks, in one clause. */
  readonly reason: string;
}

/** What there is of a control plane. */
export interface ControlPlaneFindings {
  /** @default - something is missing */
  readonly programs?: ControlPlanePrograms;
  readonly found: readonly FoundProgram[];
  readonly missing: readonly ControlPlaneProgram[];
  readonly passedOver: readonly PassedOverProgram[];
}

/**
 * Looks for the programs of the control plane, each for itself: the folder that `KUBEBUILDER_ASSETS` names, the PATH,
 * then the cache folder. A program from elsewhere must have the pinned minor version: Kubernetes promises nothing for
 * parts that lie further apart. Downloads and builds nothing.
 */
export async function findControlPlane(sources: ProgramSources): Promise<ControlPlaneFindings> {
  const searches = await Promise.all(CONTROL_PLANE_PROGRAMS.map((program) => findProgram(program, sources)));
  const found = searches.flatMap((search) => search.found ?? []);
  return {
    programs: wholeControlPlane(Object.fromEntries(found.map(({ program, path }) => [program, path]))),
    found,
    missing: CONTROL_PLANE_PROGRAMS.filter((_, index) => searches[index]?.found === undefined),
    passedOver: searches.flatMap(({ passedOver }) => passedOver),
  };
}

/** Looks for a helm of the pinned major version: the PATH, then the cache folder. */
export async function findHelm(
  sources: ProgramSources,
): Promise<{ readonly helm?: string; readonly passedOver: readonly PassedOverProgram[] }> {
  const { found, passedOver } = await findProgram("helm", sources);
  return { helm: found?.path, passedOver };
}

/** What a search of one program found. */
export interface ProgramSearch {
  /** @default - nothing that fits */
  readonly found?: FoundProgram;
  readonly passedOver: readonly PassedOverProgram[];
}

/** Looks for one program, as {@link findControlPlane} does. */
export async function findProgram(program: PinnedProgram, sources: ProgramSources): Promise<ProgramSearch> {
  const { host, pins } = sources;
  const passedOver: PassedOverProgram[] = [];
  for (const { path, origin } of candidates(program, sources)) {
    const reason = origin === "cache" ? undefined : await misfit(program, path, pins[program], host.env);
    if (reason === undefined) return { found: { program, path, origin }, passedOver };
    passedOver.push({ program, path, reason });
  }
  return { passedOver };
}

function candidates(program: PinnedProgram, sources: ProgramSources): Omit<FoundProgram, "program">[] {
  const { env } = sources.host;
  const assets = env.KUBEBUILDER_ASSETS;
  const places: readonly (readonly [FoundProgram["origin"], string | undefined])[] = [
    ["KUBEBUILDER_ASSETS", assets && findExecutable(program, { PATH: assets })],
    ["PATH", findExecutable(program, env)],
    ["cache", findExecutable(join(programFolder(sources), program), env)],
  ];
  return places.flatMap(([origin, path]) => (path ? [{ origin, path }] : []));
}

async function misfit(
  program: PinnedProgram,
  path: string,
  pin: ProgramPin,
  env: ProgramSources["host"]["env"],
): Promise<string | undefined> {
  const args = program === "helm" ? ["version", "--short"] : ["--version"];
  const { status, stdout, stderr } = await runCommand(path, args, { env });
  const version = parseVersion(stdout);
  if (status !== 0 || version === undefined) {
    return `\`${args.join(" ")}\` failed: ${(stderr || stdout).trim().split("\n")[0] || `exit ${status}`}`;
  }
  const wanted = parseVersion(pin.version);
  const depth = program === "helm" ? 1 : 2;
  const read = version.slice(0, depth).join(".");
  const needed = wanted?.slice(0, depth).join(".");
  return read === needed ? undefined : `is version ${version.join(".")}, ${needed ?? pin.version} is needed`;
}
