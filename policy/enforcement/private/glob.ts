/**
 * Whether a text is of a pattern, from its beginning to its end: `*` stands for anything but a slash, `**` for anything, and
 * `/**` at the end for the thing itself and everything in it. Every other character stands for itself, brackets too.
 *
 * The time is at most proportional to the length of the pattern times that of the text.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const whole = pattern.endsWith("/**");
  const tokens = (whole ? pattern.slice(0, -"/**".length) : pattern).match(/\*+|[^*]/gsu) ?? [];
  // Which tokens are matched so far: all ways are followed at once, so that none is tried again.
  let reached = withEmptyStars(new Set([0]), tokens);
  for (const character of text) {
    if (whole && character === "/" && reached.has(tokens.length)) return true;
    reached = withEmptyStars(after(reached, tokens, character), tokens);
    if (reached.size === 0) return false;
  }
  return reached.has(tokens.length);
}

/** Where one more character of the text leads. */
function after(reached: ReadonlySet<number>, tokens: readonly string[], character: string): Set<number> {
  const next = new Set<number>();
  for (const at of reached) {
    const token = tokens[at];
    if (token?.startsWith("*") !== true) {
      if (token === character) next.add(at + 1);
    } else if (token !== "*" || character !== "/") next.add(at);
  }
  return next;
}

/** A star may stand for nothing; the set grows while it is walked. */
function withEmptyStars(reached: Set<number>, tokens: readonly string[]): ReadonlySet<number> {
  for (const at of reached) if (tokens[at]?.startsWith("*") === true) reached.add(at + 1);
  return reached;
}
