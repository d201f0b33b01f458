import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { sandboxPrograms } from "../../catalog";
import { ControlPlane } from "../../sandbox/control-plane";
import { COMPONENT_NAMES, componentMarks } from "../../sandbox/control-plane/components/marks";
import { controlPlanePaths } from "../../sandbox/control-plane/control-plane-paths";
import { identityOf, processesWith } from "../../sandbox/control-plane/processes/process-identity";
import { KubernetesApi } from "../../sandbox/kubernetes/api-client";
import type { KubernetesObject } from "../../sandbox/kubernetes/kubernetes-object";
import { controlPlanePrograms } from "../support/control-plane-programs";

jest.setTimeout(180_000);

const WARM_START_MS = 15_000;
const SECRET = "a-password-that-no-log-may-hold";
const PENDING = `a-token-that-no-log-may-hold`;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "flightdeck-control-plane-")));
const paths = controlPlanePaths(directory);
const lines: string[] = [];
let webhooks: Server;
const asked: { readonly path: string; readonly body: string }[] = [];
let controlPlane: ControlPlane;
let api: KubernetesApi;

beforeAll(async () => {
  webhooks = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      asked.push({ path: request.url ?? "", body });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer(body)));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => webhooks.once("listening", resolve));
  await start("cold");
});
afterAll(async () => {
  api?.close();
  await controlPlane?.stop();
  await new Promise((resolve) => webhooks.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

/** Knows one token, and lets its user list pods in one namespace. */
function answer(body: string): unknown {
  const review = JSON.parse(body) as { kind: string; apiVersion: string; spec: Record<string, never> };
  const { kind, apiVersion, spec } = review;
  if (kind === "TokenReview") {
    const known = spec["token"] === PENDING;
    return {
      apiVersion,
      kind,
      status: known ? { authenticated: true, user: { username: "viewer" } } : { authenticated: false },
    };
  }
  const { namespace, verb, resource } = (spec["resourceAttributes"] ?? {}) as Record<string, string>;
  return { apiVersion, kind, status: { allowed: namespace === "proof" && verb === "list" && resource === "pods" } };
}

async function start(temperature: "cold" | "warm"): Promise<number> {
  const { port } = webhooks.address() as AddressInfo;
  const began = Date.now();
  controlPlane = await ControlPlane.start({
    directory,
    programs: await controlPlanePrograms(),
    clusterName: "proof",
    version: sandboxPrograms["kube-apiserver"].version,
    serviceCidr: "172.20.0.0/16",
    webhooks: {
      authenticate: `http://127.0.0.1:${port}/authenticate`,
      authorize: `http://127.0.0.1:${port}/authorize`,
    },
    log: (line) => lines.push(line),
  });
  const took = Date.now() - began;
  process.stdout.write(`${temperature} start: ${(took / 1000).toFixed(1)} s\n`);
  api?.close();
  api = new KubernetesApi(controlPlane.admin);
  return took;
}

async function until<T>(what: string, look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await delay(100);
  }
}

const status = (object: KubernetesObject | undefined) => (object?.["status"] ?? {}) as Record<string, unknown>;
const spec = (object: KubernetesObject | undefined) => (object?.["spec"] ?? {}) as Record<string, unknown>;
const apply = (object: KubernetesObject) => api.apply(object, { fieldManager: "proof" });
const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", name, namespace: "proof" });
const inPhase = (name: string, phase: string) =>
  until(`${name} is ${phase}`, async () => {
    const found = await api.get(pod(name));
    return status(found)["phase"] === phase ? found : undefined;
  });
/** One that ended and was not waited for yet does not. */
const lives = (pid: number) => identityOf(pid) !== undefined;
const running = () => Object.values(componentMarks(paths)).flatMap((mark) => processesWith(mark).map(({ pid }) => pid));

async function addNode(name: string, gpus: number): Promise<void> {
  const taints = gpus === 0 ? [] : [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }];
  const metadata = { name, labels: { "kubernetes.io/hostname": name, pool: gpus === 0 ? "system" : "gpu" } };
  await apply({ apiVersion: "v1", kind: "Node", metadata, spec: { taints } });
  const resources = { cpu: "8", memory: "30Gi", pods: "58", ...(gpus === 0 ? {} : { "nvidia.com/gpu": String(gpus) }) };
  await api.applyStatus(
    {
      ...{ apiVersion: "v1", kind: "Node", metadata: { name } },
      status: {
        capacity: resources,
        allocatable: resources,
        addresses: [{ type: "InternalIP", address: "10.20.0.9" }],
      },
    },
    { fieldManager: "proof" },
  );
}

async function addPod(
  name: string,
  more: Record<string, unknown> = {},
  limits?: Record<string, string>,
): Promise<void> {
  const container = { name: "main", image: "example", ...(limits ? { resources: { limits } } : {}) };
  const metadata = { name, namespace: "proof" };
  await apply({ apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [container], ...more } });
}

test("a namespace, nodes and pods: the real scheduler places them, kwok runs them", async () => {
  await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "proof" } });
  await addNode("system-1", 0);
  await addNode("gpu-1", 1);
  await until("the namespace has its account", () =>
    api.get({ apiVersion: "v1", kind: "ServiceAccount", name: "default", namespace: "proof" }),
  );
  await addPod("plain");
  await addPod("train", {}, { "nvidia.com/gpu": "1" });
  expect(spec(await inPhase("plain", "Running"))["nodeName"]).toBe("system-1");
  const train = await inPhase("train", "Running");
  expect(spec(train)["nodeName"]).toBe("gpu-1");
  expect(status(train)["podIP"]).toMatch(/^100\.64\./);
  await addPod("wait", {}, { "nvidia.com/gpu": "1" });
  const reason = await until("the scheduler says why", async () => {
    const conditions = (status(await api.get(pod("wait")))["conditions"] ?? []) as { message?: string }[];
    return conditions.find(({ message }) => message !== undefined)?.message;
  });
  expect(reason).toContain("Insufficient nvidia.com/gpu");
});

test("Jobs complete, claims get their volumes, deleted pods go", async () => {
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "example" }] } };
  await apply({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "job", namespace: "proof" },
    spec: { template },
  });
  await until("the job is complete", async () => {
    const job = await api.get({ apiVersion: "batch/v1", kind: "Job", name: "job", namespace: "proof" });
    return status(job)["succeeded"];
  });
  const classMetadata = { name: "gp3" };
  await apply({
    ...{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: classMetadata },
    ...{ provisioner: "ebs.csi.aws.com", volumeBindingMode: "WaitForFirstConsumer" },
  });
  await apply({
    ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "proof" } },
    spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
  });
  await addPod("writer", { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] });
  await inPhase("writer", "Running");
  await api.delete(pod("writer"));
  await until("the pod is gone", async () => ((await api.get(pod("writer"))) === undefined ? true : undefined));
  await api.delete({ apiVersion: "v1", kind: "PersistentVolumeClaim", name: "data", namespace: "proof" });
  await until("the volume is gone", async () =>
    (await api.list("v1", "PersistentVolume")).length === 0 ? true : undefined,
  );
});

test("callers are who the webhook says, and may do what RBAC or the other webhook says", async () => {
  const { server, certificateAuthority } = controlPlane.admin;
  const as = (token: string) => new KubernetesApi({ server, certificateAuthority, identity: { token } });
  const viewer = as(PENDING);
  const stranger = as("unknown");
  expect((await viewer.list("v1", "Pod", { namespace: "proof" })).length).toBeGreaterThan(0);
  await expect(viewer.list("v1", "Secret", { namespace: "proof" })).rejects.toMatchObject({ status: 403 });
  await expect(stranger.list("v1", "Pod", { namespace: "proof" })).rejects.toMatchObject({ status: 401 });
  viewer.close();
  stranger.close();
  expect(new Set(asked.map(({ path }) => path.split("?")[0]))).toEqual(new Set(["/authenticate", "/authorize"]));
});

test("nobody is anonymous, and etcd knows nobody without a certificate of its own authority", async () => {
  const { ports } = JSON.parse(readFileSync(paths.record, "utf8")) as { ports: Record<string, number> };
  const { server, certificateAuthority } = controlPlane.admin;
  const anonymous = new KubernetesApi({ server, certificateAuthority, identity: { token: "" } });
  expect(await anonymous.ready()).toBe(true);
  await expect(anonymous.request("GET", "/api/v1/namespaces")).rejects.toMatchObject({ status: 401 });
  anonymous.close();
  const certificateOfEtcd = readFileSync(paths.authority("etcd").certificate, "utf8");
  for (const port of [ports["etcd"], ports["etcd-peer"]]) {
    const address = { server: `https://127.0.0.1:${port}`, certificateAuthority: certificateOfEtcd };
    for (const identity of [{ token: "" }, controlPlane.admin.identity]) {
      const client = new KubernetesApi({ ...address, identity });
      await expect(client.request("GET", "/version")).rejects.toMatchObject({ reason: "Unreachable" });
      client.close();
    }
  }
});

test("what is registered with a simulated server, and converted by one, stands in nobody's way", async () => {
  const group = { group: "metrics.k8s.io", version: "v1beta1", groupPriorityMinimum: 100, versionPriority: 100 };
  const service = { name: "metrics-server", namespace: "kube-system", port: 443 };
  const registered = await apply({
    ...{ apiVersion: "apiregistration.k8s.io/v1", kind: "APIService", metadata: { name: "v1beta1.metrics.k8s.io" } },
    spec: { ...group, service, insecureSkipTLSVerify: true },
  });
  expect(spec(registered)).toEqual(group);
  await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "short-lived" } });
  await api.delete({ apiVersion: "v1", kind: "Namespace", name: "short-lived" });
  await until("the namespace is gone", async () =>
    (await api.get({ apiVersion: "v1", kind: "Namespace", name: "short-lived" })) === undefined ? true : undefined,
  );
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } };
  const clientConfig = { service: { name: "converter", namespace: "proof", path: "/convert" } };
  const definition = await apply({
    ...{
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "runs.example.com" },
    },
    spec: {
      ...{ group: "example.com", scope: "Namespaced", names: { kind: "Run", plural: "runs" } },
      conversion: { strategy: "Webhook", webhook: { conversionReviewVersions: ["v1"], clientConfig } },
      versions: ["v1", "v1beta1"].map((name) => ({ name, served: true, storage: name === "v1", schema })),
    },
  });
  expect(spec(definition)["conversion"]).toEqual({ strategy: "None" });
  const run = {
    apiVersion: "example.com/v1beta1",
    kind: "Run",
    metadata: { name: "one", namespace: "proof" },
    spec: {},
  };
  await until("the kind is served", () => apply(run));
});

describe("killed", () => {
  test.each(COMPONENT_NAMES.map((name) => [name]))("%s comes back, and everything is still there", async (name) => {
    const before = controlPlane.pids[name] ?? 0;
    process.kill(before, "SIGKILL");
    const began = Date.now();
    await until("the control plane is whole again", () =>
      Promise.resolve(controlPlane.ready && controlPlane.pids[name] !== before ? true : undefined),
    );
    await until("the API server answers", async () => ((await api.ready()) ? true : undefined));
    expect(status(await api.get(pod("train")))["phase"]).toBe("Running");
    await addPod(`after-${name}`);
    await inPhase(`after-${name}`, "Running");
    process.stdout.write(`${name} back at work after ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    expect(lives(before)).toBe(false);
  });

  test("all at once, they come back with what they held", async () => {
    const before = { ...controlPlane.pids };
    Object.values(before).forEach((pid) => process.kill(pid, "SIGKILL"));
    await until("the control plane is whole again", () =>
      Promise.resolve(controlPlane.ready && controlPlane.pids["etcd"] !== before["etcd"] ? true : undefined),
    );
    await until("pods are there", async () =>
      status(await api.get(pod("train")))["phase"] === "Running" ? true : undefined,
    );
  });
});

describe("started again", () => {
  test("what still runs is taken over, within a second or so", async () => {
    const { endpoint, pids } = controlPlane;
    await controlPlane.letGo();
    expect(running().sort()).toEqual(Object.values(pids).sort());
    await start("warm");
    expect(controlPlane.pids).toEqual(pids);
    expect(controlPlane.endpoint).toBe(endpoint);
  });

  test("with everything killed meanwhile, it holds what it held, at the same address", async () => {
    const { endpoint, pids, certificateAuthority } = controlPlane;
    await controlPlane.letGo();
    Object.values(pids).forEach((pid) => process.kill(pid, "SIGKILL"));
    expect(await start("warm")).toBeLessThan(WARM_START_MS);
    expect([controlPlane.endpoint, controlPlane.certificateAuthority]).toEqual([endpoint, certificateAuthority]);
    expect(spec(await inPhase("train", "Running"))["nodeName"]).toBe("gpu-1");
  });

  test("after a stop that leaves no process, too", async () => {
    const before = Object.values(controlPlane.pids);
    const began = Date.now();
    await controlPlane.stop();
    process.stdout.write(`stop: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
    expect(before.some(lives)).toBe(false);
    expect(running()).toEqual([]);
    expect(await start("warm")).toBeLessThan(WARM_START_MS);
    expect(status(await api.get(pod("train")))["phase"]).toBe("Running");
  });

  test("a second start of the folder is refused while the first one runs", async () => {
    await expect(start("warm")).rejects.toMatchObject({ code: "SANDBOX_CONTROL_PLANE_HELD" });
    expect(controlPlane.ready).toBe(true);
  });
});

test("no log holds a Secret or a token, and none is readable in etcd", async () => {
  await apply({
    ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "login", namespace: "proof" } },
    stringData: { password: SECRET },
  });
  await api.get({ apiVersion: "v1", kind: "Secret", name: "login", namespace: "proof" });
  await delay(500);
  const audit = readFileSync(paths.auditLog, "utf8");
  expect(audit).toContain('"resource":"secrets","namespace":"proof","name":"login"');
  const files = ["audit", "logs"].flatMap((folder) =>
    readdirSync(join(directory, folder)).map((name) => join(directory, folder, name)),
  );
  const store = readdirSync(join(paths.data, "member"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files, ...store]) {
    const text = readFileSync(file, "latin1");
    for (const secret of [SECRET, Buffer.from(SECRET).toString("base64"), PENDING]) {
      expect([file, text.includes(secret)]).toEqual([file, false]);
    }
  }
});

test("memory of all processes", () => {
  if (process.platform !== "linux") return;
  const kilobytes = Object.entries(controlPlane.pids).map(([name, pid]) => {
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return [name, Math.round(Number(resident) / 1024)] as const;
  });
  const total = kilobytes.reduce((sum, [, megabytes]) => sum + megabytes, 0);
  process.stdout.write(`memory: ${total} MB (${kilobytes.map((entry) => entry.join(" ")).join(", ")})\n`);
  expect(total).toBeLessThan(1024);
});
