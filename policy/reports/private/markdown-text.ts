import { oneLine } from "./visible";

/** What means something to Markdown, or to HTML in it, wherever it stands; an underscore inside a word means nothing. */
const SPECIAL = /[&<>|*`[\\~$]|(?<![a-z0-9])_|_(?![a-z0-9])/gi;

/** Hosts of repositories make a mention of `@name` and a link of `#12`: a blank without width keeps them words. */
const REFERENCE = /[@#](?=\w)/;

const SPECIAL_OR_REFERENCE = new RegExp(`${SPECIAL.source}|${REFERENCE.source}`, "gi");

/**
 * A text from anyone as Markdown that shows it as it is, on one line, in a table too. What stands between backticks becomes code.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : encodedProse(part)))
    .join("");
}

/** A text as code. Written as HTML, since neither a backtick nor a pipe could stand in a code span of a table. */
export function code(text: string): string {
  return `<code>${oneLine(text).replaceAll(SPECIAL, entity)}</code>`;
}

function encodedProse(text: string): string {
  return text.replaceAll(SPECIAL_OR_REFERENCE, (one) => (REFERENCE.test(`${one}x`) ? `${one}&#8203;` : entity(one)));
}

function entity(one: string): string {
  return `&#${one.charCodeAt(0)};`;
}
