import { UnknownNameError } from "../../catalog";
import type { Pack, Rule } from "./rule";

/** Which rules to ask. */
export interface RuleSelection {
  /** Rules of any of these packs. `strict` is a pack like any other: what is in no other one is asked only if it is named. */
  readonly packs: readonly Pack[];
  /**
   * Rules to ask whatever their packs are, by id or slug.
   * @default - none
   */
  readonly include?: readonly string[];
  /**
   * Rules never to ask, by id or slug; it outweighs `include`.
   * @default - none
   */
  readonly exclude?: readonly string[];
}

/**
 * Picks the rules to ask, in the order they were given.
 *
 * @throws `UnknownNameError` when `include` or `exclude` names a rule that does not exist
 *
 * @example
 * selectRules(rules, { packs: ["baseline", "gpu"], exclude: ["FD-EKS-001"] });
 */
export function selectRules(
  rules: readonly Rule[],
  { packs, include = [], exclude = [] }: RuleSelection,
): readonly Rule[] {
  const included = find(rules, include);
  const excluded = find(rules, exclude);
  return rules.filter(
    (rule) => !excluded.has(rule) && (included.has(rule) || rule.packs.some((pack) => packs.includes(pack))),
  );
}

function find(rules: readonly Rule[], names: readonly string[]): ReadonlySet<Rule> {
  return new Set(
    names.map((name) => {
      const found = rules.find(({ id, slug }) => id === name || slug === name);
      if (found) return found;
      const known = rules.map(({ id, slug }) => (/^[A-Z]/.test(name) ? id : slug));
      throw new UnknownNameError("rule", name, known);
    }),
  );
}
