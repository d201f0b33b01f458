/** A text is no template that Terraform could read. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly code = "TEMPLATE_UNREADABLE";

  /**
   * @param expected what should stand there
   * @param position where it should, in characters from 0
   */
  constructor(
    readonly expected: string,
    readonly position: number,
  ) {
    super(`expected ${expected} at character ${position + 1}`);
  }
}
