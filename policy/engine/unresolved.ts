/**
 * A value, or a text with such a value in it, that only Terraform will know: an expression of synthesised JSON, or what a
 * plan marks as known after apply.
 */
export class Unresolved {
  /**
   * @param references what it is made of, e.g. `aws_kms_key.Key_961B73FD.arn`; empty when nothing says so
   * @param text its template as written, e.g. `arn:aws:s3:::${aws_s3_bucket.Models.id}/*`; undefined when a plan says only
   * that it is unknown
   */
  constructor(
    readonly references: readonly string[],
    readonly text?: string,
  ) {}

  toString(): string {
    return this.text ?? (this.references.length > 0 ? `\${${this.references.join(", ")}}` : "(known after apply)");
  }

  /** As text wherever a value is written out. */
  toJSON(): string {
    return this.toString();
  }
}
