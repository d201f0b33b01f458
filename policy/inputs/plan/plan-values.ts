import { asBlock } from "./plan-shape";
import type { Written } from "./written";

/** What stands in place of a value that must not be shown. */
export const SENSITIVE = "(sensitive value)";

/** Values of a plan with their marks, all of one shape. */
export interface MarkedValue {
  readonly value: unknown;
  /** `true` wherever only apply will know. */
  readonly unknown?: unknown;
  /** `true` wherever the value is a secret. */
  readonly sensitive?: unknown;
  readonly written: Written;
}

/**
 * The arguments of a resource. What is known after apply becomes an `Unresolved` with what it is made of, and so does every
 * secret, so that no rule can read it and no message show it. What is null, and lists that nobody wrote, are left out: a plan
 * has them for every block that could have been there. So is what nobody wrote and the provider will choose, such as an ARN or
 * a default, when the configuration tells what was written: the synthesis of the same resource lacks it too.
 */
export function readArguments(marked: MarkedValue): Readonly<Record<string, unknown>> {
  const { value, unknown, sensitive, written } = marked;
  const block = asBlock(value) ?? {};
  const unknowns = asBlock(unknown) ?? {};
  const names = [...new Set([...Object.keys(block), ...Object.keys(unknowns)])];
  const read = names.map((name) => {
    const inner = written.argument(name);
    const marks = { unknown: unknowns[name], sensitive: sensitive === true || asBlock(sensitive)?.[name] };
    return [
      name,
      isUnwritten(block[name], inner) || (marks.unknown === true && written.there && !inner.there)
        ? undefined
        : readValue({ value: block[name], ...marks, written: inner }),
    ];
  });
  return Object.fromEntries(read.filter(([, inner]) => inner !== undefined)) as Readonly<Record<string, unknown>>;
}

/** One value, likewise; undefined when there is none. */
export function readValue({ value, unknown, sensitive, written }: MarkedValue): unknown {
  if (unknown === true) return written.unresolved(sensitive === true ? SENSITIVE : undefined);
  if (Array.isArray(value)) {
    if (sensitive === true) return written.unresolved(SENSITIVE);
    return readList({ value, unknown, sensitive, written }, value);
  }
  if (value === null || value === undefined)
    return asBlock(unknown) ? readArguments({ value, unknown, sensitive, written }) : undefined;
  if (sensitive === true) return written.unresolved(SENSITIVE);
  return asBlock(value) ? readArguments({ value, unknown, sensitive, written }) : value;
}

function readList({ unknown, sensitive, written }: MarkedValue, items: readonly unknown[]): readonly unknown[] {
  const unknowns: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
  const secrets: readonly unknown[] = Array.isArray(sensitive) ? sensitive : [];
  return Array.from({ length: Math.max(items.length, unknowns.length) }, (_, index) =>
    readValue({
      value: items[index],
      unknown: unknowns[index],
      sensitive: secrets[index],
      written: written.element(items[index]),
    }),
  ).filter((item) => item !== undefined);
}

function isUnwritten(value: unknown, written: Written): boolean {
  return Array.isArray(value) && value.length === 0 && !written.there;
}
