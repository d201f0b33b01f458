import { ValidationError } from "./errors";

/** What stands behind the number, and how many thousands or 1024s it stands for. */
const DECIMAL_SUFFIXES: Readonly<Record<string, number>> = {
  ...{ n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 },
};
const BINARY_SUFFIXES = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const TEXT = /^\+?(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?)|[eE]([+-]?\d{1,2}))$/;
/** Kubernetes counts no less than a billionth. */
const DIGITS = 9;
const ONE = 10n ** BigInt(DIGITS);
/** Largest that Kubernetes counts exactly: 2^63 − 1. */
const LARGEST = 2n ** 63n - 1n;

/**
 * An amount of CPU, memory or storage, as Kubernetes writes it: `500m`, `1.5`, `512Mi`, `2G`, `1e3`. Never negative.
 *
 * @example
 * Quantity.of("0.5").compare(Quantity.of("500m")); // 0
 * Quantity.of("1024Mi").toString(); // "1Gi"
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export class Quantity {
  /** @throws ValidationError `INVALID_QUANTITY` */
  static of(text: string): Quantity {
    const quantity = Quantity.tryOf(text);
    if (quantity !== undefined) return quantity;
    throw new ValidationError("INVALID_QUANTITY", [{ prop: "quantity", rule: Quantity.RULE, got: text }]);
  }

  /** The quantity that a text means, or undefined when it means none: for checks that collect problems. */
  static tryOf(text: string): Quantity | undefined {
    const [, digits, suffix, exponent] = TEXT.exec(text) ?? [];
    if (digits === undefined) return undefined;
    const binary = suffix === undefined ? -1 : BINARY_SUFFIXES.indexOf(suffix);
    const nanos =
      binary < 0
        ? scaled(digits, exponent === undefined ? (DECIMAL_SUFFIXES[suffix ?? ""] ?? 0) : Number(exponent))
        : scaled(digits, 0, 1024n ** BigInt(binary + 1));
    return nanos / ONE > LARGEST ? undefined : new Quantity(nanos, binary >= 0);
  }

  /** What a text must be to mean a quantity, for messages. */
  static readonly RULE = "must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi";

  private constructor(
    private readonly nanos: bigint,
    private readonly binary: boolean,
  ) {}

  /** Whether it is nothing. */
  get isZero(): boolean {
    return this.nanos === 0n;
  }

  /** Less than 0 when this is the smaller, 0 when both are the same, more than 0 when this is the larger. */
  compare(other: Quantity): number {
    if (this.nanos === other.nanos) return 0;
    return this.nanos < other.nanos ? -1 : 1;
  }

  /** Both together. */
  plus(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.binary || other.binary);
  }

  /**
   * As the API server writes it back: whole, with the largest suffix that keeps it so. What is written otherwise comes back
   * changed, and a plan may take that for a change.
   */
  toString(): string {
    const whole = this.nanos % ONE === 0n;
    if (this.binary && whole && this.nanos >= 1024n * ONE) return binaryText(this.nanos / ONE);
    return decimalText(this.nanos);
  }
}

/** The number in billionths, rounded up as Kubernetes does. */
function scaled(digits: string, exponent: number, factor = 1n): bigint {
  const [whole = "", fraction = ""] = digits.split(".");
  const power = exponent + DIGITS - fraction.length;
  const number = BigInt(`${whole}${fraction}` || "0") * factor;
  if (power >= 0) return number * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (number + divisor - 1n) / divisor;
}

function binaryText(number: bigint): string {
  const power = BINARY_SUFFIXES.findLastIndex((_, index) => number % 1024n ** BigInt(index + 1) === 0n);
  return `${number / 1024n ** BigInt(power + 1)}${BINARY_SUFFIXES[power] ?? ""}`;
}

function decimalText(nanos: bigint): string {
  if (nanos === 0n) return "0";
  const suffixes = Object.entries(DECIMAL_SUFFIXES);
  const [suffix, exponent] = suffixes.findLast(([, power]) => nanos % 10n ** BigInt(power + DIGITS) === 0n) ?? [
    "n",
    -9,
  ];
  return `${nanos / 10n ** BigInt(exponent + DIGITS)}${suffix}`;
}
