import { mainContainersOf, podSpecOf } from "../../../engine/pod-spec";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

/** Resources by which pods ask for GPUs, shares of them, or Neuron devices. */
const ACCELERATOR = /^(nvidia\.com\/(gpu(\.shared)?|mig-[\w.]+)|aws\.amazon\.com\/neuron(core|device)?|amd\.com\/gpu)$/;

/** Whether a resource is an accelerator, or a share of one: `nvidia.com/gpu`, `nvidia.com/mig-1g.10gb`. */
function isAccelerator(resource: string): boolean {
  return ACCELERATOR.test(resource);
}

/** What one container asks for of one accelerator. */
export interface AcceleratorRequest {
  /** e.g. `nvidia.com/gpu` */
  readonly resource: string;
  readonly request: Value;
  readonly limit: Value;
}

/** The accelerators that a container asks for. */
export function acceleratorsOf(container: Value): readonly AcceleratorRequest[] {
  const named = ["requests", "limits"].flatMap((field) => container.at(["resources", field]).keys);
  return [...new Set(named)].filter(isAccelerator).map((resource) => ({
    resource,
    request: container.at(["resources", "requests", resource]),
    limit: container.at(["resources", "limits", resource]),
  }));
}

/** Whether the pods of a workload ask for an accelerator. */
export function asksForAccelerator(workload: KubernetesObject): boolean {
  return mainContainersOf(workload).some((container) =>
    acceleratorsOf(container).some(({ request, limit }) => request.number !== 0 && limit.number !== 0),
  );
}

/** What one pod takes of a node; an amount is undefined where it is not known. */
export interface PodDemand {
  /** Accelerators by resource. */
  readonly accelerators: ReadonlyMap<string, number | undefined>;
  /** Thousandths of a CPU. */
  readonly cpuMillis: number | undefined;
  readonly memoryBytes: number | undefined;
}

/** What the containers of a pod that run beside one another ask for together; what is not asked for counts as nothing. */
export function demandOf(workload: KubernetesObject): PodDemand {
  const containers = mainContainersOf(workload);
  const accelerators = new Map<string, number | undefined>();
  for (const container of containers)
    for (const { resource, request, limit } of acceleratorsOf(container)) {
      const amount = (limit.absent ? request : limit).number;
      accelerators.set(resource, sum(accelerators.has(resource) ? accelerators.get(resource) : 0, amount));
    }
  return {
    accelerators,
    cpuMillis: totalOf(workload, containers, "cpu", 1000),
    memoryBytes: totalOf(workload, containers, "memory", 1),
  };
}

function totalOf(
  workload: KubernetesObject,
  containers: readonly Value[],
  resource: string,
  scale: number,
): number | undefined {
  const ofPod = podSpecOf(workload).at(["resources", "requests", resource]);
  if (!ofPod.absent) return scaled(ofPod, scale);
  return containers
    .map((container) => {
      const request = container.at(["resources", "requests", resource]);
      return scaled(request.absent ? container.at(["resources", "limits", resource]) : request, scale);
    })
    .reduce(sum, 0);
}

function scaled(value: Value, scale: number): number | undefined {
  if (value.absent) return 0;
  const amount = value.known ? quantity(String(value.literal)) : undefined;
  return amount === undefined ? undefined : amount * scale;
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes as a number: `500m` is 0.5, `1Ki` is 1024; undefined when it is none. */
export function quantity(text: string): number | undefined {
  const [, amount, suffix = ""] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * (SUFFIXES[suffix] ?? 1);
}
