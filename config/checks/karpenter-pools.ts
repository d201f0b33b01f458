import { type InstanceType, isNvidiaGpu, tryFindInstanceType } from "../../catalog";
import type { Draft, EnvironmentDraft, Finding } from "../draft";
import type { KarpenterPoolConfig } from "../environment-config";
import type { ValuePath } from "../value-path";
import { isKnown } from "../wording";
import { checkInstanceTypes } from "./instance-types";
import { checkLabelsAndTaints } from "./labels-and-taints";
import { checkPoolZones } from "./pool-zones";
import { type PoolKind, poolsOf } from "./pools";

/** As long as the names of node groups: both become the same label. */
const LONGEST_NAME = 36;
/** Images for accelerators take 5 to 20 GiB each. */
const SMALLEST_ACCELERATED_DISK_GIB = 100;
const LARGEST_DISK_GIB = 16384;
/** Karpenter refuses labels of these domains but its own. @see https://karpenter.sh/v1.14/concepts/scheduling/ */
const KARPENTER_LABEL = /^((?:[a-z0-9.-]+\.)?karpenter\.(?:sh|k8s\.aws))\//;

/** Pools of Karpenter: Karpenter is there, names are not those of other pools, and each has a limit. */
export function* checkKarpenterPools(draft: EnvironmentDraft): Generator<Finding> {
  const { cluster, controllers, network, nodePools } = draft;
  const others = poolsOf(draft);
  for (const [name, pool] of Object.entries(nodePools?.karpenter ?? {})) {
    if (pool === undefined) continue;
    const path = ["nodePools", "karpenter", name];
    if (cluster?.karpenter === false) yield { path, rule: "must be left out while cluster.karpenter is false" };
    if (controllers?.enabled === false) yield { path, rule: "must be left out while controllers.enabled is false" };
    const other = others.find((known) => known.name === name);
    const same = `must not have the name of another pool (${other?.path.join(".")})`;
    if (other !== undefined) yield { path, rule: same, got: name };
    if (name.length > LONGEST_NAME) {
      yield { path, rule: `must have a name of at most ${LONGEST_NAME} characters, which becomes a label`, got: name };
    }
    const kind = kindOf(pool);
    yield* checkLimits(kind, path, pool);
    yield* checkNodes(kind, path, pool);
    yield* checkInstanceTypes(kind, path, pool.instanceTypes ?? []);
    yield* checkPoolZones(path, pool.zones ?? [], network?.zones);
    yield* checkLabelsAndTaints({ kind, path, pool });
    yield* checkKarpenterLabels(path, pool);
  }
}

/** Nodes differ in size, so a number of nodes alone is no limit of the cost. */
function* checkLimits(kind: PoolKind, path: ValuePath, pool: Draft<KarpenterPoolConfig>): Generator<Finding> {
  const { limits } = pool;
  const types = (pool.instanceTypes ?? []).filter(isKnown).map(tryFindInstanceType).filter(isKnown);
  if (limits === undefined || types.length === 0) return;
  const at = [...path, "limits"];
  const [needed, what] = kind === "cpu" ? (["cpus", "without"] as const) : (["accelerators", "with"] as const);
  if (limits[needed] === undefined) {
    yield { path: at, rule: `must limit ${needed}: the cost of a pool ${what} accelerators has no other limit` };
  }
  if (kind === "cpu" && limits.accelerators !== undefined) {
    const rule = "must be left out: the pool has no accelerators";
    yield { path: [...at, "accelerators"], rule, got: limits.accelerators };
  }
  for (const [key, amountOf] of Object.entries(AMOUNTS)) {
    const value = limits[key as keyof typeof AMOUNTS];
    const least = Math.min(...types.map(amountOf));
    if (value === undefined || value >= least) continue;
    yield { path: [...at, key], rule: `must be at least ${least}, what the smallest node has`, got: value };
  }
}

/** What a limit must leave room for. */
const AMOUNTS = {
  cpus: ({ vcpu }: InstanceType) => vcpu,
  memoryGiB: ({ memoryMiB }: InstanceType) => Math.ceil(memoryMiB / 1024),
  accelerators: ({ accelerator }: InstanceType) => accelerator?.count ?? 0,
};

function* checkNodes(kind: PoolKind, path: ValuePath, pool: Draft<KarpenterPoolConfig>): Generator<Finding> {
  const { diskGiB, operatingSystem } = pool;
  if (kind !== "cpu" && diskGiB !== undefined && diskGiB < SMALLEST_ACCELERATED_DISK_GIB) {
    const range = `${SMALLEST_ACCELERATED_DISK_GIB} to ${LARGEST_DISK_GIB}`;
    const rule = `must be ${range} with accelerators, whose images take 5 to 20 GiB each`;
    yield { path: [...path, "diskGiB"], rule, got: diskGiB };
  }
  if (kind === "neuron" && operatingSystem === "bottlerocket") {
    const rule = "must be al2023, the one that EKS builds images with the Neuron driver of";
    yield { path: [...path, "operatingSystem"], rule, got: operatingSystem };
  }
}

function* checkKarpenterLabels(path: ValuePath, { labels }: Draft<KarpenterPoolConfig>): Generator<Finding> {
  for (const key of Object.keys(labels ?? {})) {
    const domain = KARPENTER_LABEL.exec(key)?.[1];
    if (domain === undefined) continue;
    yield { path: [...path, "labels", key], rule: `must not have a key under ${domain}, which is reserved`, got: key };
  }
}

/** What the first type has decides what the others must have. */
function kindOf({ instanceTypes }: Draft<KarpenterPoolConfig>): PoolKind {
  const first = instanceTypes?.[0] === undefined ? undefined : tryFindInstanceType(instanceTypes[0]);
  if (first === undefined || first.accelerator === null) return "cpu";
  return isNvidiaGpu(first) || first.accelerator.kind === "gpu" ? "gpu" : "neuron";
}
