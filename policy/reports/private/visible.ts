/**
 * Characters that are no text: controls but tab and line feed, lone surrogates, and what XML 1.0 forbids beside them
 * (https://www.w3.org/TR/xml/#charsets). The marks that reorder text are among them: they make a line read as another.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * Writes what is no text as its code, so that a name of another author's cannot steer a terminal or break a file.
 *
 * @example
 * visible("a\u001b[2Jb"); // "a\\u001b[2Jb"
 */
export function visible(text: string): string {
  return text.replaceAll(INVISIBLE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As {@link visible}, on one line. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ").trim());
}
