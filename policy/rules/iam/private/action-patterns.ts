import type { Statement } from "../../../engine/policy-document";

/** Whether a statement is about all of these actions, by its `Action` or its `NotAction`. */
export function namesActions(
  { actions, notActions }: Pick<Statement, "actions" | "notActions">,
  names: readonly string[],
): boolean {
  return names.every((name) =>
    notActions.length > 0
      ? !notActions.some((pattern) => matchesPattern(pattern, name))
      : actions.some((pattern) => matchesPattern(pattern, name)),
  );
}

/** Whether a pattern of a policy, with `*` and `?`, is about this; upper and lower case are the same. */
export function matchesPattern(pattern: string, name: string): boolean {
  return matcherOf(pattern)(name);
}

/** The same as a test that can be used many times over. */
export function matcherOf(pattern: string): (name: string) => boolean {
  if (pattern === "*") return () => true;
  const plain = pattern.toLowerCase();
  if (!/[*?]/.test(pattern)) return (name) => plain === name.toLowerCase();
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${source}$`, "i");
  return (name) => expression.test(name);
}
