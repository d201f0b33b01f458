import data from "./monitoring-programs.json";

/** A release that holds programs for monitoring. `{version}`, `{os}`, `{arch}` stand for the release and the machine. */
export interface MonitoringRelease {
  /** As in `3.14.0`. */
  readonly version: string;
  /** Oldest version that does as well, as in `2.42`. */
  readonly atLeast: string;
  /** Where its `.tar.gz` is. */
  readonly address: string;
  /** Where the list of its checksums is: lines of SHA-256 and file name. */
  readonly checksums: string;
  /** Machines that it is published for, as in `linux_amd64`. */
  readonly platforms: readonly string[];
  /** Debian package with the same programs. */
  readonly debianPackage: string;
  /**
   * Folder of that package without which its programs do not start.
   *
   * @default - none
   */
  readonly debianFolder?: string;
  /** Its programs by name: the path in the archive, and the name that Debian gives them in `/usr/bin`. */
  readonly programs: Readonly<Record<string, { readonly member: string; readonly debianName: string }>>;
}

/** Programs that prove rules and draw dashboards, by the release that holds them. */
export const monitoringReleases: Readonly<Record<string, MonitoringRelease>> = data.releases;
