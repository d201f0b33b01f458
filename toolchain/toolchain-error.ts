/** A tool, a file or a setting of this machine is missing or does not fit. The message is for the user as it stands. */
export class ToolchainError extends Error {
  /**
   * @param code stable identifier, e.g. `TERRAFORM_MISSING`
   * @param message one line: what is wrong and the command that mends it
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "ToolchainError";
  }
}
