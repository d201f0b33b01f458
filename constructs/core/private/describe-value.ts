import { Token } from "cdktf";

const LONGEST_VALUE = 120;

/** Renders a value for an error message: text in quotes, lists and objects as JSON, long ones cut. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Token.isUnresolved(value)) return "a value known only after apply";
  const text = JSON.stringify(value, jsonSafe) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}

/** JSON has no NaN, infinity or big integer: it would print `null` or throw. */
function jsonSafe(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
