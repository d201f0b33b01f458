import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  EksCluster,
  type GpuNodePool,
  Namespace,
  type NodePool,
  Workload,
  type WorkloadOptions,
} from "../../constructs";
import type { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import type { KubernetesObject } from "../../sandbox/kubernetes/kubernetes-object";
import { PodHistory } from "../support/pod-history";
import { SmallPlatform, type DefineCluster } from "../support/small-platform";
import { until } from "../support/until";

jest.setTimeout(180_000);

/** The pools of the proof by name. `system` is on demand, `batch` spot, and both GPU pools have nodes of one L4. */
interface Pools {
  readonly batch: NodePool;
  readonly training: GpuNodePool;
  readonly shared: GpuNodePool;
}

/** Nodes that the pools are given, as a scaled pool's `desiredSize`. */
interface Sizes {
  readonly batch: number;
  readonly training: number;
}

const NAMESPACE = "proof";
const POOL_LABEL = "flightdeck.dev/pool";
/** As long as a node may hold up its end in the sandbox. */
const DRAIN_LIMIT_MS = 60_000;
const ADMIN = "arn:aws:iam::111111111111:role/platform-admin";

const platform = new SmallPlatform<Pools>();
let api: KubernetesApi;

beforeAll(async () => {
  await platform.start();
  await platform.apply(pools({ batch: 1, training: 1 }));
  api = await platform.api();
  await until("all nodes are ready", async () => {
    const { nodes } = await platform.cluster();
    return nodes.length === 4 && nodes.every(({ ready }) => ready === 1) ? true : undefined;
  });
}, 300_000);
afterAll(() => platform.dispose(), 60_000);

test("a node group's nodes are of its pool, and offer its GPUs or shares of them", async () => {
  const { nodes } = await platform.cluster();
  expect(nodes).toEqual([
    { pool: "batch", instanceType: "c7i.xlarge", count: 1, ready: 1, gpus: {} },
    { pool: "shared", instanceType: "g6.xlarge", count: 1, ready: 1, gpus: { "nvidia.com/gpu.shared": 4 } },
    { pool: "system", instanceType: "m7i.large", count: 1, ready: 1, gpus: {} },
    { pool: "training", instanceType: "g6.xlarge", count: 1, ready: 1, gpus: { "nvidia.com/gpu": 1 } },
  ]);
});

test("workloads with GPUs land on their pool and on no other", async () => {
  await run("trainer", ({ training }) => ({ ...service(1), gpus: { pool: training, count: 1 } }));
  await run("notebook", ({ shared }) => ({ ...service(3), gpus: { pool: shared, count: 1 } }));
  expect(await poolsOf("trainer", { running: 1 })).toEqual(["training"]);
  expect(await poolsOf("notebook", { running: 3 })).toEqual(["shared", "shared", "shared"]);
});

describe("workloads without GPUs, more of them than the pools hold", () => {
  let refusals: readonly string[];

  beforeAll(async () => {
    await run("server", () => service(4));
    await run("crawler", () => ({ ...service(9), spotTolerant: true }));
    refusals = [...(await settled("server", 4)), ...(await settled("crawler", 9))];
  });
  afterAll(() => remove("server", "crawler"));

  test("avoid spot nodes, unless they tolerate them and other nodes are full", async () => {
    expect(new Set(await poolsOf("server"))).toEqual(new Set(["system"]));
    expect(await poolsOf("crawler")).toContain("batch");
  });

  test("never land on a GPU node: rather they wait, and are told of its taint", async () => {
    const taken = [...(await poolsOf("server")), ...(await poolsOf("crawler"))];
    expect(taken.filter((pool) => pool !== "system" && pool !== "batch")).toEqual([]);
    expect(refusals.length).toBeGreaterThan(1);
    for (const refusal of refusals) expect(refusal).toContain("untolerated taint");
  });
});

test("a pod with 8 GPUs waits for ever on nodes of one, with the reason in its condition and in an event", async () => {
  await api.apply(
    {
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "giant", namespace: "default" } },
      spec: {
        tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
        containers: [{ name: "main", image: "example", resources: { limits: { "nvidia.com/gpu": "8" } } }],
      },
    },
    { fieldManager: "proof" },
  );
  const pod = { apiVersion: "v1", kind: "Pod", name: "giant", namespace: "default" };
  const reason = await until("the scheduler says why", async () => refusalOf(await api.get(pod)));
  expect(reason).toContain("4 Insufficient nvidia.com/gpu");
  await until("an event says it too", async () => {
    const events = await api.list("v1", "Event", { namespace: "default" });
    const told = events.find(({ reason: is }) => is === "FailedScheduling") as { message?: string } | undefined;
    return told?.message?.includes("Insufficient nvidia.com/gpu") ? true : undefined;
  });
  await api.delete(pod);
});

test("a pod that waits for a GPU runs once its node group is scaled through the provider", async () => {
  await run("trainer", ({ training }) => ({
    ...service(2),
    gpus: { pool: training, count: 1 },
  }));
  expect(await settled("trainer", 2)).toEqual([expect.stringContaining("Insufficient nvidia.com/gpu")]);
  await platform.apply(pools({ batch: 2, training: 2 }));
  expect(await poolsOf("trainer", { running: 2 })).toEqual(["training", "training"]);
});

describe("node groups that are scaled down", () => {
  let history: PodHistory;
  let held: { readonly nodes: number; readonly ready: number };
  let heldMs: number;

  beforeAll(async () => {
    await run("api", ({ batch }) => ({ ...service(4), spotTolerant: true, pools: [batch] }));
    await poolsOf("api", { running: 4 });
    // The construct refuses such a budget; people set one by hand.
    const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", name: "trainer", namespace: NAMESPACE };
    await api.mergePatch(budget, { spec: { maxUnavailable: 0 } });
    history = await PodHistory.begin(await platform.administrator(), {
      namespace: NAMESPACE,
      labelSelector: "app.kubernetes.io/name=api",
    });
    await platform.apply(pools({ batch: 1, training: 1 }));
    await until("a node of each pool is drained", async () => ((await draining()).length > 0 ? true : undefined));
    const began = Date.now();
    await until("one pool is smaller", async () => ((await nodesOf("batch")) === 1 ? true : undefined));
    await poolsOf("api", { running: 4 });
    history.end();
    await delay(DRAIN_LIMIT_MS / 2);
    held = { nodes: await nodesOf("training"), ready: (await podsOf("trainer")).filter(isReady).length };
    await until(
      "the other pool is smaller",
      async () => ((await nodesOf("training")) === 1 ? true : undefined),
      120_000,
    );
    heldMs = Date.now() - began;
  });

  test("are drained pod by pod: never fewer are ready than the disruption budget says", async () => {
    expect(Math.min(...history.ready)).toBe(3);
    expect(history.ready.at(-1)).toBe(4);
    expect(await poolsOf("api", { running: 4 })).toEqual(["batch", "batch", "batch", "batch"]);
  });

  test("are held up by a budget that allows no disruption, until the time is over", () => {
    expect(held).toEqual({ nodes: 2, ready: 2 });
    expect(heldMs).toBeGreaterThan(DRAIN_LIMIT_MS - 10_000);
    const log = readFileSync(join(platform.flightdeck.sandboxDirectory, "gateway.log"), "utf8");
    expect(log).toMatch(/was not drained within 60 s and ends with proof\/trainer-/);
  });

  test("leave what has no other node waiting", async () => {
    const [refusal] = await until("a pod waits", async () => {
      const refusals = await settled("trainer", 2);
      return refusals.length === 1 ? refusals : undefined;
    });
    expect(refusal).toContain("Insufficient nvidia.com/gpu");
  });
});

/** The cluster with pools of these sizes. The construct leaves sizes to autoscaling; here the provider is to change them. */
function pools(sizes: Sizes): DefineCluster<Pools> {
  return (stack, base) => {
    const cluster = new EksCluster(stack, "Cluster", { ...base, admins: [ADMIN] });
    cluster.addNodePool("SystemPool", { poolName: "system", instanceTypes: ["m7i.large"], minSize: 1, maxSize: 1 });
    const l4 = { instanceTypes: ["g6.xlarge"], maxSize: 3 };
    const spot = { instanceTypes: ["c7i.xlarge", "c6i.xlarge"], capacity: "spot", maxSize: 3 } as const;
    const batch = cluster.addNodePool("BatchPool", { poolName: "batch", ...spot, desiredSize: sizes.batch });
    const training = cluster.addGpuNodePool("TrainingPool", {
      ...{ poolName: "training", ...l4, desiredSize: sizes.training },
    });
    const shared = cluster.addGpuNodePool("SharedPool", {
      ...{ poolName: "shared", ...l4, desiredSize: 1, sharing: { timeSlicing: { replicas: 4 } } },
    });
    for (const { resource } of [batch, training]) resource.lifecycle = { createBeforeDestroy: true };
    return { cluster, batch, training, shared };
  };
}

/** What a workload is beside its name, and the pools that it is put on. */
type Wanted = Omit<WorkloadOptions, "name"> & { readonly pools?: readonly NodePool[] };

/** Runs a workload of the construct's, or changes one that runs. */
async function run(name: string, wanted: (pools: Pools) => Wanted): Promise<void> {
  await platform.run((stack, { cluster, ...rest }) => {
    const namespace = new Namespace(stack, "Namespace", { cluster, name: NAMESPACE });
    const { pools: placed = [], ...options } = wanted(rest);
    const workload = new Workload(stack, "Workload", { cluster, namespace, name, ...options });
    for (const pool of placed) pool.place(workload);
  });
}

/** A deployment whose pods take most of a CPU each. */
function service(replicas: number): Wanted {
  const resources = { cpu: "700m", memory: "256Mi" };
  const container = { image: "registry.example.com/app:1.0.0", resources };
  return { run: { kind: "deployment", replicas }, container };
}

async function remove(...names: string[]): Promise<void> {
  for (const name of names) {
    await api.delete({ apiVersion: "apps/v1", kind: "Deployment", name, namespace: NAMESPACE });
    await until(`${name} is gone`, async () => ((await podsOf(name)).length === 0 ? true : undefined));
  }
}

function podsOf(name: string): Promise<KubernetesObject[]> {
  return api.list("v1", "Pod", { namespace: NAMESPACE, labelSelector: `app.kubernetes.io/name=${name}` });
}

/** Waits until the scheduler has decided on all pods of a workload. @returns why those that wait do */
function settled(name: string, count: number): Promise<string[]> {
  return until(`the pods of ${name} run, or wait with a reason`, async () => {
    const pods = await podsOf(name);
    const decided = pods.filter((pod) => isReady(pod) || refusalOf(pod) !== undefined);
    if (pods.length !== count || decided.length !== count) return undefined;
    return pods.filter((pod) => !isReady(pod)).map((pod) => refusalOf(pod) ?? "");
  });
}

/** Pools of the nodes that pods of a workload are on, first waiting for as many ready ones as are to be running. */
async function poolsOf(name: string, { running }: { readonly running?: number } = {}): Promise<string[]> {
  const pods = await until(`${running ?? "some"} pods of ${name} run`, async () => {
    const ready = (await podsOf(name)).filter(isReady);
    return running === undefined || ready.length === running ? ready : undefined;
  });
  const nodes = await api.list("v1", "Node");
  return pods.map((pod) => {
    const node = nodes.find(({ metadata }) => metadata.name === specOf(pod).nodeName);
    return node?.metadata.labels?.[POOL_LABEL] ?? "";
  });
}

async function nodesOf(pool: string): Promise<number> {
  return (await api.list("v1", "Node", { labelSelector: `${POOL_LABEL}=${pool}` })).length;
}

/** Nodes on which nothing more may be scheduled. */
async function draining(): Promise<KubernetesObject[]> {
  return (await api.list("v1", "Node")).filter((node) => specOf(node).unschedulable === true);
}

interface Conditions {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
}

function conditionOf(pod: KubernetesObject | undefined, wanted: string) {
  return ((pod?.["status"] ?? {}) as Conditions).conditions?.find(({ type }) => type === wanted);
}

/** Why the scheduler has no node for a pod. */
function refusalOf(pod: KubernetesObject | undefined): string | undefined {
  const scheduled = conditionOf(pod, "PodScheduled");
  return scheduled?.status === "False" ? scheduled.message : undefined;
}

function isReady(pod: KubernetesObject): boolean {
  return conditionOf(pod, "Ready")?.status === "True" && pod.metadata["deletionTimestamp"] === undefined;
}

function specOf(object: KubernetesObject): { readonly nodeName?: string; readonly unschedulable?: boolean } {
  return (object["spec"] ?? {}) as { readonly nodeName?: string; readonly unschedulable?: boolean };
}
