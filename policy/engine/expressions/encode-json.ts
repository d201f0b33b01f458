import { Unresolved } from "../unresolved";
import { escapeTemplate, piecesOf } from "./template-text";

/**
 * The text that `jsonencode` makes of a value: keys in order, signs of HTML escaped. An expression in it stands there as a
 * text, `"${…}"`, even if its value will be a list: what reads the text back finds the expression and not the text.
 */
export function encodeJson(value: unknown): string | Unresolved {
  const writer = new JsonWriter();
  writer.write(value);
  return writer.result();
}

class JsonWriter {
  private readonly references = new Set<string>();
  /** Texts that stand for themselves, and expressions. */
  private readonly pieces: (string | { readonly expression: string })[] = [];

  result(): string | Unresolved {
    const { pieces, references } = this;
    if (pieces.every((piece) => typeof piece === "string")) return pieces.join("");
    const template = pieces.map((piece) => (typeof piece === "string" ? escapeTemplate(piece) : piece.expression));
    return new Unresolved([...references], template.join(""));
  }

  write(value: unknown): void {
    if (value instanceof Unresolved) this.writeTemplate(value);
    else if (Array.isArray(value)) this.writeAll("[", value, "]", (item) => this.write(item));
    else if (typeof value === "object" && value !== null)
      this.writeAll("{", Object.entries(value).sort(byKey), "}", ([key, item]) => {
        this.pieces.push(`${text(key)}:`);
        this.write(item);
      });
    else this.pieces.push(text(value));
  }

  private writeAll<Item>(open: string, items: readonly Item[], close: string, write: (item: Item) => void): void {
    this.pieces.push(open);
    for (const [index, item] of items.entries()) {
      if (index > 0) this.pieces.push(",");
      write(item);
    }
    this.pieces.push(close);
  }

  private writeTemplate(value: Unresolved): void {
    value.references.forEach((reference) => this.references.add(reference));
    this.pieces.push('"');
    for (const piece of piecesOf(value.toString()))
      this.pieces.push("expression" in piece ? piece : text(piece.text).slice(1, -1));
    this.pieces.push('"');
  }
}

function text(value: unknown): string {
  const json = JSON.stringify(value);
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
