import { isScalar } from "./functions";

type Operator = (left: unknown, right?: unknown) => unknown;

/** Terraform computes with more digits, so that only whole numbers come out the same. */
const whole =
  (compute: (left: number, right: number) => number): Operator =>
  (left, right) => {
    if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return undefined;
    const result = compute(left as number, right as number);
    return Number.isSafeInteger(result) ? result : undefined;
  };

const order =
  (compare: (left: number, right: number) => boolean): Operator =>
  (left, right) =>
    typeof left === "number" && typeof right === "number" ? compare(left, right) : undefined;

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
  "<": order((left, right) => left < right),
  ">": order((left, right) => left > right),
  "<=": order((left, right) => left <= right),
  ">=": order((left, right) => left >= right),
  "+": whole((left, right) => left + right),
  "-": whole((left, right) => left - right),
  "*": whole((left, right) => left * right),
  "/": whole((left, right) => left / right),
  "%": whole((left, right) => left % right),
  "unary -": (operand) => (typeof operand === "number" ? -operand : undefined),
  "unary !": (operand) => (typeof operand === "boolean" ? !operand : undefined),
};

function comparable(value: unknown): boolean {
  return value === null || isScalar(value);
}
