import { at, objectOf, put } from "./mutant";
import type { Block, CompliantEnvironment, Mutant } from "./mutant";

const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers`;

/** Changes one field of an object. */
function breaks(
  rule: string,
  what: string,
  [kind, name]: readonly [string, string],
  path: string,
  value: unknown,
): Mutant {
  return { rule, what, change: (environment) => put(objectOf(environment, kind, name), path, value) };
}

/** Changes one entry of a map whose keys have dots. */
function entry(
  rule: string,
  what: string,
  [kind, name]: readonly [string, string],
  [path, key, value]: readonly [path: string, key: string, value: unknown],
): Mutant {
  return {
    rule,
    what,
    change: (environment) => {
      const map = at(objectOf(environment, kind, name), path) as Block;
      if (value === undefined) Reflect.deleteProperty(map, key);
      else map[key] = value;
    },
  };
}

function remove({ objects }: CompliantEnvironment, kind: string, name: string): void {
  const index = objects.findIndex((object) => object.kind === kind && at(object, "metadata.name") === name);
  if (index < 0) throw new Error(`the environment has no ${kind} ${name}`);
  objects.splice(index, 1);
}

const EMBEDDER = ["Deployment", "embedder"] as const;
const GATEWAY = ["Deployment", "gateway"] as const;
const FINETUNE = ["Job", "finetune"] as const;
const EVALUATE = ["Job", "evaluate"] as const;
const QUEUE = "kueue.x-k8s.io/queue-name";
const POOL = "flightdeck.dev/pool";

export const mutants: readonly Mutant[] = [
  entry("FD-SCHED-001", "half a GPU is asked for", EMBEDDER, [
    `${CONTAINER}.resources.limits`,
    "nvidia.com/gpu",
    "0.5",
  ]),
  entry("FD-SCHED-001", "fewer GPUs are requested than the limit says", FINETUNE, [
    `${CONTAINER}.resources.requests`,
    "nvidia.com/gpu",
    4,
  ]),
  breaks("FD-SCHED-002", "a model server does not tolerate the taint of its nodes", EMBEDDER, `${POD}.tolerations`, []),
  breaks("FD-SCHED-002", "a training tolerates one of two taints", FINETUNE, `${POD}.tolerations.1`, {
    key: "workload",
    operator: "Equal",
    value: "serving",
    effect: "NoSchedule",
  }),
  entry("FD-SCHED-003", "a model server names a pool that is not there", EMBEDDER, [
    `${POD}.nodeSelector`,
    POOL,
    "l40",
  ]),
  entry("FD-SCHED-003", "a model server names a pool without GPUs", EMBEDDER, [
    `${POD}.nodeSelector`,
    POOL,
    "services",
  ]),
  entry("FD-SCHED-004", "more GPUs are asked for than a node has", EMBEDDER, [
    `${CONTAINER}.resources.limits`,
    "nvidia.com/gpu",
    4,
  ]),
  breaks(
    "FD-SCHED-004",
    "more memory is asked for than a node has",
    EVALUATE,
    `${CONTAINER}.resources.requests.memory`,
    "512Gi",
  ),
  breaks("FD-SCHED-005", "a model server takes any GPU", EMBEDDER, `${POD}.nodeSelector`, undefined),
  breaks(
    "FD-SCHED-006",
    "the autoscaler is of another server",
    ["ScaledObject", "embedder"],
    "spec.scaleTargetRef.name",
    "other",
  ),
  breaks("FD-SCHED-007", "an evaluation may hang for ever", EVALUATE, "spec.activeDeadlineSeconds", undefined),
  entry("FD-SCHED-008", "a training passes by its queue", FINETUNE, ["metadata.labels", QUEUE, undefined]),
  entry("FD-SCHED-009", "a training is submitted to no queue that exists", FINETUNE, [
    "metadata.labels",
    QUEUE,
    "rankings",
  ]),
  breaks("FD-SCHED-010", "a queue leads nowhere", ["LocalQueue", "ranking"], "spec.clusterQueue", "rankings"),
  breaks(
    "FD-SCHED-011",
    "a queue shares out what is not there",
    ["ClusterQueue", "ranking"],
    "spec.resourceGroups.flavors.name",
    "h200",
  ),
  {
    rule: "FD-SCHED-011",
    what: "a flavour that queues share out is gone",
    change: (environment) => remove(environment, "ResourceFlavor", "batch"),
  },
  entry(
    "FD-SCHED-012",
    "a flavour has labels that no pool has",
    ["ResourceFlavor", "h100"],
    ["spec.nodeLabels", POOL, "h200"],
  ),
  breaks("FD-SCHED-013", "a gateway tolerates every taint", GATEWAY, `${POD}.tolerations`, [{ operator: "Exists" }]),
  {
    rule: "FD-SCHED-014",
    what: "a gateway is placed on spot nodes",
    change: (environment) => put(objectOf(environment, ...GATEWAY), `${POD}.nodeSelector`, { [POOL]: "batch" }),
  },
  breaks("FD-SCHED-015", "a gateway has a priority that is not there", GATEWAY, `${POD}.priorityClassName`, "critical"),
  breaks("FD-SCHED-016", "a gateway names a pool that is not there", GATEWAY, `${POD}.nodeSelector`, {
    [POOL]: "service",
  }),
  breaks(
    "FD-SCHED-016",
    "a gateway asks for more CPUs than a node has",
    GATEWAY,
    `${CONTAINER}.resources.requests.cpu`,
    "64",
  ),
];
