import type { EnvironmentConfig, GpuPoolConfig, NeuronPoolConfig, PoolConfig } from "./environment-config";
import type { ValuePath } from "./value-path";

/** A value of which any part may be missing or, being of the wrong type, left out. */
export type Draft<T> = T extends string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly (Draft<Item> | undefined)[]
    : { readonly [Key in keyof T]?: Draft<T[Key]> };

/** An environment whose values are of the right type where they are present; what the checks of `checks/` look at. */
export type EnvironmentDraft = Draft<EnvironmentConfig>;

/** A node pool of any kind, as far as its values are usable. */
export type PoolDraft = Draft<PoolConfig> | Draft<GpuPoolConfig> | Draft<NeuronPoolConfig>;

/** A broken rule that a check found; the loader adds file and line. */
export interface Finding {
  /** Path of the value at fault. */
  readonly path: ValuePath;
  /** The rule, as in `must be 12 digits`. */
  readonly rule: string;
  /** The value found. */
  readonly got?: unknown;
  /** What would be accepted, in words. */
  readonly allowed?: string;
}

/** Looks at what is there of an environment and yields everything wrong with it. */
export type Check = (draft: EnvironmentDraft) => Iterable<Finding>;
