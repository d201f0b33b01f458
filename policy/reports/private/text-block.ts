import { cells, cut, padded, wrap } from "./wrap";
import { oneLine, visible } from "./visible";

/** Colours a whole line, after it was broken. */
export type Paint = (line: string) => string;

/** Narrower than this, nothing reads well; wider, the eye loses the line. */
const NARROWEST = 40;
const WIDEST = 110;

/** Lines of a report for people. What it is given may come from anyone, so that nothing in it can steer a terminal. */
export class TextBlock {
  private readonly lines: string[] = [];
  private readonly width: number;

  /** @param width cells of the terminal's line */
  constructor(width: number) {
    this.width = Math.min(Math.max(width, NARROWEST), WIDEST);
  }

  /** Adds an empty line, unless there is one. */
  gap(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== "") this.lines.push("");
  }

  /**
   * Adds a text, broken at the width; lines after the first are as far in as the text of the first.
   *
   * @param indent blanks before it
   * @param label what stands before the first line only
   */
  add(text: string, { indent = 0, label = "", paint = plain, paintLabel = plain }: TextPlace = {}): void {
    const margin = " ".repeat(indent);
    const hanging = " ".repeat(label.length);
    visible(text)
      .split("\n")
      .flatMap((line) => wrap(line, this.width - indent - label.length))
      .forEach((line, index) => {
        const before = index === 0 ? paintLabel(label) : hanging;
        this.lines.push(`${margin}${before}${line === "" ? "" : paint(line)}`.trimEnd());
      });
  }

  /** Adds two texts, on one line where they fit; `paint` is for the second. */
  addPair(
    first: string,
    second: string | undefined,
    { indent = 0, label = "", paint, paintLabel }: TextPlace = {},
  ): void {
    const [one, other] = [oneLine(first), oneLine(second ?? "")];
    const fits = indent + label.length + cells(`${one}  ${other}`) <= this.width;
    this.add(one, { indent, label, paintLabel });
    if (other === "") return;
    if (fits) this.lines.push(`${this.lines.pop() ?? ""}  ${(paint ?? plain)(other)}`);
    else this.add(other, { indent: indent + label.length, paint });
  }

  /** Adds a text as it is: what can be pasted must not be broken. */
  addVerbatim(text: string, indent: number): void {
    const margin = " ".repeat(indent);
    for (const line of visible(text).split("\n")) this.lines.push(`${margin}${line}`.trimEnd());
  }

  /**
   * Adds rows as columns, two blanks apart.
   *
   * @param whole whether the last column is broken at the width; else it ends there, with `…`
   */
  addColumns(rows: readonly (readonly string[])[], { indent, whole }: { indent: number; whole: boolean }): void {
    const count = Math.max(0, ...rows.map((row) => row.length));
    const widths = Array.from({ length: count - 1 }, (_, column) =>
      Math.max(...rows.map((row) => cells(visible(row[column] ?? "")))),
    );
    for (const row of rows) {
      const label = widths.map((width, column) => `${padded(visible(row[column] ?? ""), width)}  `).join("");
      const text = oneLine(row[count - 1] ?? "");
      this.add(whole ? text : cut(text, this.width - indent - cells(label)), { indent, label });
    }
  }

  /** The lines, each ended. */
  toString(): string {
    return this.lines.map((line) => `${line}\n`).join("");
  }
}

interface TextPlace {
  readonly indent?: number;
  readonly label?: string;
  readonly paint?: Paint;
  readonly paintLabel?: Paint;
}

function plain(line: string): string {
  return line;
}
