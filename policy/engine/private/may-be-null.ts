import type { Node } from "../expressions/node";
import { onlyExpression } from "../expressions/template-text";

/** Functions that give back what they are given, or what stands in a map or list, so that it may be nothing. */
const HANDING_ON: ReadonlySet<string> = new Set([
  "coalesce",
  "nonsensitive",
  "sensitive",
  "tobool",
  "tonumber",
  "tostring",
  "try",
]);

/** Functions that read what nobody knows before. */
const READING: ReadonlySet<string> = new Set(["element", "jsondecode", "lookup", "one", "yamldecode"]);

/**
 * Whether an expression may come to nothing, as far as it shows: a branch of a condition or an argument of `try` that is
 * `null` or an empty text, or a `lookup`. A reference counts as something.
 */
export function mayBeNull(template: string): boolean {
  const expression = onlyExpression(template);
  return expression !== undefined && isNullable(expression);
}

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case "literal":
      return node.value === null || (typeof node.value === "string" && node.value.trim() === "");
    case "template":
      return node.parts.every(isNullable);
    case "interpolation":
      return isNullable(node.expression);
    case "conditional":
      return isNullable(node.then) || isNullable(node.otherwise);
    case "call":
      return READING.has(node.name) || (HANDING_ON.has(node.name) && node.args.some(isNullable));
    case "access":
      return isNullable(node.target);
    default:
      return false;
  }
}
