import { z } from "zod";
import { isPlanGuard } from "../engine/is-plan-guard";
import type { Finding } from "../engine/result";
import type { Rule } from "../engine/rule";
import { addDays, daysBetween } from "./calendar-day";
import type { PolicyProblem } from "./policy-input-error";
import { checkShape } from "./private/check-shape";
import { day, filled, reason } from "./private/fields";
import { matchesGlob } from "./private/glob";
import { readYaml } from "./private/read-yaml";
import { unknownRule } from "./private/unknown-rule";

/** What a waiver is for. */
export type WaiverScope =
  | {
      readonly by: "file";
      /**
       * Pattern of stacks.
       * @default - all
       */
      readonly stack?: string;
      /**
       * Pattern of construct paths, with or without the stack before them, of addresses, or of objects.
       * @default - all
       */
      readonly path?: string;
    }
  | {
      readonly by: "construct";
      /** Path of the construct: it and everything in it. */
      readonly path: string;
      /** Stacks in whose JSON it stands. */
      readonly stacks: readonly string[];
      /** Those among them that are in the construct as a whole. */
      readonly wholeStacks: readonly string[];
    };

/** An exception from one rule, from the file or from code. */
export interface Waiver {
  /** Id of the rule. */
  readonly rule: string;
  readonly scope: WaiverScope;
  /**
   * Key of the one finding it is for.
   * @default - all findings of the rule
   */
  readonly finding?: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  readonly ticket?: string;
  /** File and line, or the path of the construct it was written on. */
  readonly where: string;
}

/** What may be written in the file. */
export const waiversSchema = z
  .array(
    z.strictObject({
      rule: filled().describe("Id of the rule."),
      stack: filled().optional().describe("Pattern of stacks, as in atlas-prod-*. Left out: all."),
      path: filled()
        .optional()
        .describe("Pattern of construct paths, addresses or objects, as in Scratch/**. Left out: all."),
      finding: filled().optional().describe("Key of the one finding that is meant. Left out: all of the rule."),
      reason: reason().describe("Why that is right there."),
      expires: day().describe("The last day on which it holds."),
      ticket: filled().optional().describe("Where the matter is followed up."),
    }),
  )
  .describe("Exceptions from rules, for what is not in code.");

/**
 * Reads waivers, a YAML file.
 *
 * @throws PolicyInputError with everything that is wrong with them, but for what {@link waiverProblems} tells
 */
export function readWaivers(text: string, file: string): readonly Waiver[] {
  const { value = [], whereIs } = readYaml(text, file);
  return checkShape(waiversSchema, { value, whereIs }).map(({ stack, path, ...others }, index) => ({
    ...others,
    scope: { by: "file", ...(stack === undefined ? {} : { stack }), ...(path === undefined ? {} : { path }) },
    where: whereIs([index]),
  }));
}

/** What else has to be known to tell whether waivers may be. */
export interface WaiverLimits {
  /** All rules there are. */
  readonly rules: readonly Rule[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly maxWaiverDays: number;
}

/** What is wrong with waivers: a rule that does not exist or cannot be waived, an end too far away. */
export function waiverProblems(waivers: readonly Waiver[], limits: WaiverLimits): readonly PolicyProblem[] {
  return waivers.flatMap(({ rule: id, expires, where }) => {
    const messages = [unknownRule(id, limits.rules), notWaivable(id, limits.rules), tooLong(expires, limits)];
    return messages.flatMap((message) => (message === undefined ? [] : [{ where, message }]));
  });
}

/** What is wrong with a day that is too far away; undefined when it is not. */
export function tooLong(
  expires: string,
  { today, maxWaiverDays }: Pick<WaiverLimits, "today" | "maxWaiverDays">,
): string | undefined {
  if (daysBetween(today, expires) <= maxWaiverDays) return undefined;
  return `\`expires\` must be at most ${maxWaiverDays} days away, on ${addDays(today, maxWaiverDays)}, got ${expires}`;
}

/** Whether a waiver is for a finding, whether it still holds or not. */
export function isFor({ rule, finding: key, scope }: Waiver, finding: Finding): boolean {
  if (finding.rule.id !== rule || (key !== undefined && finding.key !== key)) return false;
  const { stack, path } = finding.place;
  if (scope.by === "construct") {
    if (scope.wholeStacks.includes(stack)) return true;
    return scope.stacks.includes(stack) && path !== undefined && `${path}/`.startsWith(`${scope.path}/`);
  }
  if (scope.stack !== undefined && !matchesGlob(scope.stack, stack)) return false;
  const pattern = scope.path;
  return pattern === undefined || namesOf(finding).some((name) => matchesGlob(pattern, name));
}

/** Whether a waiver may be for something in a stack. */
export function isForStack({ scope }: Waiver, stack: string): boolean {
  if (scope.by === "construct") return scope.stacks.includes(stack);
  return scope.stack === undefined || matchesGlob(scope.stack, stack);
}

/** What the thing is called that a finding is about: by path, by address, and as an object `Deployment/serving/router`. */
function namesOf({ place: { stack, address, path }, type, subject }: Finding): readonly string[] {
  const names = [address, subject];
  if (path !== undefined) names.push(path);
  if (path?.startsWith(`${stack}/`)) names.push(path.slice(stack.length + 1));
  if (subject.startsWith(`${type} `)) names.push(subject.replace(" ", "/"), subject.slice(type.length + 1));
  return names;
}

function notWaivable(id: string, rules: readonly Rule[]): string | undefined {
  const rule = rules.find((one) => one.id === id);
  if (rule?.waivable !== false) return undefined;
  const instead = isPlanGuard(rule) ? ": approve the change instead, by its address" : "";
  return `${id} cannot be waived${instead}`;
}
