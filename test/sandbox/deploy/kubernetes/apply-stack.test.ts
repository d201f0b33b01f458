import type { DeployEvent } from "../../../../sandbox/deploy/deploy-event";
import { applyStack } from "../../../../sandbox/deploy/kubernetes/apply-stack";
import { ObjectInventory } from "../../../../sandbox/deploy/kubernetes/object-inventory";
import type { ChartOfStack, ObjectOfStack } from "../../../../sandbox/deploy/kubernetes/rendered-stacks";
import { waitReady } from "../../../../sandbox/deploy/kubernetes/wait-ready";
import { untilGone } from "../../../../sandbox/deploy/kubernetes/write-object";
import { Interrupts } from "../../../../sandbox/deploy/kubernetes/run-signal";
import { referenceOf } from "../../../../sandbox/kubernetes/api-client";
import type { KubernetesObject } from "../../../../sandbox/kubernetes/kubernetes-object";
import { temporaryFolder } from "../../../support/temporary-folder";
import { FakeCluster } from "./fake-cluster";

const STACK = "x-dev-controllers";
const NOTHING = { add: 0, change: 0, destroy: 0 };

let cluster: FakeCluster;
let inventory: ObjectInventory;
let events: DeployEvent[];
let signal: Interrupts;
beforeEach(() => {
  cluster = new FakeCluster();
  inventory = new ObjectInventory(temporaryFolder(), STACK);
  events = [];
  signal = new Interrupts();
});

function one(kind: string, name: string, more: Partial<ObjectOfStack> & { fields?: object } = {}): ObjectOfStack {
  const { fields = {}, ...rest } = more;
  const groups: Readonly<Record<string, string>> = {
    Deployment: "apps/v1",
    Job: "batch/v1",
    NodePool: "karpenter.sh/v1",
  };
  const metadata = kind === "Namespace" ? { name } : { name, namespace: "team" };
  const object: KubernetesObject = { apiVersion: groups[kind] ?? "v1", kind, metadata, ...fields };
  return { stack: STACK, address: "helm_release.Set", level: 0, hooks: [], references: [], object, ...rest };
}

async function apply(
  objects: readonly ObjectOfStack[],
  { patienceMs = 300, chartsLeftOut = [] }: { patienceMs?: number; chartsLeftOut?: readonly ChartOfStack[] } = {},
): Promise<void> {
  await applyStack({
    ...{ stack: STACK, objects, inventory, signal, patienceMs, chartsLeftOut },
    api: cluster,
    cluster: "uid",
    before: NOTHING,
    report: (event) => events.push(event),
  });
}

function last(): DeployEvent | undefined {
  return events.at(-1);
}

test("objects are applied in their order, and a second time nothing is written", async () => {
  const objects = [one("Namespace", "team"), one("ConfigMap", "settings"), one("Deployment", "web", { level: 1 })];
  cluster.statuses.set("web", { updatedReplicas: 1, availableReplicas: 1 });
  await apply(objects);
  expect(cluster.done).toEqual(["apply Namespace team", "apply ConfigMap settings", "apply Deployment web"]);
  expect(last()).toEqual({ type: "applied", stack: STACK, add: 3, change: 0, destroy: 0 });
  await apply(objects);
  expect(cluster.done).toHaveLength(3);
  expect(last()).toEqual({ type: "applied", stack: STACK, add: 0, change: 0, destroy: 0 });
});

test("what changed is written, what is no longer wanted goes, in reverse", async () => {
  await apply([one("Namespace", "old"), one("ConfigMap", "a"), one("ConfigMap", "b"), one("ConfigMap", "c")]);
  cluster.done.length = 0;
  await apply([one("ConfigMap", "a", { fields: { data: { x: "y" } } })]);
  expect(cluster.done).toEqual([
    "apply ConfigMap a",
    "delete ConfigMap c",
    "delete ConfigMap b",
    "delete Namespace old",
  ]);
  expect(last()).toEqual({ type: "applied", stack: STACK, add: 0, change: 1, destroy: 3 });
  expect(inventory.read("uid").map(({ name }) => name)).toEqual(["a"]);
  expect(inventory.read("another cluster")).toEqual([]);
});

test("objects of a chart that cannot be rendered this time stay, and are remembered until it can be again", async () => {
  const address = "helm_release.Keda";
  const spec = { group: "keda.sh", names: { kind: "Scaler" }, versions: [{ name: "v1", served: true }] };
  const definition = one("CustomResourceDefinition", "scalers", { address, fields: { spec } });
  cluster.statuses.set("scalers", { conditions: [{ type: "Established", status: "True" }] });
  await apply([definition, one("ConfigMap", "keda", { address }), one("ConfigMap", "a"), one("ConfigMap", "b")]);
  cluster.done.length = 0;
  const chartsLeftOut = [{ address, chart: "keda", version: "2.0.0", reason: "x.io cannot be reached" }];
  await apply([one("ConfigMap", "a")], { chartsLeftOut });
  await apply([one("ConfigMap", "a")], { chartsLeftOut });
  expect(cluster.done).toEqual(["delete ConfigMap b"]);
  expect(inventory.read("uid").map(({ name }) => name)).toEqual(["scalers", "keda", "a"]);
  const left = ["keda 2.0.0 (x.io cannot be reached)"];
  expect(last()).toEqual({ type: "applied", stack: STACK, add: 0, change: 0, destroy: 0, chartsLeftOut: left });
  await apply([definition, one("ConfigMap", "a")]);
  expect(cluster.done.slice(1)).toEqual(["delete ConfigMap keda"]);
});

test("objects whose origin is not known stay as long as any chart cannot be rendered", async () => {
  inventory.write("uid", [{ apiVersion: "v1", kind: "ConfigMap", namespace: "team", name: "old" }]);
  await apply([], { chartsLeftOut: [{ address: "helm_release.Keda", chart: "keda", reason: "no contact" }] });
  expect(cluster.done).toEqual([]);
  await apply([]);
  expect(cluster.done).toEqual(["delete ConfigMap old"]);
});

test("the time that a slow server takes to answer is part of the patience", async () => {
  const { object } = one("Deployment", "web");
  await cluster.apply(object, {});
  cluster.latencyMs = 100;
  const nothing = (): void => undefined;
  const waiting = { api: cluster, patienceMs: 350, signal, onReady: nothing, onWaiting: nothing };
  expect(await waitReady({ ...waiting, objects: [object] })).toHaveLength(1);
  expect(cluster.reads).toBe(3);
  expect(await untilGone(cluster, referenceOf(object), 300)).toBe(false);
  expect(cluster.reads).toBe(5);
});

test("every object that the server refuses is named, before anything is written", async () => {
  await apply([one("ConfigMap", "a"), one("ConfigMap", "b"), one("ConfigMap", "c")]);
  cluster.refusals.set("a", { status: 422, message: "a is bad" }).set("b", { status: 403, message: "b may not" });
  cluster.done.length = 0;
  await apply([one("ConfigMap", "a"), one("ConfigMap", "b"), one("ConfigMap", "d")]);
  expect(last()).toEqual({
    type: "error",
    stack: STACK,
    text: "ConfigMap team/a was refused: a is bad\nConfigMap team/b was refused: b may not",
  });
  expect(cluster.done).toEqual([]);
});

test("an object that is refused when it is made ends the apply, and what was begun is remembered", async () => {
  cluster.refusals.set("b", { status: 422, message: "unknown field" });
  await apply([one("ConfigMap", "a"), one("ConfigMap", "b"), one("ConfigMap", "c")]);
  expect(last()).toEqual({ type: "error", stack: STACK, text: "ConfigMap team/b was refused: unknown field" });
  expect(inventory.read("uid").map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("kinds without a definition are named and left out; those that a definition of the stack brings are not", async () => {
  const spec = { group: "karpenter.sh", names: { kind: "EC2Pool" }, versions: [{ name: "v1", served: true }] };
  cluster.statuses.set("pools", { conditions: [{ type: "Established", status: "True" }] });
  await apply([
    one("CustomResourceDefinition", "pools", { fields: { spec } }),
    one("EC2Pool", "gpu", { level: 1, fields: { apiVersion: "karpenter.sh/v1" } }),
    one("Widget", "lost"),
  ]);
  expect(events).toContainEqual({
    type: "note",
    text: "x-dev-controllers: not applied, since the definitions of their kinds are missing: Widget team/lost",
  });
  expect(cluster.done).toEqual(["apply CustomResourceDefinition pools", "apply EC2Pool gpu"]);
  expect(last()).toMatchObject({ type: "applied", add: 2 });
});

test("hooks of tests, rollbacks and removals have no place in an apply", async () => {
  await apply([
    one("ConfigMap", "before", { hooks: ["pre-install"] }),
    one("ConfigMap", "after", { hooks: ["post-upgrade", "post-rollback"] }),
    one("ConfigMap", "test", { hooks: ["test"] }),
    one("ConfigMap", "gone", { hooks: ["post-delete"] }),
  ]);
  expect(cluster.done).toEqual(["apply ConfigMap before", "apply ConfigMap after"]);
});

test("what cannot be changed is made anew where nothing is lost", async () => {
  cluster.statuses.set("run", { conditions: [{ type: "Complete", status: "True" }] });
  await apply([one("Job", "run")]);
  cluster.refusals.set("run", { status: 422, message: "spec.template: field is immutable", onlyChanges: true });
  cluster.done.length = 0;
  await apply([one("Job", "run", { fields: { spec: { x: 1 } } })]);
  expect(cluster.done).toEqual(["delete Job run", "apply Job run"]);
  expect(last()).toMatchObject({ type: "applied", change: 1 });
});

test("workloads that do not become ready are named with the reason of their pods", async () => {
  const spec = { selector: { matchLabels: { app: "web" } }, replicas: 2 };
  const message = "0/3 nodes are available: 3 Insufficient nvidia.com/gpu.";
  cluster.statuses.set("web-1", { conditions: [{ type: "PodScheduled", status: "False", message }] });
  await cluster.apply(one("Pod", "web-1").object, {});
  await apply([one("Deployment", "web", { fields: { spec } })]);
  expect(last()).toEqual({
    type: "error",
    stack: STACK,
    text: `Deployment team/web is not ready after 0 s: 0 of 2 pods are ready; pod web-1 is not scheduled: ${message}`,
  });
});

test("a job that failed ends the apply with its reason", async () => {
  cluster.statuses.set("run", { conditions: [{ type: "Failed", status: "True", message: "too often" }] });
  await apply([one("Job", "run"), one("ConfigMap", "later", { level: 1 })]);
  expect(last()).toEqual({ type: "error", stack: STACK, text: "Job team/run failed: too often" });
  expect(cluster.done).toEqual(["apply Job run"]);
});

test("a removal that does not end is an error that says what holds the object", async () => {
  await apply([one("ConfigMap", "held", { fields: {} })]);
  const [key, held] = [...cluster.objects][0] ?? [];
  if (key !== undefined && held)
    cluster.objects.set(key, { ...held, metadata: { ...held.metadata, finalizers: ["x.io/f"] } });
  cluster.held.add("held");
  await apply([]);
  expect(last()).toEqual({
    type: "error",
    stack: STACK,
    text: "ConfigMap team/held is still there 0 s after its removal; it is held by x.io/f",
  });
});

test("an interrupted apply stops between two objects and says nothing more", async () => {
  const objects = [one("ConfigMap", "a"), one("ConfigMap", "b")];
  await applyStack({
    ...{ stack: STACK, objects, inventory, signal, patienceMs: 100, api: cluster, cluster: "uid", before: NOTHING },
    report: (event) => {
      events.push(event);
      if (event.type === "resource" && event.phase === "done") signal.interrupt();
    },
  });
  expect(cluster.done).toEqual(["apply ConfigMap a"]);
  expect(last()).toMatchObject({ type: "resource", address: "ConfigMap team/a", phase: "done" });
});

test("changes of other resources of the stack count as well", async () => {
  await applyStack({
    ...{ stack: STACK, objects: [], inventory, signal, patienceMs: 100, api: cluster, cluster: "uid" },
    before: { add: 2, change: 1, destroy: 0 },
    report: (event) => events.push(event),
  });
  expect(last()).toEqual({ type: "applied", stack: STACK, add: 2, change: 1, destroy: 0 });
});

test("a server that is gone is the caller's matter", async () => {
  cluster.unreachable = true;
  await expect(apply([one("ConfigMap", "a")])).rejects.toMatchObject({ reason: "Unreachable" });
});
