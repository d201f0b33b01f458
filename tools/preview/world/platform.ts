import type { Moment } from "./sink";
import { around, dayLoad, ramp } from "./noise";

/** A node of the generated platform. */
export interface WorldNode {
  readonly name: string;
  readonly pool: string;
  readonly instanceType: string;
  readonly spot: boolean;
  readonly zone: string;
  readonly cpus: number;
  readonly memoryGib: number;
  readonly gpus: number;
  readonly gpuModel: string;
  /** US dollars an hour, of the whole node and of one of its GPUs. */
  readonly hourly: number;
  readonly gpuHourly: number;
}

/** A pod of the generated platform. */
export interface WorldPod {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** undefined: it waits. */
  readonly node?: string;
  readonly cpus: number;
  readonly memoryGib: number;
  /** Places of its GPUs on the node; of one that waits, as many as it asks for. */
  readonly gpus: readonly number[];
  readonly owner: { readonly kind: "Job" | "ReplicaSet" | "StatefulSet" | "DaemonSet"; readonly name: string };
  /** Hours before the last moment at which it began, and ended. */
  readonly from: number;
  readonly to: number;
  /** How busy its GPUs are, or its CPUs where it has none: 0 to 1. */
  readonly busy: (moment: Moment) => number;
}

const REGION = "eu-central-1";
const nodeName = (address: string): string => `ip-10-0-${address}.${REGION}.compute.internal`;

const node = (
  address: string,
  pool: string,
  instanceType: string,
  size: Pick<WorldNode, "cpus" | "memoryGib" | "hourly"> & Partial<WorldNode>,
): WorldNode => ({
  name: nodeName(address),
  pool,
  instanceType,
  spot: false,
  zone: `${REGION}${"abc"[address.length % 3] ?? "a"}`,
  gpus: 0,
  gpuModel: "",
  gpuHourly: 0,
  ...size,
});

const L40S = { cpus: 48, memoryGib: 384, gpus: 4, gpuModel: "NVIDIA L40S", hourly: 10.49, gpuHourly: 2.2 };
const H100 = { cpus: 192, memoryGib: 2048, gpus: 8, gpuModel: "NVIDIA H100 80GB HBM3", hourly: 55.04, gpuHourly: 6.1 };

/** Nodes of three pools, two of them with GPUs. */
export const NODES: readonly WorldNode[] = [
  node("12-31", "system", "m7i.xlarge", { cpus: 4, memoryGib: 16, hourly: 0.24 }),
  node("40-118", "system", "m7i.xlarge", { cpus: 4, memoryGib: 16, hourly: 0.24 }),
  node("71-9", "general", "m7i.4xlarge", { cpus: 16, memoryGib: 64, hourly: 0.97 }),
  node("15-204", "general", "m7i.4xlarge", { cpus: 16, memoryGib: 64, hourly: 0.97 }),
  node("20-17", "l40s", "g6e.12xlarge", L40S),
  node("52-140", "l40s", "g6e.12xlarge", { ...L40S, spot: true, hourly: 4.2, gpuHourly: 0.9 }),
  node("88-63", "h100", "p5.48xlarge", H100),
];

const [SYSTEM_A, SYSTEM_B, GENERAL_A, GENERAL_B, L40S_A, L40S_B, H100_A] = NODES.map(({ name }) => name);
const EVER = 1000;
const NEVER = -1;
/** The node whose disk fills. */
export const FILLING_NODE = GENERAL_B ?? "";
/** The canary of the chat model has been there for so many hours. */
export const CANARY_HOURS = 5;

const serving =
  (name: string, most: number) =>
  (moment: Moment): number =>
    Math.min(0.98, Math.max(0.05, around(most * dayLoad(moment), 0.12, name, moment)));
const training =
  (name: string) =>
  (moment: Moment): number =>
    // An evaluation between two epochs leaves the GPUs waiting for a few minutes.
    (moment.time / 60) % 47 < 4 ? 0.18 : Math.min(1, around(0.93, 0.05, name, moment));
const steady =
  (share: number) =>
  (moment: Moment): number =>
    around(share, 0.2, `steady-${share}`, moment);

const replica = (name: string): WorldPod["owner"] => ({ kind: "ReplicaSet", name });
const job = (name: string): WorldPod["owner"] => ({ kind: "Job", name });

const CPU_PODS: readonly WorldPod[] = (
  [
    ["monitoring", "prometheus-kps-prometheus-0", "prometheus", GENERAL_A, 2, 8, "kps-prometheus"],
    ["monitoring", "alertmanager-kps-alertmanager-0", "alertmanager", GENERAL_B, 0.2, 0.5, "kps-alertmanager"],
    ["monitoring", "grafana-7d9f5c8b6-x2k4j", "grafana", GENERAL_A, 0.5, 1, "grafana-7d9f5c8b6"],
    ["monitoring", "loki-0", "loki", GENERAL_B, 1, 4, "loki"],
    ["mlflow", "mlflow-6f7d8c5b9-qq8xw", "mlflow", GENERAL_A, 1, 2, "mlflow-6f7d8c5b9"],
    ["mlflow", "mlflow-6f7d8c5b9-r5t2z", "mlflow", GENERAL_B, 1, 2, "mlflow-6f7d8c5b9"],
    ["karpenter", "karpenter-5c9d7f6b4-m8h2p", "controller", SYSTEM_A, 0.5, 1, "karpenter-5c9d7f6b4"],
    ["kube-system", "coredns-74b9c6d5f-2xk9d", "coredns", SYSTEM_A, 0.1, 0.2, "coredns-74b9c6d5f"],
    ["kube-system", "coredns-74b9c6d5f-w7r4q", "coredns", SYSTEM_B, 0.1, 0.2, "coredns-74b9c6d5f"],
    ["argo", "argo-workflows-workflow-controller-66f9b7c8d-k2m5v", "controller", SYSTEM_B, 0.5, 1, "argo-workflows"],
    ["serving", "ranker-5b8f7d9c6-4tq7n", "ranker", GENERAL_A, 4, 8, "ranker-5b8f7d9c6"],
    ["serving", "ranker-5b8f7d9c6-9wz2k", "ranker", GENERAL_B, 4, 8, "ranker-5b8f7d9c6"],
  ] as const
).map(([namespace, pod, container, place, cpus, memoryGib, owner]) => ({
  namespace,
  pod,
  container,
  node: place,
  cpus,
  memoryGib,
  gpus: [],
  owner: replica(owner),
  from: EVER,
  to: NEVER,
  busy: namespace === "serving" ? serving(pod, 0.6) : steady(0.25),
}));

/** Pods that hold GPUs, or wait for some. */
export const GPU_PODS: readonly WorldPod[] = [
  gpuPod("serving", "chat-6c8d9f7b5-h4n8t", L40S_A, [0, 1], replica("chat-6c8d9f7b5"), serving("chat-0", 0.92)),
  gpuPod("serving", "chat-6c8d9f7b5-z7k3m", L40S_B, [0, 1], replica("chat-6c8d9f7b5"), serving("chat-1", 0.88)),
  {
    ...gpuPod(
      "serving",
      "chat-canary-7f5b9d8c4-p9x6r",
      L40S_B,
      [2],
      replica("chat-canary-7f5b9d8c4"),
      serving("canary", 0.7),
    ),
    from: CANARY_HOURS,
  },
  gpuPod(
    "serving",
    "embedder-predictor-5d7c9b8f6-k8v2s",
    L40S_A,
    [2],
    replica("embedder-predictor-5d7c9b8f6"),
    serving("emb", 0.45),
  ),
  gpuPod("research", "notebook-mira-0", L40S_A, [3], { kind: "StatefulSet", name: "notebook-mira" }, () => 0.004),
  {
    ...gpuPod(
      "ranking",
      "ranker-training-1042-xk7dq",
      H100_A,
      [0, 1, 2, 3],
      job("ranker-training-1042"),
      training("rank-a"),
    ),
    from: 14,
    to: 6.5,
  },
  {
    ...gpuPod(
      "ranking",
      "ranker-training-1043-b2v9m",
      H100_A,
      [0, 1, 2, 3],
      job("ranker-training-1043"),
      training("rank-b"),
    ),
    from: 5,
  },
  gpuPod("research", "llm-finetune-88-6dq4w", H100_A, [4, 5, 6, 7], job("llm-finetune-88"), training("llm")),
  {
    ...gpuPod("research", "llm-finetune-89-t5j8c", undefined, [0, 1, 2, 3], job("llm-finetune-89"), () => 0),
    from: 0.4,
  },
];

/** All pods. */
export const PODS: readonly WorldPod[] = [...CPU_PODS, ...GPU_PODS];

/** Jobs of teams: name, namespace, hours before the last moment at which each began and ended, and how. */
export const JOBS = [
  { namespace: "ranking", name: "ranker-training-1041", from: 22, to: 15, failed: false },
  { namespace: "ranking", name: "ranker-training-1042", from: 14, to: 6.5, failed: false },
  { namespace: "ranking", name: "ranker-training-1043", from: 5, to: NEVER, failed: false },
  { namespace: "research", name: "llm-finetune-87", from: 30, to: 11, failed: true },
  { namespace: "research", name: "llm-finetune-88", from: 10.5, to: NEVER, failed: false },
  { namespace: "research", name: "llm-finetune-89", from: 0.4, to: NEVER, failed: false },
] as const;

/** Namespaces of teams, and who they are. */
export const TEAMS: Readonly<Record<string, string>> = {
  serving: "platform",
  ranking: "ranking",
  research: "research",
};

/** Whether something that is there between two times is there now. */
export function isThere({ from, to }: { readonly from: number; readonly to: number }, { hoursAgo }: Moment): boolean {
  return hoursAgo <= from && hoursAgo > to;
}

/** Share of the filling disk that is in use: it grows faster and faster. */
export function fillingDisk(moment: Moment): number {
  return 0.52 + 0.1 * ramp(moment, 24, 6) + 0.3 * ramp(moment, 6, 0);
}

function gpuPod(
  namespace: string,
  pod: string,
  place: string | undefined,
  gpus: readonly number[],
  owner: WorldPod["owner"],
  busy: WorldPod["busy"],
): WorldPod {
  const size = { cpus: 6 * gpus.length, memoryGib: 48 * gpus.length };
  return { namespace, pod, container: "main", node: place, ...size, gpus, owner, from: EVER, to: NEVER, busy };
}
