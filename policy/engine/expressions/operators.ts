import { isScalar } from "./functions";

type Operator = (left: unknown, right?: unknown) => unknown;

const numbers =
  (compute: (left: number, right: number) => number | boolean): Operator =>
  (left, right) => {
    if (typeof left !== "number" || typeof right !== "number") return undefined;
    const result = compute(left, right);
    return typeof result === "boolean" || Number.isFinite(result) ? result : undefined;
  };

const booleans =
  (compute: (left: boolean, right: boolean) => boolean): Operator =>
  (left, right) =>
    typeof left === "boolean" && typeof right === "boolean" ? compute(left, right) : undefined;

const comparison =
  (equal: boolean): Operator =>
  (left, right) =>
    comparable(left) && comparable(right) ? (left === right) === equal : undefined;

/** Terraform's operators over literals; undefined when an operand is not known or not of the operator's type. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  "||": booleans((left, right) => left || right),
  "&&": booleans((left, right) => left && right),
  "==": comparison(true),
  "!=": comparison(false),
  "<": numbers((left, right) => left < right),
  ">": numbers((left, right) => left > right),
  "<=": numbers((left, right) => left <= right),
  ">=": numbers((left, right) => left >= right),
  "+": numbers((left, right) => left + right),
  "-": numbers((left, right) => left - right),
  "*": numbers((left, right) => left * right),
  "/": numbers((left, right) => left / right),
  "%": numbers((left, right) => left % right),
  "unary -": (operand) => (typeof operand === "number" ? -operand : undefined),
  "unary !": (operand) => (typeof operand === "boolean" ? !operand : undefined),
};

function comparable(value: unknown): boolean {
  return value === null || isScalar(value);
}
