import { join } from "node:path";
import type { KubernetesObject } from "../../../../sandbox/kubernetes/kubernetes-object";
import { CLUSTER, NODEGROUP } from "../../eks/support/eks-harness";
import { temporaryDirectory } from "../../temporary-directory";
import { ClusterWorld } from "../cluster-world";
import { refusal } from "../fake-kubernetes";

const directory = temporaryDirectory();
const GROUPS = "/clusters/atlas/node-groups";
let sandbox: ClusterWorld;

beforeEach(async () => {
  sandbox = new ClusterWorld(join(directory(), "clusters"));
  await sandbox.call("POST", "/clusters", CLUSTER);
  sandbox.eks.wait(2000);
});

afterEach(() => sandbox.clusters.close());

async function addGroup(overrides: object = {}): Promise<void> {
  await sandbox.call("POST", GROUPS, { ...NODEGROUP, ...overrides });
  sandbox.eks.wait(2000);
}

/** Changes the group `system` and lets the change be over. */
async function update(change: object): Promise<void> {
  await sandbox.call("POST", `${GROUPS}/system/update-config`, change);
  sandbox.eks.wait(2000);
}

const scaleTo = (desiredSize: number) => update({ scalingConfig: { desiredSize, minSize: 0, maxSize: 9 } });
const names = () => sandbox.api.nodes.map(({ metadata }) => metadata.name);
const labelsOf = (label: string) => sandbox.api.nodes.map(({ metadata }) => metadata.labels?.[label]);
const taintsOf = (node: KubernetesObject) => (node["spec"] as { taints?: object[] }).taints;
const zones = () => labelsOf("topology.kubernetes.io/zone").sort();

describe("the nodes of a new group", () => {
  test("are as many as it asks for, over the zones of its subnets", async () => {
    await addGroup({ scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 3 } });
    expect(zones()).toEqual(["eu-west-1a", "eu-west-1a", "eu-west-1b"]);
    for (const name of names()) expect(name).toMatch(/^ip-10-0-[01]-\d+\.eu-west-1\.compute\.internal$/);
  });

  test("look like those of EKS", async () => {
    await addGroup({
      labels: { team: "ml" },
      taints: [
        { key: "dedicated", value: "ml", effect: "NO_SCHEDULE" },
        { key: "soft", effect: "PREFER_NO_SCHEDULE" },
      ],
      launchTemplate: { id: "lt-00000001", version: "1" },
      scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 1 },
    });
    const [node] = sandbox.api.nodes;
    expect(node!.metadata.labels).toMatchObject({
      team: "ml",
      "eks.amazonaws.com/nodegroup": "system",
      "eks.amazonaws.com/nodegroup-image": expect.stringMatching(/^ami-[0-9a-f]{17}$/),
      "eks.amazonaws.com/capacityType": "ON_DEMAND",
      "eks.amazonaws.com/sourceLaunchTemplateId": "lt-00000001",
      "eks.amazonaws.com/sourceLaunchTemplateVersion": "1",
      "kubernetes.io/arch": "amd64",
      "kubernetes.io/os": "linux",
      "kubernetes.io/hostname": node!.metadata.name,
      "node.kubernetes.io/instance-type": "m6i.large",
      "topology.kubernetes.io/region": "eu-west-1",
      "topology.kubernetes.io/zone": "eu-west-1a",
    });
    expect(node!["spec"]).toEqual({
      providerID: expect.stringMatching(/^aws:\/\/\/eu-west-1a\/i-[0-9a-f]{17}$/),
      taints: [
        { key: "dedicated", value: "ml", effect: "NoSchedule" },
        { key: "soft", effect: "PreferNoSchedule" },
      ],
    });
    expect(node!["status"]).toMatchObject({
      capacity: { cpu: "2", pods: "29", "ephemeral-storage": "20971520Ki" },
      addresses: [{ type: "InternalIP" }, { type: "InternalDNS", address: node!.metadata.name }, { type: "Hostname" }],
    });
  });

  test("get EFA and disk from the launch template", async () => {
    sandbox.eks.aws.templates.set("lt-00000009", {
      "1":
        "<networkInterfaceSet><item><interfaceType>efa</interfaceType></item><item><interfaceType>efa-only</interfaceType></item>" +
        "<item><interfaceType>interface</interfaceType></item></networkInterfaceSet>" +
        "<blockDeviceMappingSet><item><ebs><encrypted>true</encrypted></ebs></item><item><ebs><volumeSize>300</volumeSize></ebs></item></blockDeviceMappingSet>",
    });
    await addGroup({ instanceTypes: ["p4d.24xlarge"], launchTemplate: { id: "lt-00000009", version: "1" } });
    expect(sandbox.api.nodes[0]!["status"]).toMatchObject({
      capacity: {
        "nvidia.com/gpu": "8",
        "vpc.amazonaws.com/efa": "2",
        "hugepages-2Mi": "10256Mi",
        "ephemeral-storage": String(300 * 2 ** 20) + "Ki",
      },
    });
    expect(labelsOf("nvidia.com/gpu.present")).toEqual(["true", "true"]);
  });

  test("have as many pods as prefixes give, once the CNI delegates them", async () => {
    const configurationValues = JSON.stringify({ env: { ENABLE_PREFIX_DELEGATION: "true" } });
    await sandbox.call("POST", "/clusters/atlas/addons", { addonName: "vpc-cni", configurationValues });
    await addGroup();
    expect(sandbox.api.nodes[0]!["status"]).toMatchObject({ capacity: { pods: "110" } });
  });

  test("on demand are of the first type, on spot of each in turn", async () => {
    const instanceTypes = ["m6i.large", "m7i.large"];
    await addGroup({ instanceTypes });
    expect(labelsOf("node.kubernetes.io/instance-type")).toEqual(["m6i.large", "m6i.large"]);
    await addGroup({ nodegroupName: "spot", capacityType: "SPOT", instanceTypes });
    expect(labelsOf("node.kubernetes.io/instance-type").sort()).toEqual([
      "m6i.large",
      "m6i.large",
      "m6i.large",
      "m7i.large",
    ]);
  });

  test("of a type that the catalogue lacks are what EC2 says", async () => {
    sandbox.eks.aws.call = ((before) => (service: string, action: string, params: Record<string, string>) => {
      if (action !== "DescribeInstanceTypes") return before(service, action, params);
      const body =
        "<R><instanceTypeSet><item><instanceType>p9.large</instanceType><vCpuInfo><defaultVCpus>8</defaultVCpus></vCpuInfo>" +
        "<memoryInfo><sizeInMiB>32768</sizeInMiB></memoryInfo><networkInfo><maximumNetworkInterfaces>4</maximumNetworkInterfaces>" +
        "<ipv4AddressesPerInterface>15</ipv4AddressesPerInterface></networkInfo><processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo>" +
        "<gpuInfo><gpus><item><manufacturer>NVIDIA</manufacturer><name>Z1</name><count>2</count></item></gpus></gpuInfo></item></instanceTypeSet></R>";
      return Promise.resolve({ status: 200, body });
    })(sandbox.eks.aws.call.bind(sandbox.eks.aws));
    await addGroup({ instanceTypes: ["p9.large"] });
    expect(sandbox.api.nodes[0]!["status"]).toMatchObject({
      capacity: { cpu: "8", pods: "58", "nvidia.com/gpu": "2" },
    });
  });
});

describe("scaling", () => {
  test("up adds nodes and touches no other", async () => {
    await addGroup();
    const before = sandbox.api.nodes;
    await scaleTo(5);
    expect(names()).toHaveLength(5);
    expect(sandbox.api.nodes).toEqual(expect.arrayContaining(before));
    expect(zones().filter((zone) => zone === "eu-west-1a")).toHaveLength(3);
  });

  test("down takes away what came last, and keeps the zones even", async () => {
    await addGroup();
    const before = names();
    await scaleTo(4);
    await scaleTo(2);
    expect(names()).toEqual(before);
  });

  test("down takes cordoned nodes first", async () => {
    await addGroup({ scalingConfig: { minSize: 0, desiredSize: 3, maxSize: 3 } });
    const [first] = names();
    await sandbox.api.mergePatch({ apiVersion: "v1", kind: "Node", name: first! }, { spec: { unschedulable: true } });
    await scaleTo(2);
    expect(names()).not.toContain(first);
  });

  test("to zero and back gives new nodes", async () => {
    await addGroup();
    const before = names();
    await scaleTo(0);
    expect(names()).toEqual([]);
    await scaleTo(2);
    expect(names()).toHaveLength(2);
    expect(names().some((name) => before.includes(name))).toBe(false);
  });

  test("a node that somebody deletes is replaced by a new one", async () => {
    await addGroup();
    const [gone, kept] = names();
    await sandbox.api.delete({ apiVersion: "v1", kind: "Node", name: gone! });
    await sandbox.settled();
    expect(names()).toHaveLength(2);
    expect(names()).toContain(kept);
    expect(names()).not.toContain(gone);
  });

  test("a start that is interrupted is made up for, not repeated", async () => {
    sandbox.api.failure = { verb: "create", error: refusal(500, "InternalError") };
    await addGroup();
    expect(names()).toEqual([]);
    sandbox.api.failure = undefined;
    await sandbox.settled();
    await sandbox.settled();
    expect(names()).toHaveLength(2);
  });
});

describe("draining", () => {
  test("cordons, evicts and then ends the node with the pods of its DaemonSets", async () => {
    await addGroup();
    const [a, b] = names();
    for (const node of [a!, b!]) {
      sandbox.api.addPod(node, `web-${node}`);
      sandbox.api.addPod(node, `agent-${node}`, { owner: "DaemonSet" });
      sandbox.api.addPod(node, `done-${node}`, { phase: "Succeeded" });
      sandbox.api.addPod(node, `static-${node}`, { annotations: { "kubernetes.io/config.mirror": "x" } });
    }
    await scaleTo(0);
    expect(sandbox.api.nodes.map((node) => (node["spec"] as { unschedulable?: boolean }).unschedulable)).toEqual([
      true,
      true,
    ]);
    expect(sandbox.api.calls.filter((call) => call.startsWith("evict"))).toEqual([
      expect.stringContaining("web-"),
      expect.stringContaining("web-"),
    ]);
    await sandbox.steps(1);
    expect(names()).toEqual([]);
    expect(sandbox.api.ofKind("Pod")).toEqual([]);
  });

  test("waits for disruption budgets, and holds up nothing else", async () => {
    await addGroup();
    const [node] = names();
    sandbox.api.addPod(node!, "web");
    sandbox.api.kept.add("default/web");
    await scaleTo(0);
    await sandbox.steps(3);
    expect(names()).toEqual([node]);
    await addGroup({ nodegroupName: "more" });
    expect(names()).toHaveLength(3);
    sandbox.api.kept.clear();
    await sandbox.steps(2);
    expect(labelsOf("eks.amazonaws.com/nodegroup")).toEqual(["more", "more"]);
  });

  test("holds up nothing else either where eviction cannot do with a pod's several budgets", async () => {
    await addGroup({ scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 1 } });
    const [node] = names();
    sandbox.api.addPod(node!, "web");
    sandbox.api.failure = { verb: "evict", error: refusal(500, "InternalError") };
    await scaleTo(0);
    await addGroup({ nodegroupName: "more" });
    expect(names()).toHaveLength(3);
    await sandbox.steps(11);
    expect(labelsOf("eks.amazonaws.com/nodegroup")).toEqual(["more", "more"]);
  });

  test("ends the node when its time is over, and says what ended with it", async () => {
    await addGroup({ scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 1 } });
    const [node] = names();
    sandbox.api.addPod(node!, "web");
    sandbox.api.kept.add("default/web");
    await scaleTo(0);
    await sandbox.steps(9);
    expect(names()).toEqual([node]);
    await sandbox.steps(2);
    expect(names()).toEqual([]);
    expect(sandbox.log).toContain(`cluster atlas: node ${node} was not drained within 10 s and ends with default/web`);
  });

  test("goes on where it was after a restart of the sandbox", async () => {
    await addGroup({ scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 1 } });
    const [node] = names();
    sandbox.api.addPod(node!, "web");
    sandbox.api.kept.add("default/web");
    await scaleTo(0);
    await sandbox.clusters.close();
    sandbox.restart();
    await sandbox.steps(11);
    expect(names()).toEqual([]);
  });

  test("comes with the deletion of a group", async () => {
    await addGroup();
    await addGroup({ nodegroupName: "other" });
    await sandbox.call("DELETE", `${GROUPS}/system`);
    expect(labelsOf("eks.amazonaws.com/nodegroup")).toEqual(["other", "other"]);
  });
});

describe("labels and taints", () => {
  test("follow the group on living nodes; what others have put there stays", async () => {
    await addGroup({ labels: { tier: "a", team: "x" }, taints: [{ key: "old", effect: "NO_EXECUTE" }] });
    const [name] = names();
    const added = { key: "node.kubernetes.io/unreachable", effect: "NoExecute" };
    const before = taintsOf(sandbox.api.nodes[0]!) ?? [];
    await sandbox.api.mergePatch(
      { apiVersion: "v1", kind: "Node", name: name! },
      { metadata: { labels: { own: "label" } }, spec: { taints: [...before, added] } },
    );
    await update({
      labels: { addOrUpdateLabels: { team: "y", more: "z" }, removeLabels: ["tier"] },
      taints: {
        addOrUpdateTaints: [{ key: "new", value: "1", effect: "NO_SCHEDULE" }],
        removeTaints: [{ key: "old", effect: "NO_EXECUTE" }],
      },
    });
    const [node] = sandbox.api.nodes;
    expect(node!.metadata.labels).toMatchObject({ team: "y", more: "z", own: "label" });
    expect(node!.metadata.labels).not.toHaveProperty("tier");
    expect(taintsOf(node!)).toEqual([added, { key: "new", value: "1", effect: "NoSchedule" }]);
    expect(names()).toHaveLength(2);
  });

  test("are written when they differ only", async () => {
    await addGroup({ labels: { tier: "a" } });
    const patches = () => sandbox.api.calls.filter((call) => call.startsWith("patch")).length;
    const before = patches();
    await sandbox.steps(3);
    expect(patches()).toBe(before);
  });

  test("of a node that changed meanwhile are written at the next look", async () => {
    await addGroup({ labels: { tier: "a" } });
    sandbox.api.failure = { verb: "patch", error: refusal(409, "Conflict") };
    await update({ labels: { addOrUpdateLabels: { tier: "b" } } });
    expect(labelsOf("tier")).toEqual(["a", "a"]);
    sandbox.api.failure = undefined;
    await sandbox.settled();
    expect(labelsOf("tier")).toEqual(["b", "b"]);
  });
});

describe("another image or launch template", () => {
  test("replaces the nodes, as many at a time as the group allows, a new one before an old one goes", async () => {
    await addGroup({
      launchTemplate: { id: "lt-00000001", version: "1" },
      scalingConfig: { minSize: 0, desiredSize: 3, maxSize: 5 },
      updateConfig: { maxUnavailable: 1 },
    });
    const before = names();
    const body = { launchTemplate: { id: "lt-00000001", version: "2" } };
    await sandbox.call("POST", `${GROUPS}/system/update-version`, body);
    expect(names()).toHaveLength(4);
    await sandbox.steps(1);
    expect(names()).toHaveLength(3);
    await sandbox.steps(12);
    expect(names()).toHaveLength(3);
    expect(names().some((name) => before.includes(name))).toBe(false);
    expect(labelsOf("eks.amazonaws.com/sourceLaunchTemplateVersion")).toEqual(["2", "2", "2"]);
  });
});

test("nodes are counted by pool and type, with their accelerators", async () => {
  await addGroup({ instanceTypes: ["g6.12xlarge"], labels: { "flightdeck.dev/pool": "train" } });
  const [first] = sandbox.api.nodes;
  const status = { ...(first!["status"] as object), conditions: [{ type: "Ready", status: "True" }] };
  await sandbox.api.mergePatch({ apiVersion: "v1", kind: "Node", name: first!.metadata.name }, { status });
  expect((await sandbox.settled()).nodes).toEqual([
    { pool: "train", instanceType: "g6.12xlarge", count: 2, ready: 1, gpus: { "nvidia.com/gpu": 8 } },
  ]);
});
