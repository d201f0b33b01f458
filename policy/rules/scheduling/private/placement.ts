import { podSpecOf } from "../../../engine/pod-spec";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { demandOf } from "./accelerators";
import type { PodDemand } from "./accelerators";
import type { NodePool, Taint } from "./node-pools";

/** Labels that differ from node to node, or that agents add once a node runs. */
const OF_THE_NODE =
  /^(topology\.kubernetes\.io\/|kubernetes\.io\/hostname$|nvidia\.com\/|feature\.node\.kubernetes\.io\/|eks\.amazonaws\.com\/nodegroup|topology\.ebs\.csi\.aws\.com\/|karpenter\.k8s\.aws\/)/;

/** Which nodes the pods of a workload ask for: its node selector and its required node affinity. */
export interface Placement {
  readonly selector: Value;
  /** Terms of which one must be fulfilled; none: any node will do. */
  readonly terms: readonly Value[];
  /** Whether anything is asked for at all. */
  readonly given: boolean;
}

/** Reads which nodes the pods of a workload ask for. */
export function placementOf(workload: KubernetesObject): Placement {
  const spec = podSpecOf(workload);
  const selector = spec.at("nodeSelector");
  const affinity = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
  const terms = spec.each(affinity);
  return { selector, terms, given: selector.unknown || selector.keys.length > 0 || terms.length > 0 };
}

/** The pools whose nodes have the labels that a placement asks for; a label with an unknown value fits. */
export function matchingPools(placement: Placement, pools: readonly NodePool[]): readonly NodePool[] {
  const { selector, terms } = placement;
  return pools.filter(
    (pool) =>
      selector.keys.every((key) => hasLabel(pool, key, "In", [selector.at([key])])) &&
      (terms.length === 0 || terms.some((term) => term.each("matchExpressions").every((one) => fulfils(pool, one)))),
  );
}

/** The pools that have both the labels a workload asks for and every accelerator, however few of it. */
export function poolsWithAccelerators(workload: KubernetesObject, pools: readonly NodePool[]): readonly NodePool[] {
  const resources = [...demandOf(workload).accelerators.keys()];
  return matchingPools(placementOf(workload), pools).filter(({ offers }) =>
    resources.every((resource) => offers(resource) !== 0),
  );
}

function fulfils(pool: NodePool, expression: Value): boolean {
  const operator = expression.at("operator").text ?? "In";
  return hasLabel(pool, expression.at("key").text ?? "", operator, expression.each("values"));
}

function hasLabel(pool: NodePool, key: string, operator: string, wanted: readonly Value[]): boolean {
  const found = pool.labels.get(key);
  if (found === undefined && OF_THE_NODE.test(key)) return true;
  const listed = (found ?? []).some((label) =>
    wanted.some((value) => value.unknown || label.includes("${") || String(value.literal) === label),
  );
  switch (operator) {
    case "In":
      return listed;
    case "NotIn":
      return found === undefined || found.length > 1 || !listed;
    case "DoesNotExist":
      return found === undefined;
    default:
      return found !== undefined;
  }
}

/** The taints of a pool that keep the pods of a workload away. */
export function untolerated(workload: KubernetesObject, pool: NodePool): readonly Taint[] {
  const tolerations = podSpecOf(workload).each("tolerations");
  return pool.taints.filter(
    (taint) => taint.effect !== "PreferNoSchedule" && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

/** Whether a toleration covers a taint; one that is not known does. */
export function tolerates(toleration: Value, { key, value, effect }: Taint): boolean {
  if (toleration.unknown) return true;
  const fits = (field: string, wanted: string) => {
    const found = toleration.at(field);
    return found.absent || found.unknown || found.literal === "" || String(found.literal) === wanted;
  };
  if (!fits("effect", effect) || !fits("key", key)) return false;
  const everything = toleration.at("operator").text === "Exists";
  return (
    everything ||
    (!toleration.at("key").absent && (toleration.at("value").unknown || (toleration.at("value").text ?? "") === value))
  );
}

/** Why a pod does not fit on an empty node of a pool, such as `8 nvidia.com/gpu of 1`; undefined when it does, or may. */
export function misfit({ accelerators, cpuMillis, memoryBytes }: PodDemand, pool: NodePool): string | undefined {
  for (const [resource, amount] of accelerators) {
    const offered = pool.offers(resource);
    if (amount !== undefined && offered !== undefined && amount > offered) return `${amount} ${resource} of ${offered}`;
  }
  const { cpus, memoryMiB } = pool;
  if (cpus === undefined || memoryMiB === undefined) return undefined;
  if (cpuMillis !== undefined && cpuMillis > cpus * 1000) return `${cpuMillis / 1000} CPUs of ${cpus}`;
  const mebibytes = memoryBytes === undefined ? 0 : memoryBytes / 2 ** 20;
  return mebibytes > memoryMiB
    ? `${Math.ceil(mebibytes / 1024)} GiB of memory of ${Math.floor(memoryMiB / 1024)}`
    : undefined;
}
