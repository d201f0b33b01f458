import { z } from "zod";
import { nearestName } from "../../../catalog";
import { PolicyInputError } from "../policy-input-error";
import type { PolicyProblem } from "../policy-input-error";
import type { SourceText, ValuePath } from "./read-yaml";

const TYPE_RULES: Readonly<Record<string, string>> = {
  string: "must be text",
  int: "must be a whole number",
  number: "must be a number",
  array: "must be a list",
  object: "must be a map",
  record: "must be a map",
};

const LONGEST_VALUE = 80;

/**
 * The value of a file as its schema has it, defaults filled in.
 *
 * @throws PolicyInputError with everything the schema refuses: `waivers.yaml:4: [0].expires must be …, got …`
 */
export function checkShape<Schema extends z.ZodType>(schema: Schema, source: SourceText): z.output<Schema> {
  const { success, data, error } = schema.safeParse(source.value, { error: limitRule });
  if (success) return data;
  throw new PolicyInputError(
    error.issues.flatMap((issue) => problemsOf(issue, schema, source.value, (path) => source.whereIs(path))),
  );
}

/** The rule with what is there instead: `must be a list, got "x"`. */
export function withGot(rule: string, got: unknown): string {
  if (got === undefined) return rule;
  const text = JSON.stringify(got) ?? String(got);
  return `${rule}, got ${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}`;
}

/** The second half of a sentence about a name that does not exist. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? "" : `, did you mean ${nearest}?`;
}

function limitRule(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  return issue.code === "too_big" ? `must be at most ${issue.maximum}` : undefined;
}

function problemsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  root: unknown,
  whereIs: (path: ValuePath) => string,
): PolicyProblem[] {
  const problem = (path: ValuePath, rule: string): PolicyProblem => ({
    where: whereIs(path),
    message: `${formatPath(path)}${path.length > 0 ? " " : ""}${rule}`,
  });
  const got = valueAt(root, issue.path);
  const missing = got === undefined;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => problem([...issue.path, key], unknownKey(schemaAt(schema, issue.path), key)));
    case "invalid_value":
      return [problem(issue.path, missing ? "is required" : enumRule(issue.values, got))];
    case "invalid_type":
      return [problem(issue.path, missing ? "is required" : withGot(typeRule(issue.expected), got))];
    default:
      return [problem(issue.path, withGot(issue.message, got))];
  }
}

function typeRule(expected: string): string {
  return TYPE_RULES[expected] ?? `must be ${expected}`;
}

function enumRule(values: readonly unknown[], got: unknown): string {
  const names = values.map(String);
  const nearest = typeof got === "string" ? nearestName(got, names) : undefined;
  return `${withGot(`must be ${names.length === 1 ? "" : "one of "}${names.join(", ")}`, got)}${didYouMean(nearest)}`;
}

function unknownKey(schema: z.ZodType | undefined, key: string): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.def.shape) : [];
  return `is not a known key${didYouMean(nearestName(key, known))}; known: ${known.join(", ")}`;
}

function schemaAt(schema: z.ZodType, path: ValuePath): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((outer, segment) => {
    const inner = unwrapped(outer);
    if (inner instanceof z.ZodObject) return unwrapped((inner.def.shape as Record<PropertyKey, z.ZodType>)[segment]);
    if (inner instanceof z.ZodRecord) return unwrapped(inner.def.valueType as z.ZodType);
    return inner instanceof z.ZodArray ? unwrapped(inner.def.element as z.ZodType) : undefined;
  }, unwrapped(schema));
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wraps ? unwrapped(schema.def.innerType as z.ZodType) : schema;
}

function valueAt(root: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, segment)
        ? (value as Record<PropertyKey, unknown>)[segment]
        : undefined,
    root,
  );
}

function formatPath(path: ValuePath): string {
  return path
    .map((segment, index) =>
      typeof segment === "number" ? `[${segment}]` : `${index > 0 ? "." : ""}${String(segment)}`,
    )
    .join("");
}
