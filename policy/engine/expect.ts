import { mayBeNull } from "./private/may-be-null";
import type { Value } from "./value";
import { fail, pass, unknown } from "./verdict";
import type { Fault, Verdict } from "./verdict";

/** The value must be this literal. */
export function mustBe(value: Value, expected: string | number | boolean): Verdict {
  return must(value, (literal) => String(literal) === String(expected), `must be ${JSON.stringify(expected)}`);
}

/** The value must be one of these literals. */
export function mustBeOneOf(value: Value, allowed: readonly (string | number | boolean)[]): Verdict {
  const rule = `must be one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`;
  return must(value, (literal) => allowed.some((one) => String(one) === String(literal)), rule);
}

/** The value must not be this literal; what is absent is not. */
export function mustNotBe(value: Value, refused: string | number | boolean): Verdict {
  return must(value, (literal) => String(literal) !== String(refused), `must not be ${JSON.stringify(refused)}`);
}

/** The value must be a number of at least this; what is absent counts as `missing`. */
export function mustBeAtLeast(value: Value, least: number, missing = Number.NEGATIVE_INFINITY): Verdict {
  return must(value, () => (value.number ?? missing) >= least, `must be at least ${least}`);
}

/** The value must be a number of at most this; what is absent counts as `missing`. */
export function mustBeAtMost(value: Value, most: number, missing = Number.POSITIVE_INFINITY): Verdict {
  return must(value, () => (value.number ?? missing) <= most, `must be at most ${most}`);
}

/**
 * The value must be there. Blank texts and empty lists are not; a reference or a template is. An expression that may come to
 * nothing, such as a condition with a `null` in it, gives unknown.
 */
export function mustBeSet(value: Value): Verdict {
  const { literal, text } = value;
  if (value.unknown && text !== undefined && mayBeNull(text)) return knownLater(value, "must be set");
  const empty =
    (typeof literal === "string" && literal.trim() === "") || (Array.isArray(literal) && literal.length === 0);
  return value.absent || empty ? fault(value, "must be set") : pass();
}

/** The value must not be there. */
export function mustBeAbsent(value: Value): Verdict {
  return value.absent ? pass() : fault(value, "must not be set");
}

/** The list must hold all of these literals. */
export function mustInclude(value: Value, needed: readonly string[]): Verdict {
  const found = new Set(value.items.map(({ literal }) => String(literal)));
  const missing = needed.filter((one) => !found.has(one));
  if (missing.length === 0) return pass();
  if (value.unknown || value.items.some((item) => item.unknown))
    return knownLater(value, `must include ${missing.join(", ")}`);
  return fault(value, `must include ${missing.join(", ")}`);
}

/**
 * The value must satisfy a test. What is unknown gives unknown.
 *
 * @param holds is given the literal, undefined when the value is absent
 * @param rule the rule, starting with a verb: `must be true`
 */
export function must(
  value: Value,
  holds: (literal: unknown) => boolean,
  rule: string,
  about: Pick<Fault, "key"> = {},
): Verdict {
  if (value.unknown) return knownLater(value, rule, about);
  return holds(value.literal) ? pass() : fault(value, rule, about);
}

function fault(value: Value, rule: string, about: Pick<Fault, "key"> = {}): Verdict {
  return fail(`\`${value.path}\` ${rule}, got ${value.toString()}`, { attribute: value.path, ...about });
}

function knownLater(value: Value, rule: string, about: Pick<Fault, "key"> = {}): Verdict {
  return unknown(`\`${value.path}\` ${rule}, and is known only after apply: ${value.toString()}`, {
    attribute: value.path,
    ...about,
  });
}
