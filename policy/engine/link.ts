import type { RuleContext } from "./context";
import type { Resource } from "./subject";
import type { Verdict } from "./verdict";
import { anyOf, fail, unknown } from "./verdict";

/**
 * A resource must have another that belongs to it, such as a bucket its versioning, and that one must satisfy a test.
 *
 * @param type type of the other
 * @param argument argument of the other that refers to the resource
 * @param judge what is asked of the other; one that passes is enough
 */
export function mustHaveLinked(
  { graph }: RuleContext,
  resource: Resource,
  { type, argument }: { readonly type: string; readonly argument: string },
  judge: (other: Resource) => Verdict,
): Verdict {
  const others = graph.linked(resource, type, argument);
  if (others.length > 0) return anyOf(others.map(judge));
  const message = `no \`${type}\` belongs to it`;
  return graph.mayBeLinked(type, argument)
    ? unknown(`${message}, as far as references tell: one whose \`${argument}\` is not known might`)
    : fail(message);
}
