import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClustersOptions } from "../../../sandbox/clusters";
import { SandboxError } from "../../../sandbox/errors";
import { CLUSTER, NODEGROUP } from "../eks/support/eks-harness";
import { temporaryDirectory } from "../temporary-directory";
import { ClusterWorld } from "./cluster-world";
import { FakeKubernetes, refusal } from "./fake-kubernetes";

const directory = temporaryDirectory();
const FOLDER = "111111111111-eu-west-1-atlas";
const worlds: ClusterWorld[] = [];

function world(more: Partial<ClustersOptions> = {}): ClusterWorld {
  const made = new ClusterWorld(join(directory(), "clusters"), more);
  worlds.push(made);
  return made;
}

afterEach(async () => {
  for (const one of worlds.splice(0)) await one.clusters.close();
});

describe("a cluster that is created", () => {
  test("gets a control plane in a folder of its own, with its services' range and webhooks", async () => {
    const sandbox = world();
    const health = await sandbox.call("POST", "/clusters", CLUSTER);
    const [settings] = sandbox.runtime.started;
    expect(settings).toMatchObject({
      directory: join(directory(), "clusters", FOLDER, "control-plane"),
      clusterName: "atlas",
      version: "1.36.3",
      serviceCidr: expect.stringMatching(/^1(0|72)\.\d+\.0\.0\/16$/),
      webhooks: { authenticate: "http://sandbox/atlas/a", authorize: "http://sandbox/atlas/b" },
    });
    expect(health).toMatchObject({
      account: "111111111111",
      name: "atlas",
      state: "ready",
      version: "1.34",
      servedVersion: "1.36.3",
      endpoint: "https://127.0.0.1:40000",
      reason: "the API server is 1.36.3, the cluster says 1.34",
      nodes: [],
      pods: {},
    });
  });

  test("is CREATING, without an endpoint, until its API server is ready, and then has that one's", async () => {
    const sandbox = world();
    let open: () => void = () => undefined;
    sandbox.runtime.gate = new Promise((resolve) => (open = resolve));
    await sandbox.eks.ok("POST", "/clusters", CLUSTER);
    sandbox.clusters.changed();
    sandbox.eks.wait(5000);
    const before = await sandbox.describe();
    expect(before).toMatchObject({ name: "atlas", status: "CREATING" });
    expect(Object.keys(before)).not.toEqual(expect.arrayContaining(["endpoint"]));
    expect(before).not.toHaveProperty("certificateAuthority");
    open();
    await sandbox.settled();
    expect(await sandbox.describe()).toMatchObject({
      status: "ACTIVE",
      endpoint: "https://127.0.0.1:40000",
      certificateAuthority: { data: Buffer.from("PEM").toString("base64") },
    });
  });

  test("is FAILED with the reason when its control plane fails twice, and recovers when it comes up after all", async () => {
    const sandbox = world();
    const error = new SandboxError("SANDBOX_START_FAILED", "etcd ended with exit code 1");
    sandbox.runtime.failures = [error, error, error, error];
    const health = await sandbox.call("POST", "/clusters", CLUSTER);
    expect(health).toMatchObject({ state: "failed", reason: "etcd ended with exit code 1" });
    sandbox.eks.wait(5000);
    expect(await sandbox.describe()).toMatchObject({
      status: "FAILED",
      health: {
        issues: [{ code: "InternalFailure", message: "The control plane does not start: etcd ended with exit code 1" }],
      },
    });
    sandbox.runtime.failures = [];
    expect(await sandbox.settled()).toMatchObject({ state: "ready" });
    expect(await sandbox.describe()).toMatchObject({ status: "ACTIVE", health: { issues: [] } });
  });

  test("does not fail for one bad start", async () => {
    const sandbox = world();
    sandbox.runtime.failures = [new SandboxError("SANDBOX_START_FAILED", "port taken")];
    expect(await sandbox.call("POST", "/clusters", CLUSTER)).toMatchObject({ state: "ready" });
    expect(sandbox.log).toContain("cluster atlas: port taken; next attempt in 0.005 s");
  });
});

describe("without the programs of a control plane", () => {
  test("everything is as EKS says, and the state says what is missing", async () => {
    const sandbox = world();
    sandbox.runtime.programs = undefined;
    expect(await sandbox.call("POST", "/clusters", CLUSTER)).toMatchObject({ state: "no programs", nodes: [] });
    sandbox.eks.wait(2000);
    expect(await sandbox.describe()).toMatchObject({
      status: "ACTIVE",
      endpoint: expect.stringMatching(/eks\.amazonaws\.com$/),
    });
    expect(existsSync(join(directory(), "clusters"))).toBe(false);
  });

  test("the control plane comes with the next look after the programs have", async () => {
    const sandbox = world();
    sandbox.runtime.programs = undefined;
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.runtime.programs = world().runtime.programs;
    expect(await sandbox.settled()).toMatchObject({ state: "ready" });
  });

  test("a cluster that was active stays so while it gets its control plane", async () => {
    const sandbox = world();
    await sandbox.eks.cluster();
    let open: () => void = () => undefined;
    sandbox.runtime.gate = new Promise((resolve) => (open = resolve));
    sandbox.clusters.changed();
    expect(await sandbox.describe()).toMatchObject({
      status: "ACTIVE",
      endpoint: expect.stringContaining("amazonaws.com"),
    });
    open();
    await sandbox.settled();
    expect(await sandbox.describe()).toMatchObject({ endpoint: "https://127.0.0.1:40000" });
  });

  test("a cluster that became active without them stays so, in the next run too, while its control plane starts", async () => {
    const sandbox = world();
    const { programs } = sandbox.runtime;
    sandbox.runtime.programs = undefined;
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
    await sandbox.settled();
    const before = await sandbox.describe();
    expect(before).toMatchObject({ status: "ACTIVE", endpoint: expect.stringContaining("amazonaws.com") });
    sandbox.runtime.programs = programs;
    let open: () => void = () => undefined;
    sandbox.runtime.gate = new Promise((resolve) => (open = resolve));
    sandbox.clusters.changed();
    await until(() => sandbox.clusters.health()[0]?.state === "starting");
    expect(await sandbox.describe()).toEqual(before);
    const closed = sandbox.clusters.close();
    sandbox.restart();
    expect(await sandbox.describe()).toEqual(before);
    open();
    await closed;
    await sandbox.settled();
    expect(await sandbox.describe()).toMatchObject({ status: "ACTIVE", endpoint: "https://127.0.0.1:40000" });
  });

  test("switched off, the state says so and no answer is touched", async () => {
    const sandbox = world({ runtime: undefined });
    expect(await sandbox.call("POST", "/clusters", CLUSTER)).toMatchObject({
      state: "no programs",
      reason: "Kubernetes is switched off in this sandbox",
    });
    expect(sandbox.runtime.started).toEqual([]);
    sandbox.eks.wait(2000);
    expect(await sandbox.describe()).toMatchObject({ status: "ACTIVE" });
  });
});

describe("a cluster that goes", () => {
  test("by DeleteCluster: its control plane is stopped and its folder removed", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
    await sandbox.call("DELETE", "/clusters/atlas");
    expect(sandbox.runtime.stopped).toHaveLength(1);
    expect(readdirSync(join(directory(), "clusters"))).toEqual([]);
    expect(sandbox.api.closed).toBe(true);
  });

  test("and comes back under its name begins empty", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    writeFileSync(join(directory(), "clusters", FOLDER, "control-plane", "etcd"), "old data");
    sandbox.eks.wait(2000);
    // Deleted and created again before anybody looks.
    await sandbox.eks.ok("DELETE", "/clusters/atlas");
    sandbox.eks.wait(2000);
    await sandbox.call("POST", "/clusters", CLUSTER);
    expect(sandbox.runtime.started).toHaveLength(2);
    expect(sandbox.runtime.stopped).toHaveLength(1);
  });

  test("because its creation was taken back: its control plane goes with it", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.service.reset();
    await sandbox.clusters.reconcile();
    expect(sandbox.runtime.stopped).toHaveLength(1);
    expect(readdirSync(join(directory(), "clusters"))).toEqual([]);
  });

  test("while no sandbox ran: what is left of it is ended and removed at the next start", async () => {
    const sandbox = world();
    const left = join(directory(), "clusters", "111111111111-eu-west-1-gone");
    mkdirSync(join(left, "control-plane"), { recursive: true });
    await sandbox.clusters.reconcile();
    await sandbox.clusters.close();
    expect(sandbox.runtime.ended).toEqual([join(left, "control-plane")]);
    expect(existsSync(left)).toBe(false);
  });
});

describe("another run of the sandbox", () => {
  test("takes the cluster over with what it holds, and answers as before while it does", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
    await sandbox.call("POST", "/clusters/atlas/node-groups", NODEGROUP);
    const nodes = sandbox.api.nodes.map(({ metadata }) => metadata.name);
    await sandbox.clusters.close();
    expect(sandbox.runtime.stopped).toHaveLength(1);

    sandbox.restart();
    let open: () => void = () => undefined;
    sandbox.runtime.gate = new Promise((resolve) => (open = resolve));
    sandbox.clusters.changed();
    expect(await sandbox.describe()).toMatchObject({ status: "ACTIVE", endpoint: "https://127.0.0.1:40000" });
    open();
    await sandbox.settled();
    expect(sandbox.runtime.ended).toEqual([join(directory(), "clusters", FOLDER, "control-plane")]);
    expect(sandbox.api.nodes.map(({ metadata }) => metadata.name)).toEqual(nodes);
  });

  test("keeps the data of a cluster whose record cannot be read, aside, and says where", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
    await sandbox.clusters.close();
    const root = join(directory(), "clusters");
    writeFileSync(join(root, FOLDER, "control-plane", "etcd"), "old data");
    writeFileSync(join(root, FOLDER, "cluster.json"), "{");
    sandbox.restart();
    sandbox.now = 17;
    expect(await sandbox.settled()).toMatchObject({ state: "ready" });
    const aside = join(root, `.aside-${FOLDER}-17`);
    expect(readFileSync(join(aside, "control-plane", "etcd"), "utf8")).toBe("old data");
    expect(readFileSync(join(root, FOLDER, "control-plane", "etcd"), "utf8")).toBe("data");
    expect(sandbox.log).toContain(
      `cluster atlas: ${join(root, FOLDER, "cluster.json")} cannot be read: the cluster begins empty, and what was in its folder is kept in ${aside}`,
    );
    await sandbox.clusters.close();
    sandbox.restart();
    await sandbox.settled();
    expect(existsSync(aside)).toBe(true);
  });

  test("begins no control plane before what is left of earlier clusters is gone", async () => {
    const sandbox = world();
    const left = join(directory(), "clusters", "111111111111-eu-west-1-gone");
    mkdirSync(left, { recursive: true });
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    sandbox.runtime.endLeftovers = (folder) => (folder.startsWith(left) ? gate : Promise.resolve());
    await sandbox.eks.ok("POST", "/clusters", CLUSTER);
    sandbox.clusters.changed();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sandbox.runtime.started).toEqual([]);
    open();
    expect(await sandbox.settled()).toMatchObject({ state: "ready" });
    expect(existsSync(left)).toBe(false);
  });

  test("follows an API server that has moved to another port", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.runtime.port = 40001;
    await sandbox.settled();
    sandbox.eks.wait(2000);
    expect(await sandbox.describe()).toMatchObject({ endpoint: "https://127.0.0.1:40001" });
  });
});

describe("failures", () => {
  test("an API server that does not answer is waited for, and started anew when it stays away", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.api.failure = { verb: "any", error: refusal(0, "Unreachable") };
    const settled = sandbox.settled();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sandbox.clusters.health()[0]).toMatchObject({ state: "starting", reason: "refused: Unreachable" });
    await until(() => sandbox.runtime.started.length === 2);
    sandbox.api.failure = undefined;
    expect(await settled).toMatchObject({ state: "ready" });
  });

  test("whatever stands in the way of the first ready is a failure at the second time, and passes when it goes", async () => {
    const sandbox = world();
    const { programs } = sandbox.runtime;
    sandbox.runtime.findPrograms = () => Promise.reject(new Error("the cache cannot be read"));
    expect(await sandbox.call("POST", "/clusters", CLUSTER)).toMatchObject({
      state: "failed",
      reason: "the cache cannot be read",
    });
    sandbox.runtime.findPrograms = () => Promise.resolve(programs);
    sandbox.api.failure = { verb: "any", error: refusal(403, "Forbidden") };
    expect(await sandbox.settled()).toMatchObject({ state: "failed", reason: "refused: Forbidden" });
    sandbox.api.failure = undefined;
    expect(await sandbox.settled()).toMatchObject({ state: "ready" });
    expect(sandbox.clusters.health()[0]).not.toMatchObject({ reason: "refused: Forbidden" });
  });

  test("a start that does not end is waited for no longer than it may take", async () => {
    const timing = { resync: 3_600_000, retry: { first: 5, last: 20 }, settle: 40 };
    const sandbox = world({ timing });
    let open: () => void = () => undefined;
    sandbox.runtime.gate = new Promise((resolve) => (open = resolve));
    expect(await sandbox.call("POST", "/clusters", CLUSTER)).toMatchObject({
      state: "starting",
      reason: "it has not become ready within 0.04 s",
    });
    open();
    expect(await sandbox.settled()).toMatchObject({ state: "ready", reason: expect.stringContaining("1.36.3") });
  });

  test("one control plane that cannot be stopped does not keep the others running", async () => {
    const sandbox = world();
    const start = sandbox.runtime.start.bind(sandbox.runtime);
    sandbox.runtime.start = async (settings) => {
      const running = await start(settings);
      if (settings.clusterName !== "atlas") return running;
      return Object.assign(running, { stop: () => Promise.reject(new Error("etcd does not end")) });
    };
    await sandbox.call("POST", "/clusters", CLUSTER);
    await sandbox.call("POST", "/clusters", { ...CLUSTER, name: "borea" });
    await expect(sandbox.clusters.close()).rejects.toThrow("etcd does not end");
    expect(sandbox.runtime.stopped).toEqual([expect.stringContaining("borea")]);
    worlds.splice(0);
  });

  test("a node group that cannot be served leaves the cluster ready, the add-ons in place and the reason said", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
    await sandbox.eks.nodegroup();
    sandbox.eks.aws.subnets.clear();
    await sandbox.eks.ok("POST", "/clusters/atlas/addons", { addonName: "vpc-cni" });
    const health = await sandbox.settled();
    expect(health).toMatchObject({
      state: "ready",
      reason: "The subnet ID 'subnet-0000000a' does not exist (InvalidSubnetID.NotFound)",
    });
    expect(sandbox.api.others).toContain("DaemonSet aws-node");
  });

  test("nothing runs on after it is closed, and a start is given up", async () => {
    const sandbox = world();
    let signal: AbortSignal | undefined;
    const start = sandbox.runtime.start.bind(sandbox.runtime);
    sandbox.runtime.start = (settings) => {
      signal = settings.signal;
      return start(settings);
    };
    await sandbox.eks.ok("POST", "/clusters", CLUSTER);
    sandbox.clusters.changed();
    await sandbox.clusters.close();
    expect(signal?.aborted).toBe(true);
    const calls = sandbox.api.calls.length;
    sandbox.clusters.changed();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sandbox.api.calls).toHaveLength(calls);
  });

  test("requests during a pass make one more pass, however many they are", async () => {
    const sandbox = world();
    await sandbox.call("POST", "/clusters", CLUSTER);
    const passes = () => sandbox.api.calls.filter((call) => call === "list Node").length / 2;
    const before = passes();
    for (let time = 0; time < 20; time++) sandbox.clusters.changed();
    await sandbox.settled();
    expect(passes() - before).toBeLessThanOrEqual(2);
  });
});

test("counts are taken anew when they are asked for", async () => {
  const api = new FakeKubernetes();
  const sandbox = world({ connect: () => api });
  await sandbox.call("POST", "/clusters", CLUSTER);
  api.addPod("nowhere", "web", { phase: "Pending" });
  expect(sandbox.clusters.health()[0]?.pods).toEqual({});
  await sandbox.clusters.refresh();
  expect(sandbox.clusters.health()[0]?.pods).toEqual({ pending: 1 });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000;
  while (!condition() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}
