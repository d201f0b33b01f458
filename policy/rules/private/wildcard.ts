/**
 * Whether a pattern with `*` and `?`, as IAM and ECR write them, matches a text. Upper and lower case are alike, as they are
 * for names of actions.
 *
 * @example
 * matchesWildcard("s3:Put*", "s3:PutBucketPolicy"); // true
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "is").test(text);
}
