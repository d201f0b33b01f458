import type { PinnedProgram } from "./programs";

/** What is being done about a program. */
export interface ProgramProgress {
  readonly program: PinnedProgram;
  readonly version: string;
  /** `started` and `done` come once each, `failed` instead of `done`. */
  readonly step: "started" | "done" | "failed";
  readonly by: "download" | "build";
  /**
   * What went wrong.
   * @default - nothing
   */
  readonly reason?: string;
}

/** Told what is being done. */
export type OnProgramProgress = (progress: ProgramProgress) => void;
