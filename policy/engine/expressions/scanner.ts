import { TemplateError } from "./template-error";

/** Templates, lists, calls and the like in each other; beyond that the text counts as unreadable. */
const DEEPEST = 150;

/** Characters with which white space or a comment may begin. */
const MAY_BE_SPACE: ReadonlySet<number> = new Set([..." \t\n\r\f\v#/"].map((character) => character.charCodeAt(0)));
const LAST_ASCII = 0x7f;

/** A place in a text that only moves forward, so that reading takes time linear in its length. */
export class Scanner {
  position = 0;
  private depth = 0;

  constructor(readonly source: string) {}

  get done(): boolean {
    return this.position >= this.source.length;
  }

  /** Reads white space and comments. */
  space(): void {
    while (
      MAY_BE_SPACE.has(this.source.charCodeAt(this.position)) ||
      this.source.charCodeAt(this.position) > LAST_ASCII
    ) {
      const before = this.position;
      this.skipTo(/\S/g, 0);
      if (this.sees("#") || this.sees("//")) this.skipTo(/\n/g, 1);
      else if (this.sees("/*")) this.skipTo(/\*\//g, 2);
      else if (this.position === before) return;
    }
  }

  /** Whether this comes next; nothing is read. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  /** Reads this if it comes next, white space before it included. */
  takes(text: string): boolean {
    this.space();
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Reads this. @throws {TemplateError} when something else comes next */
  expect(text: string): void {
    if (!this.takes(text)) this.refuse(`\`${text}\``);
  }

  /** Reads what a sticky pattern matches, if it does. */
  match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.source)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }

  /** Reads something that may hold more of its own kind. @throws {TemplateError} when it is nested too deeply */
  nested<Result>(read: () => Result): Result {
    if (++this.depth > DEEPEST) this.refuse(`at most ${DEEPEST} levels of nesting`);
    const result = read();
    this.depth--;
    return result;
  }

  /** @throws {TemplateError} always */
  refuse(expected: string): never {
    throw new TemplateError(expected, this.position);
  }

  private skipTo(global: RegExp, beyond: number): void {
    global.lastIndex = this.position;
    const found = global.exec(this.source);
    this.position = found === null ? this.source.length : found.index + beyond;
  }
}
