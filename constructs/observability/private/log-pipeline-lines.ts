/**
 * Beginning of a line that starts an entry of a log. Lines that start with a blank, and lines that name an exception
 * (`ValueError: …`), go on with the entry before them, so that a traceback of Python stays in one piece. RE2 has no lookahead:
 * words that end in neither `Error` nor `Exception` are spelled out by what their last letters may be.
 */
export const FIRST_LINE = [
  "^(?:",
  // A bracket, a quote, any other sign.
  "[^\\s\\w]",
  // A word before anything but a colon: dates, levels, sentences.
  "|[\\w.]+(?:[^\\w.:]|$)",
  // A word before a colon that is no exception: INFO:root:…
  `|[\\w.]*(?:${endsOtherwise("Error")}|${endsOtherwise("Exception")}):`,
  ")",
].join("");

/** A line that says it is of the level debug or trace: as JSON, as logfmt, or at its beginning, after a date. */
export const DEBUG_LINE =
  '(?i)("(?:level|severity|levelname)"\\s*:\\s*"(?:debug|trace)"|\\blevel=(?:debug|trace)\\b|^[\\d\\s:.,TZ/+\\[\\]-]*(?:debug|trace)\\b)';

/** The last letters of a word that does not end in another: `[^r]`, `[^o]r`, `[^r]or` and so on. */
function endsOtherwise(ending: string): string {
  const letters = [...ending];
  const last = ending.endsWith("r") ? "n" : "r";
  return letters
    .map(
      (letter, index) =>
        `[^${letter}${index === letters.length - 1 ? last : ""}\\W]${letters.slice(index + 1).join("")}`,
    )
    .reverse()
    .join("|");
}
