import type { Host } from "../toolchain";
import type { SandboxService } from "./sandbox/sandbox-service";

/** Everything of the outside world that a command touches. */
export interface CliContext {
  /** Root of the repository. */
  readonly root: string;
  /** Folder that holds `config/environments`: the repository, or `FLIGHTDECK_CONFIG_ROOT`. */
  readonly configRoot: string;
  /** Working directory of the user, which file arguments are relative to. */
  readonly cwd: string;
  readonly host: Host;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  readonly output: Output;
  readonly sandbox: SandboxService;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls the handler on Ctrl-C with the how-manieth it is; returns a function that ends this. */
  readonly onInterrupt: (handler: (times: number) => void) => () => void;
}

/** Where a command writes to. */
export interface Output {
  /** Results: a line on standard output. */
  readonly line: (text: string) => void;
  /** Errors: a line on standard error. */
  readonly error: (text: string) => void;
  /** Text as it is on standard output, for a display that redraws itself. */
  readonly raw: (text: string) => void;
  /** True when standard output is a terminal that may be redrawn. */
  readonly interactive: boolean;
  /** True when colours are wanted: on a terminal, without `NO_COLOR`. */
  readonly coloured: boolean;
  /** Columns of the terminal. */
  readonly width: () => number;
}
