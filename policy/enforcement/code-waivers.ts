import { z } from "zod";
import { ProblemCollector } from "./policy-input-error";
import { checkShape } from "./private/check-shape";
import { day, filled, reason } from "./private/fields";
import { readJson } from "./private/read-json";
import type { Waiver, WaiverScope } from "./waiver";

/** A stack as it was synthesised. */
export interface SynthesizedText {
  /** Id of the stack, as findings have it. */
  readonly stack: string;
  /** Text of its Terraform JSON. */
  readonly json: string;
}

const carriedSchema = z.array(
  z.strictObject({
    path: z.string(),
    wholeStack: z.boolean().default(false),
    rules: z.array(filled()).min(1, "must name at least one rule"),
    reason: reason(),
    expires: day(),
    ticket: filled().optional(),
    finding: filled().optional(),
  }),
);

/** A waiver in one stack; the same one may stand in several. */
interface Carried extends Omit<Waiver, "scope"> {
  readonly path: string;
  readonly stack: string;
  readonly wholeStack: boolean;
}

/**
 * Reads the waivers that were written in code, from the comment of each stack that carries them. One that stands in several
 * stacks, since it was written on the app, is one waiver; one for several rules is one for each.
 *
 * @throws PolicyInputError for what is no JSON or no waiver, with the stack it stands in
 */
export function readCodeWaivers(stacks: readonly SynthesizedText[]): readonly Waiver[] {
  const collector = new ProblemCollector();
  const carried = stacks.flatMap((stack) => collector.try(() => readCarried(stack)) ?? []);
  collector.throwIfAny();
  const groups = new Map<string, Carried[]>();
  for (const one of carried) {
    const { stack: _stack, wholeStack: _whole, ...same } = one;
    const key = JSON.stringify(Object.entries(same).sort());
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map(merged);
}

function readCarried({ stack, json }: SynthesizedText): readonly Carried[] {
  const file = `waivers in stack ${stack}`;
  const { value, whereIs } = readJson(json, file);
  // Terraform takes a list of roots for one.
  const roots = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return roots.flatMap((root) => {
    const waivers = ["//", "flightdeck", "waivers"].reduce(childOf, root);
    if (waivers === undefined) return [];
    return checkShape(carriedSchema, { value: waivers, whereIs }).flatMap(({ rules, path, ...others }) =>
      rules.map((rule) => ({ ...others, rule, path, stack, where: path === "" ? "the app" : path })),
    );
  });
}

function merged(group: readonly Carried[]): Waiver {
  const [{ path, stack: _stack, wholeStack: _whole, ...waiver }] = group as [Carried, ...Carried[]];
  const stacks = (some: readonly Carried[]): readonly string[] => [...new Set(some.map(({ stack }) => stack))];
  const scope: WaiverScope = {
    by: "construct",
    path,
    stacks: stacks(group),
    wholeStacks: stacks(group.filter(({ wholeStack }) => wholeStack)),
  };
  return { ...waiver, scope };
}

function childOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
