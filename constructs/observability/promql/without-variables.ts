/**
 * A query of a dashboard as PromQL: Grafana's variables give way to neutral text, so that it can be parsed. In a text a variable
 * becomes a pattern that takes everything, in brackets five minutes, elsewhere the number 1. A variable that stands for the name
 * of a label or of a metric cannot be checked: the query is then no PromQL, and is refused.
 */
export function withoutVariables(expression: string): string {
  return expression.replace(TOKENS, (token) => {
    if (QUOTES.includes(token[0] ?? "")) return token.replace(VARIABLES, ANYTHING);
    if (token.startsWith("[") && !token.startsWith("[[")) return token.replace(VARIABLES, SOME_TIME);
    return token.replace(VARIABLES, SOME_NUMBER);
  });
}

const VARIABLE = String.raw`\$\{\w+(?:\.\w+)?(?::[\w:]+)?\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]`;
const VARIABLES = new RegExp(VARIABLE, "g");
/** Texts, windows, and variables outside them. */
const TOKENS = new RegExp(
  String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|${"`[^`]*`"}|${VARIABLE}|\[(?:[^\]"'${"`"}\[]|${VARIABLE})*\]`,
  "gs",
);
const QUOTES = "\"'`";
const ANYTHING = ".*";
const SOME_TIME = "5m";
const SOME_NUMBER = "1";
