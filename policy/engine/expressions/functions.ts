import { Unresolved } from "../unresolved";

/** Terraform's functions whose result is plain before Terraform runs. Each answers undefined when it is not. */
export const FUNCTIONS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  tolist: ([list]) => (Array.isArray(list) ? list : undefined),
  toset: ([list]) => (isTexts(list) ? [...new Set(list)].sort() : Array.isArray(list) ? list : undefined),
  tomap: ([map]) => (isMap(map) ? map : undefined),
  tostring: ([value]) => textOf(value),
  tonumber: ([value]) => numberOf(value),
  tobool: ([value]) => booleanOf(value),
  lower: ([text]) => (typeof text === "string" ? text.toLowerCase() : undefined),
  upper: ([text]) => (typeof text === "string" ? text.toUpperCase() : undefined),
  concat: (lists) => (lists.every(Array.isArray) ? lists.flat() : undefined),
  merge: (maps) => (maps.every(isMap) ? Object.fromEntries(maps.flatMap(Object.entries)) : undefined),
};

/** A boolean, or a text that Terraform takes for one; undefined for all else. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** A text, number or boolean as Terraform writes it into a text; undefined for all else, and for numbers with an exponent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "boolean" || (value !== undefined && numberOf(value) === value) ? String(value) : undefined;
}

/** A number, or a text of digits; undefined for all else. */
function numberOf(value: unknown): number | undefined {
  return isScalar(value) && /^-?\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : undefined;
}

/** Whether it is a text, number or boolean. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Whether it is a map or object with known keys. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unresolved);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
