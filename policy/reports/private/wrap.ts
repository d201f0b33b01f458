import stringWidth from "string-width";

/**
 * Breaks a text into lines at its blanks. A word wider than a line keeps a line of its own: a path that is cut cannot be copied.
 *
 * @param width cells of a line; a full-width character takes two
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/ +/)) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Fills a cell of a table with blanks up to its width. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** How many cells a text takes in a terminal. */
export function cells(text: string): number {
  return stringWidth(text);
}

/** The beginning of a text that fits a width, with `…` where it goes on; the text itself when it fits. */
export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  const kept: string[] = [];
  let taken = 1;
  for (const one of text) {
    taken += cells(one);
    if (taken > width) break;
    kept.push(one);
  }
  return `${kept.join("").trimEnd()}…`;
}
