import type { ChartValueType } from "../../catalog";

/** A JSON schema, as far as it is read. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly [keyword: string]: unknown;
}

const TYPES: Readonly<Record<string, ChartValueType>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "bool",
  array: "list",
  object: "map",
};

/** Deeper than any chart's own keys: schemas of Kubernetes types refer to themselves. */
const DEEPEST = 8;

/**
 * Paths that a chart's schema of values names, with their types: `any` where it allows several. A map is among them only when
 * it takes keys that the schema does not name.
 */
export function schemaValues(schema: unknown): readonly (readonly [path: readonly string[], type: ChartValueType])[] {
  const root = schema as Schema;
  const walk = (at: Schema, path: readonly string[]): [readonly string[], ChartValueType][] => {
    const { properties = {}, ...rest } = resolved(root, at);
    const named = Object.keys(properties).length > 0 && !rest.additionalProperties;
    const own: [readonly string[], ChartValueType][] = path.length === 0 || named ? [] : [[path, typeOf(rest)]];
    if (path.length >= DEEPEST) return own;
    return [...own, ...Object.entries(properties).flatMap(([key, below]) => walk(below, [...path, key]))];
  };
  return walk(root, []);
}

function typeOf({ type, ...rest }: Schema): ChartValueType {
  const one = typeof type === "string" && !("anyOf" in rest) && !("oneOf" in rest);
  return one ? (TYPES[type] ?? "any") : "any";
}

function resolved(root: Schema, schema: Schema): Schema {
  if (!schema.$ref?.startsWith("#/")) return schema;
  const target = schema.$ref
    .slice(2)
    .split("/")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], root);
  return (target as Schema | undefined) ?? {};
}
