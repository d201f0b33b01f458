import type { Tags } from "yaml";

/** A number with an exponent, which has a digit before it. */
const EXPONENT = /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)[eE][-+]?[0-9]+$/;

/**
 * YAML 1.1 as Kubernetes' tools read it: `e5` is a text. The library's rule for numbers with an exponent asks for no digit
 * before the `e`, and makes NaN of it.
 *
 * @see https://github.com/go-yaml/yaml/blob/v2/resolve.go
 */
export function withGoNumbers(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag === "object" && tag.format === "EXP" ? ({ ...tag, test: EXPONENT } as typeof tag) : tag,
  );
}
