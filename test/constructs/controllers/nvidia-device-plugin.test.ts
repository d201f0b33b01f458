import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { GpuNodePool } from "../../../constructs/cluster/gpu-node-pool";
import { GpuOperator } from "../../../constructs/controllers/gpu-operator";
import { NvidiaDevicePlugin, type NvidiaDevicePluginProps } from "../../../constructs/controllers/nvidia-device-plugin";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addressesOf, addEfaPool, addGpuPool, namespace, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<NvidiaDevicePluginProps, "cluster" | "namespace">>;

const MIG = { instanceTypes: ["p5.48xlarge"], sharing: { mig: { profile: "1g.10gb" } } };

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): NvidiaDevicePlugin {
  return new NvidiaDevicePlugin(stack, "Plugin", {
    cluster,
    namespace: namespace(stack, "nvidia-device-plugin"),
    ...options,
  });
}

function plugin(addPools: (cluster: ICluster) => void, options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addPools(cluster);
    define(stack, cluster, options);
  });
}

function values(addPools: (cluster: ICluster) => void, options: Options = {}): Record<string, unknown> {
  return valuesOf(plugin(addPools, options).resource("helm_release"));
}

function refused(addPools: (cluster: ICluster) => void, options: Options = {}): { code: string; message: string } {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  addPools(cluster);
  return failure(() => define(stack, cluster, options));
}

describe("NvidiaDevicePlugin in a cluster with whole GPUs", () => {
  const out = plugin((cluster) => addGpuPool(cluster, "l4"));

  test("is the chart of the catalogue, waited for", () => {
    expect(out.resource("helm_release")).toMatchObject({
      name: "nvidia-device-plugin",
      namespace: "nvidia-device-plugin",
      chart: "nvidia-device-plugin",
      repository: "https://nvidia.github.io/k8s-device-plugin",
      version: "0.20.0",
      wait: true,
      atomic: true,
    });
  });

  test("runs on GPU nodes, without capabilities, and needs no configuration", () => {
    expect(valuesOf(out.resource("helm_release"))).toEqual({
      migStrategy: "none",
      deviceListStrategy: "envvar",
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "nvidia.com/gpu.present", operator: "In", values: ["true"] }] },
            ],
          },
        },
      },
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } },
      gfd: { enabled: false },
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("helm_release")).toEqual({ "Plugin/Chart/Resource": "helm_release.Plugin_Chart_836BA7A6" });
  });
});

describe("NvidiaDevicePlugin with shared GPUs", () => {
  const shared = (cluster: ICluster) => {
    addGpuPool(cluster, "notebooks", { sharing: { timeSlicing: { replicas: 4 } } });
    addGpuPool(cluster, "more-notebooks", { sharing: { timeSlicing: { replicas: 4 } } });
    addGpuPool(cluster, "tests", { sharing: { timeSlicing: { replicas: 8 } } });
    addGpuPool(cluster, "inference", { sharing: { mps: { replicas: 10 } } });
    addGpuPool(cluster, "training");
  };
  const { config } = values(shared) as { config: { map: Record<string, string>; default: string } };

  test("has one configuration for each way, under the name that the pools' labels say", () => {
    const parsed = Object.entries(config.map).map(([name, text]) => [name, parse(text) as unknown]);

    expect(Object.fromEntries(parsed)).toEqual({
      "whole-gpus": { version: "v1" },
      "time-slicing-4": {
        version: "v1",
        sharing: {
          timeSlicing: {
            renameByDefault: true,
            failRequestsGreaterThanOne: true,
            resources: [{ name: "nvidia.com/gpu", replicas: 4 }],
          },
        },
      },
      "time-slicing-8": {
        version: "v1",
        sharing: {
          timeSlicing: {
            renameByDefault: true,
            failRequestsGreaterThanOne: true,
            resources: [{ name: "nvidia.com/gpu", replicas: 8 }],
          },
        },
      },
      "mps-10": {
        version: "v1",
        sharing: { mps: { renameByDefault: true, resources: [{ name: "nvidia.com/gpu", replicas: 10 }] } },
      },
    });
  });

  test("hands out whole GPUs where nodes name no configuration", () => {
    expect(config.default).toBe("whole-gpus");
  });

  test("leaves the choice of privileges to the chart as soon as MPS is used, and takes capabilities away before", () => {
    const sliced = (cluster: ICluster) => addGpuPool(cluster, "l4", { sharing: { timeSlicing: { replicas: 2 } } });

    expect(values(shared)).not.toHaveProperty("deviceListStrategy");
    expect(values(sliced)).toMatchObject({ migStrategy: "none", deviceListStrategy: "envvar" });
  });
});

test("pools with Bottlerocket, and others that bring a plugin of their own, are left out", () => {
  const pools = (cluster: ICluster) => {
    addGpuPool(cluster, "l4");
    addGpuPool(cluster, "locked", { operatingSystem: "bottlerocket" });
  };

  expect(values(pools, { ownPluginPools: ["karpenter-gpu"] })).toMatchObject({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: "nvidia.com/gpu.present", operator: "In", values: ["true"] },
                { key: "flightdeck.dev/pool", operator: "NotIn", values: ["locked", "karpenter-gpu"] },
              ],
            },
          ],
        },
      },
    },
  });
});

test("taints of the pools and further ones are tolerated, those of all GPU nodes once", () => {
  const further = { key: "team", operator: "Equal", value: "a", effect: "NoExecute" } as const;

  expect(values(addEfaPool, { tolerations: [further] })["tolerations"]).toEqual([
    { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" },
    further,
    { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
  ]);
});

test("GPU feature discovery brings node feature discovery to the same nodes", () => {
  const tolerations = [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }];

  expect(values((cluster) => addGpuPool(cluster, "l4"), { gpuFeatureDiscovery: true })).toMatchObject({
    gfd: { enabled: true },
    nfd: { worker: { tolerations } },
  });
});

describe("NvidiaDevicePlugin and MIG", () => {
  const cut = (cluster: ICluster) => addGpuPool(cluster, "slices", MIG);

  test("gives each profile a resource of its own where the image cuts the GPUs", () => {
    const given = values(cut, { preCutPools: ["slices"] });

    expect(given).toMatchObject({ migStrategy: "mixed" });
    expect(given).not.toHaveProperty("config");
    expect(given).not.toHaveProperty("deviceListStrategy");
  });

  test("refuses pools that nobody cuts", () => {
    expect(refused(cut)).toEqual({
      code: "INVALID_NVIDIA_DEVICE_PLUGIN_PROPS",
      message:
        "`cluster` must have no pool with MIG on Amazon Linux, whose GPUs nobody would cut: use the `GpuOperator` or " +
        'Bottlerocket, or name pools in `preCutPools` whose image cuts them, got ["slices"]\n  in test/Plugin',
    });
  });

  test("refuses to take pools for cut that are not to be", () => {
    expect(refused((cluster) => addGpuPool(cluster, "l4"), { preCutPools: ["l4"] })).toEqual({
      code: "INVALID_NVIDIA_DEVICE_PLUGIN_PROPS",
      message:
        '`preCutPools` must be pools of the cluster with MIG on Amazon Linux (none), got ["l4"]\n  in test/Plugin',
    });
  });

  test("takes Bottlerocket, which cuts its GPUs itself", () => {
    expect(
      values((cluster) => addGpuPool(cluster, "slices", { ...MIG, operatingSystem: "bottlerocket" })),
    ).toMatchObject({
      migStrategy: "none",
    });
  });
});

test("an imported pool whose labels ask for a configuration must say how it shares", () => {
  const imported = (cluster: ICluster) =>
    GpuNodePool.fromGpuNodePoolAttributes(cluster, "Imported", {
      cluster,
      poolName: "elsewhere",
      nodeGroupName: "elsewhere-1",
      nodeGroupArn: "arn:aws:eks:eu-central-1:111111111111:nodegroup/atlas-dev/elsewhere-1/0",
      nodeRoleArn: "arn:aws:iam::111111111111:role/elsewhere",
      instanceTypes: ["g6.xlarge"],
      maxSize: 1,
      gpuModel: "l4",
      labels: { "nvidia.com/device-plugin.config": "time-slicing-4" },
    });

  expect(refused(imported).message).toBe(
    "`cluster.pools` must say how pool elsewhere shares its GPUs: its nodes ask for a configuration by label, " +
      'got "time-slicing-4"\n  in test/Plugin',
  );
});

describe("one owner of the device plugin", () => {
  test("a second one in the cluster is refused, whichever it is", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    new GpuOperator(stack, "Operator", { cluster, namespace: namespace(stack, "gpu-operator") });

    expect(failure(() => define(stack, cluster))).toEqual({
      code: "TWO_DEVICE_PLUGIN_OWNERS",
      message:
        "`cluster` must have one owner of the NVIDIA device plugin: test/Operator installs it there, " +
        'got "test/Plugin"\n  in test/Plugin',
    });
  });
});

test("what it installs is what others wait for", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack));

  expect(addressesOf(stack, ready)).toEqual(["helm_release.Plugin_Chart_836BA7A6"]);
  expect(NvidiaDevicePlugin.podSecurity).toBe("privileged");
});
