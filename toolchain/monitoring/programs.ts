import type { Host } from "../host";

/** Programs that prove rules and draw dashboards. */
export const MONITORING_PROGRAMS = ["prometheus", "promtool", "alertmanager", "amtool", "pushgateway"] as const;

/** A program that proves rules or draws dashboards. */
export type MonitoringProgram = (typeof MONITORING_PROGRAMS)[number];

/** Where each program is: absolute paths. */
export type MonitoringPrograms = Readonly<Record<MonitoringProgram, string>>;

/** A release with the programs in it. `{version}`, `{os}`, `{arch}` are filled in. */
export interface MonitoringRelease {
  /** As in `3.14.0`. */
  readonly version: string;
  /** Oldest version that does as well, as in `2.42`. */
  readonly atLeast: string;
  readonly address: string;
  /** Address of lines of SHA-256 and file name. */
  readonly checksums: string;
  /** Machines that it is published for, as in `linux_amd64`. */
  readonly platforms: readonly string[];
  readonly debianPackage: string;
  /**
   * Folder of the package that its programs read from.
   * @default - none
   */
  readonly debianFolder?: string;
  /** Path in the archive, and the name in `/usr/bin` on Debian, by the name of the program. */
  readonly programs: Readonly<Record<string, { readonly member: string; readonly debianName: string }>>;
}

/** How the programs are come by. */
export interface MonitoringProgramOptions {
  readonly host: Host;
  /** Releases by name; together they hold all programs. */
  readonly releases: Readonly<Record<string, MonitoringRelease>>;
  /**
   * Fetches nothing.
   * @default false
   */
  readonly offline?: boolean;
  /**
   * Told what is fetched, and what came of it, in one line each.
   * @default - nobody is told
   */
  readonly onProgress?: (line: string) => void;
}

/** A program with the release that holds it. */
export interface ReleasedMonitoringProgram {
  readonly name: MonitoringProgram;
  readonly release: MonitoringRelease;
  readonly member: string;
  readonly debianName: string;
}

/** All programs, each with its release. */
export function releasedPrograms({
  releases,
}: Pick<MonitoringProgramOptions, "releases">): readonly ReleasedMonitoringProgram[] {
  return MONITORING_PROGRAMS.flatMap((name) =>
    Object.values(releases).flatMap((release) => {
      const place = release.programs[name];
      return place === undefined ? [] : [{ name, release, ...place }];
    }),
  );
}
