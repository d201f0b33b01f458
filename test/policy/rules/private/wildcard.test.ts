import fc from "fast-check";
import { matchesWildcard } from "../../../../policy/rules/private/wildcard";

test.each([
  ["*", "s3:PutBucketPolicy", true],
  ["s3:Put*", "s3:PutBucketPolicy", true],
  ["S3:PUT*POLICY", "s3:PutBucketPolicy", true],
  ["s3:PutBucketPolic?", "s3:PutBucketPolicy", true],
  ["s3:Get*", "s3:PutBucketPolicy", false],
  ["s3:Put", "s3:PutBucketPolicy", false],
  ["s3.*", "s3:PutBucketPolicy", false],
])("%s against %s: %s", (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});

test("a text without wildcards matches itself, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/[*?]/.test(text));
      expect(matchesWildcard(text, text)).toBe(true);
      expect(matchesWildcard(`${text}*`, `${text}:more`)).toBe(true);
    }),
  );
});
