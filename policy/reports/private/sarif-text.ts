import { visible } from "./visible";

/**
 * A text as a plain SARIF message. Viewers put arguments for `{0}` and make a link of `[a](b)`, so that those two are escaped as
 * the standard says; they show all other braces as they stand, doubled ones too.
 */
export function sarifText(text: string): string {
  return visible(text)
    .replaceAll(/\{(\d+)\}/g, "{{$1}}")
    .replaceAll(/\[([^[\]]*)\]\(/g, "\\[$1\\](");
}
