/** Attributes under which a thing hands out what somebody wrote, whatever the names in it. */
const CONTENTS: ReadonlySet<string> = new Set([
  "body",
  "data",
  "outputs",
  "parameters",
  "response_body",
  "result",
  "tags",
  "tags_all",
  "value",
  "values",
  "var",
]);

/** Attributes that AWS makes up, or by which it knows the thing. */
const NAMING = /(?:^|_)(?:arns?|ids?|names?|issuer|url)$|^(?:bucket|dns_suffix|partition|region)$/;

/**
 * Whether an attribute is what a thing is called, so that it stands for that thing alone: an ARN, an id or a name. The value of
 * a parameter or an output of another run is not: it may be anything.
 *
 * @param attribute as in `Reference.attribute`; the thing as a whole when it is empty
 */
export function isNaming(attribute: readonly string[]): boolean {
  const [first] = attribute;
  if (first === undefined) return true;
  const last = attribute.filter((name) => !/^(?:\d+|\*)$/.test(name)).at(-1) ?? "";
  return !CONTENTS.has(first) && NAMING.test(last);
}
