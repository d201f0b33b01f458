import type { EnvironmentDraft, Finding } from "../draft";
import { checkAcceleratedPool } from "./accelerated-pools";
import { checkInstanceTypes } from "./instance-types";
import { checkLabelsAndTaints } from "./labels-and-taints";
import { duplicates } from "../wording";
import { checkPoolZones } from "./pool-zones";
import { poolsOf, type NamedPool } from "./pools";
import { checkTimeZone } from "./time-zone";

/** Names, sizes, zones, instance types, labels and taints of all node pools. */
export function* checkNodePools(draft: EnvironmentDraft): Generator<Finding> {
  const pools = poolsOf(draft);
  yield* checkPoolNames(pools);
  for (const named of pools) {
    yield* checkSizes(named);
    yield* checkPoolZones(named.path, named.pool.zones ?? [], draft.network?.zones);
    yield* checkInstanceTypes(named.kind, named.path, named.pool.instanceTypes ?? []);
    yield* checkLabelsAndTaints(named);
    yield* checkAcceleratedPool(named);
    yield* checkOffHours(named);
  }
}

function* checkOffHours({ path, pool }: NamedPool): Generator<Finding> {
  const { offHours } = pool;
  if (offHours === undefined) return;
  const at = [...path, "offHours"];
  if (path.join(".") === "nodePools.system") {
    yield { path: at, rule: "must be left out: without the system pool nothing runs" };
  }
  const { timeZone, start, stop } = offHours;
  yield* checkTimeZone([...at, "timeZone"], timeZone);
  if (start !== undefined && start === stop) {
    yield { path: [...at, "stop"], rule: `must be another time than start (${start})`, got: stop };
  }
  for (const { value, index } of duplicates(offHours.days ?? [])) {
    yield { path: [...at, "days", index], rule: "must not name a day twice", got: value };
  }
}

function* checkPoolNames(pools: readonly NamedPool[]): Generator<Finding> {
  for (const { value, index } of duplicates(pools.map(({ name }) => name))) {
    const path = pools[index]?.path ?? [];
    const first = pools.find(({ name }) => name === value)?.path.join(".") ?? "";
    yield { path, rule: `must not have the name of another pool (${first})`, got: value };
  }
}

function* checkSizes({ path, pool }: NamedPool): Generator<Finding> {
  const { minSize, desiredSize, maxSize } = pool;
  if (path.join(".") === "nodePools.system" && minSize === 0) {
    yield {
      path: [...path, "minSize"],
      rule: "must be at least 1, or the cluster's own components have no node",
      got: 0,
    };
  }
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    yield { path: [...path, "minSize"], rule: `must be at most maxSize (${maxSize})`, got: minSize };
    return;
  }
  if (desiredSize === undefined) return;
  if (minSize !== undefined && desiredSize < minSize) {
    yield { path: [...path, "desiredSize"], rule: `must be at least minSize (${minSize})`, got: desiredSize };
  }
  if (maxSize !== undefined && desiredSize > maxSize) {
    yield { path: [...path, "desiredSize"], rule: `must be at most maxSize (${maxSize})`, got: desiredSize };
  }
}
