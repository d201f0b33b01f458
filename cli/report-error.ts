import { CommanderError } from "commander";
import { ConfigError } from "../config";
import { UnknownNameError } from "../catalog";
import { PolicyInputError } from "../policy/enforcement/policy-input-error";
import { InputError } from "../policy/inputs/input-error";
import { SandboxError } from "../sandbox";
import { DeployError } from "../sandbox/deploy";
import { ToolchainError } from "../toolchain";
import { CliError } from "./cli-error";
import type { ExitCode } from "./cli-error";

/** What the user is told about an error, and what the command ends with. */
export interface ErrorReport {
  readonly exitCode: ExitCode;
  /** Empty when all has been said already. */
  readonly text: string;
}

/**
 * Turns whatever a command throws into words. Errors of ours say all there is to say; of any other only the message is
 * shown, and how to see the rest.
 *
 * @param debug show stack traces, as `FLIGHTDECK_DEBUG=1` asks for
 */
export function describeError(error: unknown, debug: boolean): ErrorReport {
  // Commander prints its own messages; help and version come this way too, with code 0.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : 2, text: "" };
  const known = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const text = known === undefined ? `Unexpected error: ${message}` : message;
  const trace = error instanceof Error ? error.stack : undefined;
  if (debug && trace) return { exitCode: known ?? 1, text: `${text}\n${trace}` };
  const hint = known === undefined ? "\nRun again with FLIGHTDECK_DEBUG=1 to see where it comes from." : "";
  return { exitCode: known ?? 1, text: text + hint };
}

const WRONG_INPUT = [ConfigError, ToolchainError, InputError, PolicyInputError, UnknownNameError];

function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof CliError) return error.exitCode;
  if (WRONG_INPUT.some((type) => error instanceof type)) return 2;
  if (error instanceof DeployError) return error.code.startsWith("LAYER_") ? 2 : 1;
  return error instanceof SandboxError ? 1 : undefined;
}
