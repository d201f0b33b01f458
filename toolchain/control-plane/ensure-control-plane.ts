import { ToolchainError } from "../toolchain-error";
import { buildPrograms, checkGo } from "./build-programs";
import { downloadPrograms } from "./download-programs";
import type { DownloadReport, FailedDownload } from "./download-programs";
import { findControlPlane, findProgram } from "./find-control-plane";
import type { ControlPlaneFindings, FoundProgram } from "./find-control-plane";
import { programFolder } from "./program-folder";
import type { ProgramSources } from "./program-folder";
import { CONTROL_PLANE_PROGRAMS } from "./programs";
import type { PinnedProgram } from "./programs";
import type { OnProgramProgress } from "./progress";

/** How the programs are come by. */
export interface EnsureOptions extends ProgramSources {
  /**
   * Downloads nothing.
   * @default false
   */
  readonly offline?: boolean;
  /**
   * Builds every program anew, whatever there is.
   * @default false
   */
  readonly build?: boolean;
  /** @default - nobody is told */
  readonly onProgress?: OnProgramProgress;
}

/** The programs, all there. */
export interface EnsureReport {
  /** Where each is. */
  readonly found: readonly FoundProgram[];
  /** What does not fit and was passed over. */
  readonly passedOver: ControlPlaneFindings["passedOver"];
}

const ALL: readonly PinnedProgram[] = [...CONTROL_PLANE_PROGRAMS, "helm"];

/**
 * Downloads what is missing of the control plane from the official releases, quickly and without building: what cannot
 * be had stays missing, with the reason.
 *
 * @throws ToolchainError `TOOLS_MIRROR_INVALID` when `FLIGHTDECK_TOOLS_MIRROR` is no https address
 */
export async function downloadControlPlane(
  sources: ProgramSources & { readonly onProgress?: OnProgramProgress },
): Promise<ControlPlaneFindings & Pick<DownloadReport, "failed">> {
  const { missing } = await findControlPlane(sources);
  const { failed } = await downloadPrograms({ ...sources, programs: missing });
  return { ...(await findControlPlane(sources)), failed };
}

/**
 * Sees to it that every program of the control plane and helm are there: finds them, else downloads the official
 * releases, else builds them with Go.
 *
 * @throws ToolchainError `PROGRAM_CHECKSUM_WRONG` when a download is not what was published, `GO_MISSING` when a
 * program can be neither found nor downloaded nor built, `PROGRAM_BUILD_FAILED` with the last words of the compiler,
 * `TOOLS_FOLDER_UNUSABLE` when the cache folder cannot be written, `PROGRAM_MISSING` when a program was put in place and
 * still cannot be run
 */
export async function ensureControlPlane(options: EnsureOptions): Promise<EnsureReport> {
  const before = await search(options);
  const missing = options.build ? ALL : missingIn(before);
  const failed = options.build || options.offline ? [] : await download(options, missing);
  const toBuild = options.build ? ALL : missingIn(await search(options));
  if (toBuild.length > 0) {
    const { go, detail } = await checkGo(options);
    if (go === undefined) throw goMissing(options, toBuild, { failed, detail });
    await buildPrograms(go, { ...options, programs: toBuild });
  }
  const after = await search(options);
  const lost = missingIn(after);
  if (lost.length > 0) throw stillMissing(options, lost);
  return after;
}

async function search(sources: ProgramSources): Promise<EnsureReport> {
  const searches = await Promise.all(ALL.map((program) => findProgram(program, sources)));
  return {
    found: searches.flatMap(({ found }) => found ?? []),
    passedOver: searches.flatMap(({ passedOver }) => passedOver),
  };
}

function missingIn({ found }: EnsureReport): PinnedProgram[] {
  return ALL.filter((program) => !found.some((one) => one.program === program));
}

async function download(
  options: EnsureOptions,
  programs: readonly PinnedProgram[],
): Promise<readonly FailedDownload[]> {
  const { failed } = await downloadPrograms({ ...options, programs });
  const tampered = failed.filter(({ failure }) => failure === "checksum");
  if (tampered.length === 0) return failed;
  throw new ToolchainError(
    "PROGRAM_CHECKSUM_WRONG",
    [
      "A download is not what its project has published, so it was thrown away:",
      ...tampered.map(({ program, reason }) => `  ${program}: ${reason}`),
      "Ask whoever runs the mirror or the proxy, or build from source: npm run sandbox:tools -- --offline",
    ].join("\n"),
  );
}

function stillMissing(options: EnsureOptions, programs: readonly PinnedProgram[]): ToolchainError {
  return new ToolchainError(
    "PROGRAM_MISSING",
    [
      `Put in place, but not there as programs that can be run: ${programs.join(", ")}.`,
      `See what is in ${programFolder(options)}, and whether programs may be run from there;`,
      "another folder is named in FLIGHTDECK_CACHE_DIR.",
    ].join("\n"),
  );
}

function goMissing(
  { pins, offline, build }: EnsureOptions,
  programs: readonly PinnedProgram[],
  { failed, detail }: { readonly failed: readonly FailedDownload[]; readonly detail: string },
): ToolchainError {
  if (build) {
    return new ToolchainError(
      "GO_MISSING",
      `All programs of the control plane are to be built, as asked, but ${detail}. Install Go (https://go.dev/doc/install), then run again: npm run sandbox:tools -- --build; without \`--build\` those that are there are used, and the others are downloaded.`,
    );
  }
  const reasonOf = (program: PinnedProgram): string =>
    failed.find((one) => one.program === program)?.reason ?? (offline ? "not downloaded, as asked" : "not found");
  return new ToolchainError(
    "GO_MISSING",
    [
      `The control plane lacks ${programs.length} of ${ALL.length} programs:`,
      ...programs.map((program) => `  ${program} ${pins[program].version}: ${reasonOf(program)}`),
      `They could be built with Go, but ${detail}.`,
      "Install Go (https://go.dev/doc/install), or put the programs into a folder that KUBEBUILDER_ASSETS names,",
      "or set FLIGHTDECK_TOOLS_MIRROR to a mirror of the releases; then run again: npm run sandbox:tools",
    ].join("\n"),
  );
}
