/**
 * Whether a text is of a pattern, from its beginning to its end: `*` stands for anything but a slash, `**` for anything, and
 * `/**` at the end for the thing itself and everything in it. Every other character stands for itself, brackets too.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const whole = pattern.endsWith("/**");
  const parts = (whole ? pattern.slice(0, -"/**".length) : pattern).split(/(\*+)/);
  const source = parts.map((part) => (!part.startsWith("*") ? escaped(part) : part === "*" ? "[^/]*" : ".*")).join("");
  return new RegExp(`^${source}${whole ? "(/.*)?" : ""}$`, "s").test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
