/** Where an official release is. `{version}`, `{major}`, `{minor}`, `{os}`, `{arch}` are filled in. */
export interface ProgramRelease {
  readonly address: string;
  readonly checksum: { readonly kind: "single" | "list" | "github-digest"; readonly address: string };
  /** Machines that it is published for, as in `linux_amd64`. */
  readonly platforms: readonly string[];
}

/** What is published in releases. */
export interface ReleasedProgram {
  /** As in `1.36.3`. */
  readonly version: string;
  readonly release: ProgramRelease;
}
