import { z } from "zod";
import type { Stage } from "./environment-config";
import { environmentSchema } from "./schema/environment";
import { STORE_NAMES } from "./schema/primitives";
import { STAGE_DEFAULTS } from "./stages";
import { isMap, valueAt, type ValuePath } from "./value-path";

/** Who gave a value. */
export type Origin = "file" | "stage defaults" | "schema default" | "derived";

/** An environment with every default filled in, not yet checked. */
export interface FilledEnvironment {
  /** All values, the file's before the stage's before the derived ones before the schema's. */
  readonly value: unknown;
  /** Who gave the value at a path; of a list, who gave the list. */
  originOf(path: ValuePath): Origin;
}

/**
 * Lays the file over the defaults of its stage, those over what follows from other values, and all of it over the schema's.
 *
 * A null of the file hides what is below: an optional setting is then left out, a required one missing.
 */
export function fillDefaults(file: unknown, stage: Stage): FilledEnvironment {
  const ofStage = stageLayer(file, stage);
  const derived = derivedLayer(file);
  const layers: readonly (readonly [Origin, unknown])[] = [
    ["file", file],
    ["stage defaults", ofStage],
    ["derived", derived],
  ];
  return {
    value: withSchemaDefaults(environmentSchema, overlay(file, overlay(ofStage, derived))),
    originOf: (path) => layers.find(([, layer]) => valueAt(layer, path) !== undefined)?.[0] ?? "schema default",
  };
}

/** Name of the bucket that holds Terraform's states when the file names none; no layer on one that the file leaves out. */
function derivedLayer(value: unknown): unknown {
  const [account, region] = [valueAt(value, ["account"]), valueAt(value, ["region"])].map(textOrNothing);
  const bare = valueAt(value, ["controllers", "enabled"]) === false;
  return {
    state: { bucket: `flightdeck-state-${account}-${region}` },
    ...(bare && { observability: { enabled: false } }),
  };
}

function textOrNothing(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function stageLayer(file: unknown, stage: Stage): unknown {
  const { environment, cpuPool, gpuPool, neuronPool, karpenterPool } = STAGE_DEFAULTS[stage];
  const pools = {
    cpu: forEachPool(valueAt(file, ["nodePools", "cpu"]), cpuPool),
    gpu: forEachPool(valueAt(file, ["nodePools", "gpu"]), gpuPool),
    neuron: forEachPool(valueAt(file, ["nodePools", "neuron"]), neuronPool),
    karpenter: forEachPool(valueAt(file, ["nodePools", "karpenter"]), karpenterPool),
  };
  return overlay({ nodePools: pools, data: { stores: hiddenByTiering(file) } }, environment);
}

/** Intelligent-Tiering moves objects by itself and S3 takes no second move beside it, so the stage's gives way. */
function hiddenByTiering(file: unknown): unknown {
  const tiered = STORE_NAMES.filter((name) => isMap(valueAt(file, ["data", "stores", name, "intelligentTiering"])));
  return Object.fromEntries(tiered.map((name) => [name, { infrequentAccessAfterDays: null }]));
}

function forEachPool(pools: unknown, defaults: unknown): unknown {
  return isMap(pools) ? Object.fromEntries(Object.keys(pools).map((name) => [name, defaults])) : undefined;
}

/** Maps are laid over each other key by key; anything else on top, null too, hides what is below. */
function overlay(top: unknown, bottom: unknown): unknown {
  if (top === undefined) return bottom;
  if (!isMap(top) || !isMap(bottom)) return top;
  const keys = [...new Set([...Object.keys(top), ...Object.keys(bottom)])];
  return Object.fromEntries(
    keys
      .map((key) => [key, overlay(valueAt(top, [key]), valueAt(bottom, [key]))] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function withSchemaDefaults(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return withSchemaDefaults(schema.def.innerType, value === undefined ? schema.def.defaultValue : value);
  }
  if (schema instanceof z.ZodOptional) return withSchemaDefaults(schema.def.innerType, value);
  if (!isMap(value)) return value;
  if (schema instanceof z.ZodRecord) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, withSchemaDefaults(schema.def.valueType, item)]));
  }
  if (!(schema instanceof z.ZodObject)) return value;
  const { shape } = schema.def as { shape: Readonly<Record<string, z.core.$ZodType>> };
  const known = Object.entries(shape).map(
    ([key, inner]) => [key, withSchemaDefaults(inner, withoutNull(inner, valueAt(value, [key])))] as const,
  );
  const others = Object.entries(value).filter(([key]) => !Object.hasOwn(shape, key));
  return Object.fromEntries([...known, ...others].filter(([, item]) => item !== undefined));
}

/** Null leaves a setting out. One that the schema gives a default cannot be left out: its null stays, to be refused. */
function withoutNull(schema: z.core.$ZodType, value: unknown): unknown {
  const hasDefault = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return value === null && !hasDefault ? undefined : value;
}
