import { knownRules, loadPolicyFiles } from "../../policy";
import type { Rule } from "../../policy";

/**
 * All rules there are for a configuration: those that ship, and one's own.
 *
 * @param now milliseconds since the epoch
 * @throws PolicyInputError when settings or own rules are broken
 */
export function allRules(configRoot: string, now: number): readonly Rule[] {
  const today = new Date(now).toISOString().slice(0, 10);
  return loadPolicyFiles(configRoot, { today, rulesOf: ({ ownRules }) => knownRules(configRoot, ownRules) }).rules;
}
