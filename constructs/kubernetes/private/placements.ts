import type { PodPlacement } from "../../core/placement";
import type { PropChecks } from "../../core/prop-checks";
import { Quantity } from "../../core/quantity";
import type { GpuRequest, WorkloadProps } from "../workload-options";
import { containersOf } from "./workload-facts";

/** What a pod needs of a node. */
export interface PodDemand {
  readonly clusterName: string;
  readonly spotTolerant: boolean;
  readonly gpus: GpuRequest | undefined;
  readonly extended: Readonly<Record<string, number>>;
  readonly cpu: Quantity;
  readonly memory: Quantity;
}

/** One requirement on the labels of a node. */
interface LabelRule {
  readonly key: string;
  readonly operator: "In" | "NotIn";
  readonly values: string[];
}

/** The fields of a pod that say on which nodes it may run. */
export interface PodScheduling {
  readonly nodeSelector?: Record<string, string>;
  readonly toleration?: { key: string; operator: string; value?: string; effect: string }[];
  readonly affinity?: {
    readonly nodeAffinity: {
      readonly requiredDuringSchedulingIgnoredDuringExecution: {
        readonly nodeSelectorTerm: { readonly matchExpressions: LabelRule[] }[];
      };
    };
  };
}

/** How the kinds of capacity are named on nodes of pools, of any EKS node group, and of Karpenter. */
const NOT_SPOT: readonly LabelRule[] = [
  { key: "flightdeck.dev/capacity", operator: "NotIn", values: ["spot"] },
  { key: "eks.amazonaws.com/capacityType", operator: "NotIn", values: ["SPOT"] },
  { key: "karpenter.sh/capacity-type", operator: "NotIn", values: ["spot"] },
];
/** A device plugin answers a request for more with an error, since two shares may be of one GPU. */
const ONE_SHARE = /\.shared$/;
const NOTHING = Quantity.of("0");

/** What the pods of a workload need; amounts that cannot be read count as nothing, and are reported with the containers. */
export function demandOf(props: WorkloadProps): PodDemand {
  const { cluster, gpus, spotTolerant = false } = props;
  const running = containersOf(props).filter(({ prop }) => !prop.startsWith("initContainers"));
  const resources = running.map(({ container }) => container.resources);
  const extended: Record<string, number> = {};
  for (const [resource, count] of resources.flatMap((each) => Object.entries(each.extended ?? {}))) {
    extended[resource] = (extended[resource] ?? 0) + count;
  }
  const sum = (amounts: readonly string[]) =>
    amounts.reduce((total, amount) => total.plus(Quantity.tryOf(amount) ?? NOTHING), NOTHING);
  return {
    ...{ clusterName: cluster.plainName, gpus, spotTolerant, extended },
    cpu: sum(resources.map(({ cpu }) => cpu)),
    memory: sum(resources.map(({ memory }) => memory)),
  };
}

/** What the pool of a GPU request says of its nodes; nothing when the request names none. */
export function placementsOf(gpus: GpuRequest | undefined): PodPlacement[] {
  const told: PodPlacement[] = [];
  const { pool } = gpus ?? ({} as Partial<GpuRequest>);
  pool?.place({ placeOn: (placement) => told.push(placement) });
  return told;
}

/** What the main container asks for to get its GPUs. */
export function gpuResources(gpus: GpuRequest | undefined, [pool]: readonly PodPlacement[]): Record<string, number> {
  return gpus === undefined || pool?.gpuResource === undefined ? {} : { [pool.gpuResource]: gpus.count };
}

/** Adds the rules for putting a pod on a pool. */
export function checkPlacement(checks: PropChecks, prop: string, pool: PodPlacement, demand: PodDemand): void {
  const { poolName, clusterName, largestNode } = pool;
  const home = `must be a pool of cluster ${demand.clusterName}`;
  checks.require(clusterName === demand.clusterName, prop, home, `${poolName} of ${clusterName}`);
  const steady = "must not be a spot pool, or `spotTolerant` be true: AWS takes its nodes back at two minutes' notice";
  checks.require(!pool.spot || demand.spotTolerant, prop, steady, poolName);
  if (demand.gpus !== undefined) checkGpus(checks, prop, pool, demand.gpus);
  for (const [resource, count] of Object.entries(demand.extended)) {
    const offered = largestNode[resource] ?? 0;
    const offers = Object.keys(largestNode).join(", ") || "nothing of the kind";
    const rule =
      offered === 0
        ? `must be a resource that pool ${poolName} offers (${offers})`
        : `must be at most ${offered}, what the largest node of pool ${poolName} has`;
    checks.require(count <= offered, `resources.extended["${resource}"]`, rule, offered === 0 ? resource : count);
  }
  const cpus = Quantity.of(String(pool.largestVcpu));
  const fits = (what: string) =>
    `must be at most ${what} in all containers, what the largest node of pool ${poolName} has`;
  checks.require(demand.cpu.compare(cpus) <= 0, "resources.cpu", fits(cpus.toString()), demand.cpu.toString());
  const memory = Quantity.of(`${pool.largestMemoryMiB}Mi`);
  checks.require(
    demand.memory.compare(memory) <= 0,
    "resources.memory",
    fits(memory.toString()),
    demand.memory.toString(),
  );
}

function checkGpus(checks: PropChecks, prop: string, pool: PodPlacement, { count, resource }: GpuRequest): void {
  const { poolName, gpuResource, largestNode } = pool;
  checks.require(gpuResource !== undefined, prop, "must be a pool with NVIDIA GPUs", poolName);
  const whole = Number.isInteger(count) && count >= 1;
  checks.require(whole, "gpus.count", "must be a whole number, 1 or more", count);
  if (gpuResource === undefined) return;
  const offered = largestNode[gpuResource] ?? 0;
  const most = `must be at most ${offered}, what the largest node of pool ${poolName} has of ${gpuResource}`;
  checks.require(!whole || count <= offered, "gpus.count", most, count);
  const share = `must be 1 on pool ${poolName}, where pods share GPUs: two shares may be of one GPU`;
  checks.require(!whole || count === 1 || !ONE_SHARE.test(gpuResource), "gpus.count", share, count);
  const made = `must be the resource that pool ${poolName} offers (${gpuResource})`;
  checks.require(resource === undefined || resource === gpuResource, "gpus.resource", made, resource);
}

/** On which nodes a pod may run. Several pools are a choice of any. */
export function schedulingOf(pools: readonly PodPlacement[], spotTolerant: boolean): PodScheduling {
  const [only] = pools;
  if (only === undefined) return spotTolerant ? {} : requiring([[...NOT_SPOT]]);
  const toleration = tolerationsOf(pools);
  if (pools.length === 1) return { nodeSelector: { ...only.nodeSelector }, toleration };
  const choices = pools.map(({ nodeSelector }) =>
    Object.entries(nodeSelector).map(([key, value]): LabelRule => ({ key, operator: "In", values: [value] })),
  );
  return { ...requiring(choices), toleration };
}

function requiring(choices: LabelRule[][]): PodScheduling {
  const nodeSelectorTerm = choices.map((matchExpressions) => ({ matchExpressions }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerm } } } };
}

function tolerationsOf(pools: readonly PodPlacement[]): PodScheduling["toleration"] {
  const all = pools.flatMap(({ tolerations }) => tolerations);
  const byTaint = new Map(all.map((one) => [`${one.key}=${one.value ?? ""}:${one.effect}`, { ...one }]));
  return byTaint.size === 0 ? undefined : [...byTaint.values()];
}
