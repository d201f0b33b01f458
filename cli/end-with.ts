import type { ExitCode } from "./cli-error";

/** Says what a command ends with when it is not 0. */
export type EndWith = (exitCode: ExitCode) => void;
