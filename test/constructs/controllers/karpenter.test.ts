import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { KarpenterSupport } from "../../../constructs/cluster/karpenter-support";
import { Karpenter, type KarpenterProps } from "../../../constructs/controllers/karpenter";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<KarpenterProps, "cluster">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): Karpenter {
  const support = KarpenterSupport.fromKarpenterSupportAttributes(stack, "Support", {
    clusterName: "atlas-dev",
    queueName: "atlas-dev-karpenter",
    controllerRoleArn: "arn:aws:iam::111111111111:role/karpenter",
    nodeRoleArn: "arn:aws:iam::111111111111:role/karpenter-node",
  });
  return new Karpenter(stack, "Karpenter", {
    cluster,
    namespace: namespace(stack, "kube-system"),
    support,
    ...options,
  });
}

describe("Karpenter with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const definitions = out.resource("helm_release", "Karpenter/Definitions/Resource");
  const release = out.resource("helm_release", "Karpenter/Chart/Resource");

  test("installs the definitions as a chart of their own, which leaves them when it goes", () => {
    expect(definitions).toMatchObject({
      name: "karpenter-crd",
      namespace: "kube-system",
      chart: "karpenter-crd",
      version: "1.14.1",
    });
    expect(valuesOf(definitions)).toEqual({ additionalAnnotations: { "helm.sh/resource-policy": "keep" } });
  });

  test("installs the controller after them, without definitions of its own, in the same version", () => {
    expect(release).toMatchObject({ name: "karpenter", chart: "karpenter", version: "1.14.1", skip_crds: true });
    expect(release["depends_on"]).toEqual([out.addresses("helm_release")["Karpenter/Definitions/Resource"]]);
  });

  test("knows its cluster and its queue, and runs twice as the service account that the role is for", () => {
    expect(valuesOf(release)).toEqual({
      settings: {
        clusterName: "atlas-dev",
        interruptionQueue: "atlas-dev-karpenter",
        eksControlPlane: true,
        isolatedVPC: false,
        featureGates: { nodeRepair: false, reservedCapacity: true },
      },
      serviceAccount: { create: true, name: "karpenter" },
      replicas: 2,
      ...ANYWHERE,
      priorityClassName: "system-cluster-critical",
      controller: { resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "1Gi" } } },
      serviceMonitor: { enabled: false },
    });
  });
});

test("Karpenter with every prop runs once on the nodes of the pool", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const pool = systemPool(cluster);
    define(stack, cluster, { pool, highAvailability: false, monitoring: true, isolatedVpc: true, nodeRepair: true });
  });
  expect(valuesOf(out.resource("helm_release", "Karpenter/Chart/Resource"))).toMatchObject({
    settings: { isolatedVPC: true, featureGates: { nodeRepair: true } },
    replicas: 1,
    ...ON_SYSTEM_POOL,
    serviceMonitor: { enabled: true },
  });
});

test("pools wait for definitions and controller", () => {
  const stack = kubernetesStack();
  expect(addressesOf(stack, define(stack, importedCluster(stack)).ready)).toEqual([
    "helm_release.Karpenter_Definitions_07DC539A",
    "helm_release.Karpenter_Chart_E18CC5FC",
  ]);
});

test("addNodePool defines a pool of this Karpenter", () => {
  const out = synthesizeKubernetes((stack) => {
    const karpenter = define(stack, importedCluster(stack));
    const pool = karpenter.addNodePool("Batch", {
      poolName: "batch",
      instanceTypes: ["m7i.xlarge"],
      limits: { cpus: 64 },
    });
    expect(pool.poolName).toBe("batch");
  });
  const addresses = out.addresses("helm_release");
  expect(out.resource("helm_release", "Karpenter/Batch/Objects/Resource")["depends_on"]).toEqual([
    addresses["Karpenter/Definitions/Resource"],
    addresses["Karpenter/Chart/Resource"],
  ]);
});

test("Karpenter runs under the restricted level", () => {
  expect(Karpenter.podSecurity).toBe("restricted");
});

test("Karpenter refuses a place that its role is not for, and a pool with accelerators, at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const pool = addGpuPool(cluster, "l4");
  expect(failure(() => define(stack, cluster, { pool, namespace: namespace(stack, "karpenter") }))).toEqual({
    code: "INVALID_KARPENTER_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`namespace` must be `kube-system`, which the controller\'s role is for, got "karpenter"',
      "  in test/Karpenter",
    ].join("\n"),
  });
});
