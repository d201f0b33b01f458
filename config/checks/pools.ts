import type { EnvironmentDraft, PoolDraft } from "../draft";
import type { ValuePath } from "../value-path";

/** What a pool is for; decides which instance types it may name. */
export type PoolKind = "cpu" | "gpu" | "neuron";

/** A pool with its name and where it is written. */
export interface NamedPool {
  readonly kind: PoolKind;
  readonly name: string;
  readonly path: ValuePath;
  readonly pool: PoolDraft;
}

/** Every pool of an environment, the system pool first. */
export function poolsOf({ nodePools }: EnvironmentDraft): NamedPool[] {
  const named = (kind: PoolKind, pools: Readonly<Record<string, PoolDraft | undefined>>) =>
    Object.entries(pools).flatMap(([name, pool]) =>
      pool === undefined ? [] : [{ kind, name, path: ["nodePools", kind, name], pool }],
    );
  const system: NamedPool[] =
    nodePools?.system === undefined
      ? []
      : [{ kind: "cpu", name: "system", path: ["nodePools", "system"], pool: nodePools.system }];
  return [
    ...system,
    ...named("cpu", nodePools?.cpu ?? {}),
    ...named("gpu", nodePools?.gpu ?? {}),
    ...named("neuron", nodePools?.neuron ?? {}),
  ];
}
