/** What a check of one tool found. */
export interface ToolCheck {
  /** What was looked for, as the report names it. */
  readonly name: string;
  /** `missing` and `unfit` stop a deploy; `later` is made on first use; `ok` needs nothing. */
  readonly status: "ok" | "later" | "unfit" | "missing";
  /** One sentence: what was found, or what is wrong. */
  readonly detail: string;
  /**
   * Version found.
   * @default - nothing found, or it has no version
   */
  readonly version?: string;
  /**
   * Where it was found.
   * @default - nothing found
   */
  readonly path?: string;
  /**
   * Command that mends it.
   * @default - nothing to mend
   */
  readonly fix?: string;
}
