import { z } from "zod";
import { nearestName } from "../catalog";
import { didYouMean } from "./wording";
import type { Finding } from "./draft";
import { environmentSchema } from "./schema/environment";
import { formatPath, isMap, valueAt, type ValuePath } from "./value-path";

/** What the schema says about a value: every finding, and the value without what is of the wrong type. */
export interface SchemaResult {
  readonly findings: readonly Finding[];
  /** Safe for the checks to look at. */
  readonly draft: unknown;
}

/** Issues after which a value is of no use: neither a length check of zod nor one of `checks/` may look at it. */
const UNUSABLE = new Set<z.core.$ZodIssue["code"]>(["invalid_type", "invalid_value", "invalid_format"]);

const TYPE_RULES: Readonly<Record<string, string>> = {
  string: "must be text",
  number: "must be a whole number",
  int: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be a map of settings",
  record: "must be a map of settings",
};

/** Judges a value by the schema of an environment. */
export function judgeBySchema(value: unknown): SchemaResult {
  const { error } = environmentSchema.safeParse(value, { error: limitRule });
  const issues = (error?.issues ?? []).flatMap((issue) => [issue, ...issuesBehindKey(issue, value)]);
  const unusable = issues.filter(({ code }) => UNUSABLE.has(code)).map(({ path }) => path as ValuePath);
  const ofWrongType = new Set(unusable.map(formatPath));
  return {
    findings: issues
      .filter(({ code, path }) => UNUSABLE.has(code) || !ofWrongType.has(formatPath(path as ValuePath)))
      .flatMap((issue) => findingsOf(issue, value)),
    draft: unusable.reduce(withoutValue, value),
  };
}

/** The words for limits that the schema gives no words of its own. */
function limitRule(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "too_small") return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
  return issue.code === "too_big" ? `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}` : undefined;
}

/** Zod leaves out the value behind a key that it refuses; what is wrong there is wanted all the same. */
function issuesBehindKey(issue: z.core.$ZodIssue, root: unknown): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_key") return [];
  const path = issue.path as ValuePath;
  const { error } = schemaAt(path)?.safeParse(valueAt(root, path), { error: limitRule }) ?? {};
  return (error?.issues ?? []).map((inner) => ({ ...inner, path: [...path, ...inner.path] }));
}

function findingsOf(issue: z.core.$ZodIssue, root: unknown): Finding[] {
  const path = issue.path as ValuePath;
  const got = valueAt(root, path);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key));
  if (issue.code === "invalid_key") {
    return [
      {
        path,
        rule: issue.issues[0]?.message ?? issue.message,
        got: path.at(-1),
        allowed: "for example training, cpu-large",
      },
    ];
  }
  if (issue.code === "invalid_value")
    return [{ path, rule: missingOr("must be one of the allowed values", got), got, allowed: issue.values.join(", ") }];
  if (issue.code === "invalid_type")
    return [{ path, rule: typeRule(issue.expected, got), got, allowed: examplesAt(path) }];
  return [{ path, rule: issue.message, got, allowed: examplesAt(path) }];
}

function missingOr(rule: string, got: unknown): string {
  return got === undefined ? "is required" : rule;
}

function typeRule(expected: string, got: unknown): string {
  const inQuotes = expected === "string" && (typeof got === "number" || typeof got === "boolean") ? ", in quotes" : "";
  return missingOr(`${TYPE_RULES[expected] ?? `must be ${expected}`}${inQuotes}`, got);
}

function unknownKey(path: ValuePath, key: string): Finding {
  const known = keysAt(path);
  const rule = `is not a known key${didYouMean(nearestName(key, known))}`;
  return { path: [...path, key], rule, allowed: known.join(", ") };
}

function keysAt(path: ValuePath): readonly string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.def.shape) : [];
}

function examplesAt(path: ValuePath): string | undefined {
  const examples = schemaAt(path)?.meta()?.["examples"];
  if (!Array.isArray(examples)) return undefined;
  return `for example ${examples.map((example) => JSON.stringify(example)).join(", ")}`;
}

function schemaAt(path: ValuePath): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>(stepInto, environmentSchema);
}

function stepInto(schema: z.ZodType | undefined, segment: string | number): z.ZodType | undefined {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return unwrapped((inner.def.shape as Record<string, z.ZodType>)[segment]);
  if (inner instanceof z.ZodRecord) return unwrapped(inner.def.valueType as z.ZodType);
  return inner instanceof z.ZodArray ? unwrapped(inner.def.element as z.ZodType) : undefined;
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wraps ? unwrapped(schema.def.innerType as z.ZodType) : schema;
}

/** The value with `undefined` at a path; lists keep their positions. */
function withoutValue(value: unknown, path: ValuePath): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => (index === segment ? withoutValue(item, rest) : item));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === segment ? withoutValue(item, rest) : item]),
  );
}
