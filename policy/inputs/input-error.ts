/** What was handed in cannot be judged: it is no JSON, not Terraform's, or of a shape that Terraform would refuse. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code = "INVALID_INPUT";

  /**
   * @param problems one line each: the file, what was expected in it, and what is there
   */
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
