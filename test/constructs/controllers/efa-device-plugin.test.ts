import type { TerraformStack } from "cdktf";
import { EksCluster } from "../../../constructs/cluster/eks-cluster";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { EfaDevicePlugin, type EfaDevicePluginProps } from "../../../constructs/controllers/efa-device-plugin";
import { importedCluster, importedVpc } from "../../support/cluster";
import { failure, IDENTITY } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addressesOf, addEfaPool, addGpuPool, namespace, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<EfaDevicePluginProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): EfaDevicePlugin {
  return new EfaDevicePlugin(stack, "Efa", { cluster, namespace: namespace(stack, "kube-system"), ...options });
}

function plugin(addPools: (cluster: ICluster) => void, options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addPools(cluster);
    define(stack, cluster, options);
  });
}

/** A cluster in a region of which no registry is known. */
function clusterIn(stack: TerraformStack, region: string): ICluster {
  return EksCluster.fromClusterAttributes(stack, "Cluster", {
    identity: { ...IDENTITY, region },
    clusterName: "atlas-dev",
    clusterArn: `arn:aws:eks:${region}:111111111111:cluster/atlas-dev`,
    version: "1.36",
    endpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
    certificateAuthorityData: "LS0tLS1CRUdJTg==",
    clusterSecurityGroupId: "sg-1",
    vpc: importedVpc(stack),
  });
}

const GPU = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };
const NEURON = { key: "aws.amazon.com/neuron", operator: "Exists", effect: "NoSchedule" };

describe("EfaDevicePlugin in a cluster with EFA", () => {
  const out = plugin((cluster) => {
    addGpuPool(cluster, "l4");
    addEfaPool(cluster);
  });

  test("is the chart of the catalogue", () => {
    expect(out.resource("helm_release")).toMatchObject({
      name: "aws-efa-k8s-device-plugin",
      namespace: "kube-system",
      chart: "aws-efa-k8s-device-plugin",
      version: "v0.5.30",
    });
  });

  test("runs on the pool with EFA alone, from the registry of the cluster's region", () => {
    expect(valuesOf(out.resource("helm_release"))).toEqual({
      image: { repository: "602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/aws-efa-k8s-device-plugin" },
      supportedInstanceLabels: { keys: ["flightdeck.dev/pool"], values: ["training"] },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      tolerations: [GPU, NEURON, { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" }],
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("helm_release")).toEqual({ "Efa/Chart/Resource": "helm_release.Efa_Chart_E319B1D9" });
  });
});

test("further pools, taints and another registry can be given", () => {
  const team = { key: "team", operator: "Exists", effect: "NoExecute" } as const;
  const out = plugin(() => undefined, {
    furtherPools: ["karpenter-training"],
    imageRegistry: "registry.example.com/mirror",
    tolerations: [team],
  });

  expect(valuesOf(out.resource("helm_release"))).toEqual({
    image: { repository: "registry.example.com/mirror/eks/aws-efa-k8s-device-plugin" },
    supportedInstanceLabels: { keys: ["flightdeck.dev/pool"], values: ["karpenter-training"] },
    updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
    tolerations: [GPU, NEURON, team],
  });
});

describe("EfaDevicePlugin refuses", () => {
  test("a cluster in which it would run nowhere", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    addGpuPool(cluster, "l4");

    expect(failure(() => define(stack, cluster))).toEqual({
      code: "INVALID_EFA_DEVICE_PLUGIN_PROPS",
      message:
        "`cluster` must have a pool with `efa`, or `furtherPools` name one: the plugin would run nowhere, " +
        'got ["l4"]\n  in test/Efa',
    });
  });

  test("a region without a known registry, unless one is given", () => {
    const stack = kubernetesStack();
    const cluster = clusterIn(stack, "eu-nowhere-1");

    expect(failure(() => define(stack, cluster, { furtherPools: ["training"] })).message).toBe(
      "`imageRegistry` must be given: no registry of EKS is known in eu-nowhere-1, got nothing\n  in test/Efa",
    );
  });

  test("a registry that is not a host", () => {
    const stack = kubernetesStack();
    const options = { furtherPools: ["training"], imageRegistry: "registry.example.com/" };

    expect(failure(() => define(stack, importedCluster(stack), options)).message).toBe(
      "`imageRegistry` must be a host, with a path if need be, without a slash at its end, " +
        'got "registry.example.com/"\n  in test/Efa',
    );
  });
});

test("what it installs is what others wait for", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack), { furtherPools: ["training"] });

  expect(addressesOf(stack, ready)).toEqual(["helm_release.Efa_Chart_E319B1D9"]);
  expect(EfaDevicePlugin.podSecurity).toBe("privileged");
});
