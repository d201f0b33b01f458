import { z } from "zod";
import { STAGES } from "./schema/primitives";
import { environmentSchema } from "./schema/environment";
import { STAGE_DEFAULTS } from "./stages";
import { isMap, valueAt } from "./value-path";

/** A node of a JSON schema, as far as it is looked at here. */
interface JsonSchema {
  required?: string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  description?: string;
  [keyword: string]: unknown;
}

/** What a layer of defaults says about one place: a value for each stage, `undefined` where it says nothing. */
type Defaults = readonly unknown[];

/** What derives from other values; any text stands for it. */
const DERIVED = { state: { bucket: "" } };

/**
 * The JSON schema of what may be written in a file, for editors: what a stage or the schema gives is optional, and the
 * description says what it gives. Null is for what can be left out and a stage gives: it switches the stage's value off.
 */
export function environmentJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(environmentSchema, { io: "input", target: "draft-7" }) as JsonSchema;
  const { nodePools } = schema.properties ?? {};
  loosen(nodePools?.properties?.["cpu"]?.additionalProperties, byStage("cpuPool"));
  loosen(nodePools?.properties?.["gpu"]?.additionalProperties, byStage("gpuPool"));
  loosen(nodePools?.properties?.["neuron"]?.additionalProperties, byStage("neuronPool"));
  loosen(schema, byStage("environment"));
  loosen(
    schema,
    STAGES.map(() => DERIVED),
    false,
  );
  return { title: "Flightdeck environment", ...schema };
}

function byStage(part: "environment" | "cpuPool" | "gpuPool" | "neuronPool"): Defaults {
  return STAGES.map((stage) => STAGE_DEFAULTS[stage][part]);
}

/** Takes what every stage gives from the required keys, deepest first: a map none of whose keys is required is optional too. */
function loosen(schema: JsonSchema | boolean | undefined, defaults: Defaults, described = true): void {
  if (typeof schema !== "object") return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const values = defaults.map((value) => valueAt(value, [key]));
    if (values.every((value) => value === undefined)) continue;
    loosen(property, values, described);
    const given = values.every((value) => value !== undefined) && (property.required ?? []).length === 0;
    const optional = !schema.required?.includes(key) && property["default"] === undefined;
    if (given) schema.required = (schema.required ?? []).filter((name) => name !== key);
    if (described && !values.some(isMap)) describeDefault(property, values);
    if (optional && !values.some(isMap)) Object.assign(schema.properties ?? {}, { [key]: orNull(property) });
  }
  if (schema.required?.length === 0) delete schema.required;
}

/** What leaving a setting out does elsewhere, only null does where a stage has a value for it. */
function orNull({ description = "", ...value }: JsonSchema): JsonSchema {
  return { description: description.replace("Left out:", "null:"), anyOf: [value, { type: "null" }] };
}

function describeDefault(property: JsonSchema, values: Defaults): void {
  const texts = values.map((value) => (value === undefined ? "none" : [value].flat().join(", ")));
  const same = new Set(texts).size === 1;
  const summary = same ? (texts[0] ?? "") : STAGES.map((stage, index) => `${stage} ${texts[index]}`).join("; ");
  property.description = `${property.description ?? ""} Default: ${summary}.`.trimStart();
}
