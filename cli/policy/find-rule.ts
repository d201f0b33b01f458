import { UnknownNameError } from "../../catalog";
import type { Rule } from "../../policy";

const LIKE_AN_ID = /^[A-Z]|-\d+$/;

/**
 * The rule of a name.
 *
 * @param named its id or slug; case does not matter
 * @throws UnknownNameError with the nearest one when there is none
 */
export function findRule(rules: readonly Rule[], named: string): Rule {
  const [id, slug] = [named.toUpperCase(), named.toLowerCase()];
  const rule = rules.find((one) => one.id === id || one.slug === slug);
  if (rule) return rule;
  const isId = LIKE_AN_ID.test(named);
  const known = rules.map((one) => (isId ? one.id : one.slug));
  throw new UnknownNameError("rule", isId ? id : slug, known);
}
