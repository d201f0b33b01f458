/** What a prefix of keys must look like, for error messages. */
export const PREFIX_RULE =
  "must be a path that ends with a slash and does not start with one, such as raw/images/, without * ? and $";

/**
 * Whether a text is a prefix of keys in a form that policies can be made of. Without the slash at the end, `raw` would also
 * match `raw-secret/`; wildcards and variables would mean something else in a policy than in a key.
 */
export function isPrefix(text: string): boolean {
  return /^[^/*?$][^*?$]*\/$/.test(text);
}
