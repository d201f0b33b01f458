/** What a command ends with: fine; findings or a failed run; wrong use or bad input. */
export type ExitCode = 0 | 1 | 2;

/** A command cannot do what it was asked. The message is for the user as it stands. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
    this.name = "CliError";
  }
}
