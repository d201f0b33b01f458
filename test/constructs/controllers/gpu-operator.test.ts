import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { GpuOperator, type GpuOperatorProps } from "../../../constructs/controllers/gpu-operator";
import { NvidiaDevicePlugin } from "../../../constructs/controllers/nvidia-device-plugin";
import { importedCluster } from "../../support/cluster";
import { ANYWHERE, ON_SYSTEM_POOL, otherCluster, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addressesOf, addEfaPool, addGpuPool, namespace, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<GpuOperatorProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): GpuOperator {
  return new GpuOperator(stack, "Operator", { cluster, namespace: namespace(stack, "gpu-operator"), ...options });
}

function operator(addPools: (cluster: ICluster) => void, options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addPools(cluster);
    define(stack, cluster, options);
  });
}

function values(addPools: (cluster: ICluster) => void, options: Options = {}): Record<string, unknown> {
  return valuesOf(operator(addPools, options).resource("helm_release"));
}

const GPU = { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" };

describe("GpuOperator in a cluster with whole GPUs", () => {
  const out = operator((cluster) => addGpuPool(cluster, "l4"));

  test("is the chart of the catalogue, waited for", () => {
    expect(out.resource("helm_release")).toMatchObject({
      name: "gpu-operator",
      namespace: "gpu-operator",
      chart: "gpu-operator",
      repository: "https://helm.ngc.nvidia.com/nvidia",
      version: "v26.7.0",
      wait: true,
    });
  });

  test("leaves driver and toolkit to the image, and MIG and metrics out", () => {
    expect(valuesOf(out.resource("helm_release"))).toEqual({
      driver: { enabled: false },
      toolkit: { enabled: false },
      devicePlugin: { enabled: true },
      mig: { strategy: "none" },
      migManager: { enabled: false },
      dcgmExporter: { enabled: false, serviceMonitor: { enabled: false } },
      daemonsets: { tolerations: [GPU], rollingUpdate: { maxUnavailable: "10%" } },
      "node-feature-discovery": { worker: { tolerations: [GPU] }, master: ANYWHERE, gc: ANYWHERE },
      operator: { upgradeCRD: true, ...ANYWHERE },
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("helm_release")).toEqual({
      "Operator/Chart/Resource": "helm_release.Operator_Chart_0E92C174",
    });
  });
});

describe("GpuOperator with every way of sharing", () => {
  const given = values(
    (cluster) => {
      addGpuPool(cluster, "notebooks", { sharing: { timeSlicing: { replicas: 4 } } });
      addGpuPool(cluster, "slices", { instanceTypes: ["p5.48xlarge"], sharing: { mig: { profile: "1g.10gb" } } });
      addEfaPool(cluster);
    },
    { dcgmExporter: true, tolerations: [{ key: "team", operator: "Exists", effect: "NoExecute" }] },
  );

  test("gives the device plugin the configurations that the pools' labels say", () => {
    const { config } = given["devicePlugin"] as { config: Record<string, Record<string, string>> };

    expect(config).toMatchObject({ create: true, name: "device-plugin-configs", default: "whole-gpus" });
    expect(Object.keys(config["data"] ?? {})).toEqual(["whole-gpus", "time-slicing-4"]);
    expect(parse(config["data"]?.["time-slicing-4"] ?? "")).toMatchObject({
      sharing: { timeSlicing: { renameByDefault: true } },
    });
  });

  test("cuts GPUs, each profile a resource of its own", () => {
    expect(given).toMatchObject({ mig: { strategy: "mixed" }, migManager: { enabled: true } });
  });

  test("measures the GPUs when told to, and comes to all GPU nodes", () => {
    const tolerations = [
      GPU,
      { key: "team", operator: "Exists", effect: "NoExecute" },
      { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
    ];

    expect(given).toMatchObject({
      dcgmExporter: { enabled: true },
      daemonsets: { tolerations },
      "node-feature-discovery": { worker: { tolerations } },
    });
  });
});

test.each([
  ["p4d.24xlarge", "1g.5gb", [{ name: "WITH_REBOOT", value: "true" }]],
  ["p5.48xlarge", "1g.10gb", undefined],
])("cutting the GPUs of %s restarts the node only where the model needs it", (type, profile, env) => {
  const cut = (cluster: ICluster) =>
    addGpuPool(cluster, "slices", { instanceTypes: [type], sharing: { mig: { profile } } });
  const { migManager } = values(cut) as { migManager: Record<string, unknown> };

  expect(migManager).toEqual({ enabled: true, ...(env && { env }) });
});

describe("GpuOperator and Bottlerocket", () => {
  const off = { "nvidia.com/gpu.deploy.operands": "false" };
  const locked = (labels?: Record<string, string>) => (cluster: ICluster) =>
    addGpuPool(cluster, "locked", { operatingSystem: "bottlerocket", labels });

  test("takes pools whose label keeps it off", () => {
    expect(values(locked(off))).toMatchObject({ driver: { enabled: false } });
  });

  test("refuses others", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    locked()(cluster);

    expect(failure(() => define(stack, cluster))).toEqual({
      code: "INVALID_GPU_OPERATOR_PROPS",
      message:
        "`cluster.pools` must keep the operator off pool locked, which has Bottlerocket: give it the label " +
        'nvidia.com/gpu.deploy.operands: "false", got nothing\n  in test/Operator',
    });
  });
});

describe("GpuOperator on a pool of its own choice", () => {
  test("runs there with what is not on each node, and its other parts on GPU nodes", () => {
    const out = synthesizeKubernetes((stack) => {
      const cluster = importedCluster(stack);
      define(stack, cluster, { pool: systemPool(cluster) });
    });

    expect(valuesOf(out.resource("helm_release"))).toMatchObject({
      daemonsets: { tolerations: [GPU] },
      "node-feature-discovery": { worker: { tolerations: [GPU] }, master: ON_SYSTEM_POOL, gc: ON_SYSTEM_POOL },
      operator: ON_SYSTEM_POOL,
    });
  });

  test("refuses a pool of another cluster, and one with GPUs", () => {
    const stack = kubernetesStack();
    const cluster = otherCluster(stack);
    const pool = addGpuPool(importedCluster(kubernetesStack()), "l4");

    expect(failure(() => define(stack, cluster, { pool }))).toEqual({
      code: "INVALID_GPU_OPERATOR_PROPS",
      message: [
        '`pool` must be of the cluster atlas-prod, got "l4 of atlas-dev"',
        '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
        "  in test/Operator",
      ].join("\n"),
    });
  });
});

test("beside the device plugin it is refused", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  new NvidiaDevicePlugin(stack, "Plugin", { cluster, namespace: namespace(stack, "nvidia-device-plugin") });

  expect(failure(() => define(stack, cluster))).toEqual({
    code: "TWO_DEVICE_PLUGIN_OWNERS",
    message:
      "`cluster` must have one owner of the NVIDIA device plugin: test/Plugin installs it there, " +
      'got "test/Operator"\n  in test/Operator',
  });
});

test("what it installs is what others wait for", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack));

  expect(addressesOf(stack, ready)).toEqual(["helm_release.Operator_Chart_0E92C174"]);
  expect(GpuOperator.podSecurity).toBe("privileged");
});
