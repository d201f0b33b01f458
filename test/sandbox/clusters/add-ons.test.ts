import { join } from "node:path";
import { addons } from "../../../catalog";
import { addOnObjects, KNOWN_ADD_ONS } from "../../../sandbox/clusters/add-ons";
import type { KubernetesObject } from "../../../sandbox/kubernetes/kubernetes-object";
import { CLUSTER } from "../eks/support/eks-harness";
import { temporaryDirectory } from "../temporary-directory";
import { ClusterWorld } from "./cluster-world";
import { refusal } from "./fake-kubernetes";

const PLACE = { region: "eu-west-1", serviceCidr: "172.20.0.0/16" };

interface PodSpec {
  readonly serviceAccountName?: string;
  readonly tolerations?: readonly object[];
  readonly priorityClassName: string;
  readonly containers: readonly { readonly name: string; readonly image: string; readonly resources?: object }[];
}

function objects(name: string, configuration?: object | string, version = "v1.0.0-eksbuild.1"): KubernetesObject[] {
  const text = typeof configuration === "object" ? JSON.stringify(configuration) : configuration;
  return addOnObjects({ name, version, status: "ACTIVE", configuration: text }, PLACE)!;
}

function named(all: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = all.find((object) => object.kind === kind && object.metadata.name === name);
  expect(found).toBeDefined();
  return found!;
}

function podSpec(object: KubernetesObject): PodSpec {
  return (object["spec"] as { template: { spec: PodSpec } }).template.spec;
}

describe("every add-on of the catalogue", () => {
  test.each(addons().map(({ name }) => [name]))("%s has its workloads", (name) => {
    expect(objects(name).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([expect.stringMatching(/DaemonSet|Deployment/)]),
    );
  });

  test.each(KNOWN_ADD_ONS.map((name) => [name]))("%s names only service accounts that it brings", (name) => {
    const all = objects(name);
    const accounts = new Set(all.filter(({ kind }) => kind === "ServiceAccount").map(({ metadata }) => metadata.name));
    for (const object of all.filter(({ kind }) => kind === "DaemonSet" || kind === "Deployment")) {
      const { serviceAccountName, priorityClassName } = podSpec(object);
      if (serviceAccountName !== undefined) expect(accounts).toContain(serviceAccountName);
      expect(priorityClassName).toMatch(/^system-(node|cluster)-critical$/);
      const { selector, template } = object["spec"] as never as {
        selector: { matchLabels: object };
        template: { metadata: { labels: object } };
      };
      expect(template.metadata.labels).toEqual(selector.matchLabels);
    }
  });

  test("one that is not known here has no objects", () => {
    expect(addOnObjects({ name: "acme", version: "v1", status: "ACTIVE" }, PLACE)).toBeUndefined();
  });
});

describe("what shows of versions and configuration", () => {
  test("the CNI's image and settings", () => {
    const all = objects("vpc-cni", { env: { ENABLE_PREFIX_DELEGATION: "true" } }, "v1.22.3-eksbuild.1");
    const [container] = podSpec(named(all, "DaemonSet", "aws-node")).containers;
    expect(container).toMatchObject({
      image: "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.22.3-eksbuild.1",
      resources: { requests: { cpu: "25m" } },
      env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }],
    });
  });

  test("CoreDNS answers at the tenth address of the services, with as many replicas as asked", () => {
    const all = objects("coredns", { replicaCount: 4, tolerations: [{ operator: "Exists" }] });
    expect(named(all, "Service", "kube-dns")["spec"]).toMatchObject({ clusterIP: "172.20.0.10" });
    const deployment = named(all, "Deployment", "coredns");
    expect(deployment["spec"]).toMatchObject({ replicas: 4 });
    expect(podSpec(deployment).tolerations).toEqual([{ operator: "Exists" }]);
    expect(podSpec(named(objects("coredns"), "Deployment", "coredns")).tolerations).toContainEqual({
      key: "CriticalAddonsOnly",
      operator: "Exists",
    });
  });

  test("the EBS driver's controller, its nodes and the driver itself", () => {
    const all = objects("aws-ebs-csi-driver", { controller: { tolerations: [{ key: "own" }], replicaCount: 1 } });
    expect(podSpec(named(all, "Deployment", "ebs-csi-controller")).tolerations).toEqual([{ key: "own" }]);
    expect(podSpec(named(all, "DaemonSet", "ebs-csi-node")).tolerations).toEqual([{ operator: "Exists" }]);
    expect(named(all, "CSIDriver", "ebs.csi.aws.com")["spec"]).toMatchObject({ attachRequired: true });
  });

  test("the snapshot controller brings the kinds of snapshots", () => {
    const kinds = objects("snapshot-controller").filter(({ kind }) => kind === "CustomResourceDefinition");
    expect(kinds.map(({ metadata }) => metadata.name)).toEqual([
      "volumesnapshotclasses.snapshot.storage.k8s.io",
      "volumesnapshotcontents.snapshot.storage.k8s.io",
      "volumesnapshots.snapshot.storage.k8s.io",
      "volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io",
      "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io",
      "volumegroupsnapshots.groupsnapshot.storage.k8s.io",
    ]);
  });

  test("the part of the monitoring agent that looks at GPUs goes to GPU nodes alone", () => {
    const all = objects("eks-node-monitoring-agent", { dcgmAgent: { tolerations: [{ operator: "Exists" }] } });
    const spec = JSON.stringify(podSpec(named(all, "DaemonSet", "dcgm-server")));
    expect(spec).toContain('"g6.xlarge"');
    expect(spec).not.toContain('"m7i.large"');
    expect(podSpec(named(all, "DaemonSet", "dcgm-server")).tolerations).toEqual([{ operator: "Exists" }]);
  });

  test("configuration in YAML is read as well, and what is no object means the defaults", () => {
    const replicas = (text: string) => named(objects("coredns", text), "Deployment", "coredns")["spec"];
    expect(replicas("replicaCount: 3\n")).toMatchObject({ replicas: 3 });
    expect(replicas("- 1\n")).toMatchObject({ replicas: 2 });
  });
});

describe("in a cluster", () => {
  const directory = temporaryDirectory();
  let sandbox: ClusterWorld;

  beforeEach(async () => {
    sandbox = new ClusterWorld(join(directory(), "clusters"));
    await sandbox.call("POST", "/clusters", CLUSTER);
    sandbox.eks.wait(2000);
  });
  afterEach(() => sandbox.clusters.close());

  const path = "/clusters/atlas/addons";
  const applies = () => sandbox.api.calls.filter((call) => call.startsWith("apply")).length;

  test("the objects of an add-on are there as long as it is", async () => {
    await sandbox.call("POST", path, { addonName: "vpc-cni" });
    expect(sandbox.api.others).toEqual(["DaemonSet aws-node", "ServiceAccount aws-node"]);
    sandbox.eks.wait(1000);
    await sandbox.call("DELETE", `${path}/vpc-cni`);
    expect(sandbox.api.others).toEqual([]);
  });

  test("they are applied when something has changed, also after a restart of the sandbox", async () => {
    await sandbox.call("POST", path, { addonName: "vpc-cni" });
    const before = applies();
    await sandbox.steps(2);
    await sandbox.clusters.close();
    sandbox.restart();
    await sandbox.steps(2);
    expect(applies()).toBe(before);
    sandbox.eks.wait(1000);
    const configurationValues = JSON.stringify({ env: { WARM_PREFIX_TARGET: "1" } });
    await sandbox.call("POST", `${path}/vpc-cni/update`, { configurationValues });
    expect(applies()).toBe(before + 2);
  });

  test("one that was applied in part is completed, and can be removed", async () => {
    sandbox.api.failure = { verb: "apply", error: refusal(500, "InternalError") };
    await sandbox.call("POST", path, { addonName: "vpc-cni" });
    expect(sandbox.api.others).toEqual([]);
    sandbox.api.failure = undefined;
    await sandbox.settled();
    expect(sandbox.api.others).toEqual(["DaemonSet aws-node", "ServiceAccount aws-node"]);
  });
});
