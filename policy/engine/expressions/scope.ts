/** What an expression may refer to that is known before Terraform runs. */
export interface Scope {
  /**
   * What a variable or local is, `Unresolved` parts included.
   *
   * @returns undefined when it is not known
   */
  value(root: "var" | "local", name: string): unknown;
  /**
   * Roots that stand for one element of something: `each`, and the iterators of `dynamic` blocks, with the references of what
   * they run over.
   */
  readonly iterators: ReadonlyMap<string, readonly string[]>;
}

/** Nothing is known. */
export const EMPTY_SCOPE: Scope = { value: () => undefined, iterators: new Map() };
