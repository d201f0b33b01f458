import data from "./sandbox-programs.json";

/** Programs that the control plane of the sandbox is made of, and helm, which reads charts. */
export type SandboxProgramName = keyof typeof data.programs;

/** How a program of the sandbox is pinned, published and built. `{version}`, `{os}`, `{arch}` stand for pin and machine. */
export interface SandboxProgram {
  /** As in `1.36.3`. */
  readonly version: string;
  /** Go module that holds its source. */
  readonly module: string;
  /** Go package of its `main`. */
  readonly package: string;
  /** Values that the linker sets, by variable: what the program says of its version. */
  readonly linkerValues: Readonly<Record<string, string>>;
  /** Its official release. */
  readonly release: SandboxProgramRelease;
}

/** Where an official release of a program is. */
export interface SandboxProgramRelease {
  readonly address: string;
  /** `single`: a file with one checksum; `list`: lines of checksum and name; `github-digest`: the answer of GitHub's API. */
  readonly checksum: { readonly kind: "single" | "list" | "github-digest"; readonly address: string };
  /**
   * Path of the program in the archive.
   * @default - the address is that of the program itself
   */
  readonly member?: string;
  /** Machines that it is published for, as in `linux_amd64`. */
  readonly platforms: readonly string[];
}

/** The programs of the sandbox, by name. */
export const sandboxPrograms = data.programs as Readonly<Record<SandboxProgramName, SandboxProgram>>;
