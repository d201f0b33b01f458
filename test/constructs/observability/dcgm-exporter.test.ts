import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { GpuOperator } from "../../../constructs/controllers/gpu-operator";
import { DcgmExporter, type DcgmExporterProps } from "../../../constructs/observability/dcgm-exporter";
import { importedCluster } from "../../support/cluster";
import { addressesOf, defineKarpenterPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addEfaPool, addGpuPool, clusterWithCpuPool, namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<DcgmExporterProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): DcgmExporter {
  return new DcgmExporter(stack, "Dcgm", { cluster, namespace: namespace(stack, "monitoring-agents"), ...options });
}

function clusterWithGpus(stack: TerraformStack): ICluster {
  const cluster = importedCluster(stack);
  addGpuPool(cluster, "l4");
  return cluster;
}

function valuesWith(options: Options = {}, cluster = clusterWithGpus): Record<string, unknown> {
  const out = synthesizeKubernetes((stack) => void define(stack, cluster(stack), options));
  return valuesOf(out.resource("helm_release"));
}

describe("DcgmExporter with minimal props", () => {
  const values = valuesWith();

  test("runs on every GPU node, past the taint of GPU nodes", () => {
    expect(values).toMatchObject({
      nodeSelector: { "nvidia.com/gpu.present": "true" },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
    });
  });

  test("asks GPUs and is asked every 30 seconds", () => {
    expect(values["arguments"]).toEqual(["-f", "/etc/dcgm-exporter/default-counters.csv", "--collect-interval=30000"]);
    expect(values["serviceMonitor"]).toMatchObject({ enabled: true, interval: "30s", scrapeTimeout: "10s" });
  });

  test("gives series the name of the node, and leaves them the labels of the workload", () => {
    expect(values["serviceMonitor"]).toMatchObject({
      honorLabels: false,
      relabelings: [
        { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" },
        { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "instance" },
        { action: "labeldrop", regex: "pod|namespace|container|endpoint|service" },
      ],
    });
  });

  test("measures errors, remapped rows and clocks, and profiles nothing", () => {
    const counters = String(values["customMetrics"]);
    expect(counters).toContain("DCGM_FI_DEV_XID_ERRORS, gauge, ");
    expect(counters).toContain("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL, counter, ");
    expect(counters).toContain("DCGM_EXP_CLOCK_EVENTS_COUNT, gauge, ");
    expect(counters).not.toContain("DCGM_FI_PROF_");
  });

  test("has no capability, and sees GPUs of Bottlerocket by a mount", () => {
    expect(values).toMatchObject({
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: [] } },
      extraHostVolumes: [{ name: "all-gpus", hostPath: "/dev/null" }],
    });
    expect(values["extraVolumeMounts"]).toContainEqual({
      name: "all-gpus",
      mountPath: "/var/run/nvidia-container-devices/all",
      readOnly: true,
    });
  });

  test("knows GPUs that several pods share", () => {
    expect(values["extraEnv"]).toEqual([{ name: "NVIDIA_RESOURCE_NAMES", value: "nvidia.com/gpu.shared" }]);
  });
});

test("DcgmExporter with every prop tolerates taints of all pools, and profiles", () => {
  const { pool } = defineKarpenterPool({
    poolName: "inference",
    instanceFamilies: ["g6"],
    limits: { accelerators: 4 },
    taints: [{ key: "team", value: "search", effect: "NoSchedule" }],
  });
  const cluster = (stack: TerraformStack) => {
    const own = importedCluster(stack);
    addEfaPool(own);
    return own;
  };
  const values = valuesWith(
    {
      furtherPools: [pool],
      intervalSeconds: 5,
      profiling: true,
      furtherCounters: ["DCGM_FI_PROF_SM_OCCUPANCY", "DCGM_FI_DEV_ENC_UTIL"],
      tolerations: [{ key: "spot", operator: "Exists", effect: "NoExecute" }],
    },
    cluster,
  );
  expect(values).toMatchObject({
    tolerations: [
      { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" },
      { key: "spot", operator: "Exists", effect: "NoExecute" },
      { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
      { key: "team", operator: "Equal", value: "search", effect: "NoSchedule" },
    ],
    serviceMonitor: { interval: "5s", scrapeTimeout: "5s" },
    securityContext: { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } },
  });
  for (const name of ["DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "DCGM_FI_PROF_SM_OCCUPANCY", "DCGM_FI_DEV_ENC_UTIL"]) {
    expect(values["customMetrics"]).toContain(`${name}, gauge, `);
  }
});

test("slices are profiled unless told otherwise", () => {
  const cluster = (stack: TerraformStack) => {
    const own = importedCluster(stack);
    addGpuPool(own, "slices", { instanceTypes: ["p5.48xlarge"], sharing: { mig: { profile: "1g.10gb" } } });
    return own;
  };
  expect(valuesWith({}, cluster)["customMetrics"]).toContain("DCGM_FI_PROF_GR_ENGINE_ACTIVE");
  expect(valuesWith({ profiling: false }, cluster)["customMetrics"]).not.toContain("DCGM_FI_PROF_");
});

test("what counts on measurements waits for the chart", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, clusterWithGpus(stack));
  expect(addressesOf(stack, ready)).toEqual([expect.stringMatching(/^helm_release\.Dcgm_Chart_/)]);
});

test("a cluster without GPUs has nothing to measure", () => {
  const stack = kubernetesStack();
  expect(failure(() => define(stack, clusterWithCpuPool(stack)))).toEqual({
    code: "INVALID_DCGM_EXPORTER_PROPS",
    message: [
      '`cluster` must have a pool with GPUs, or `furtherPools` name one: the exporter would run nowhere, got ["batch"]',
      "  in test/Dcgm",
    ].join("\n"),
  });
});

test("the exporter of the GPU operator is enough, in the same cluster alone", () => {
  const stack = kubernetesStack();
  const cluster = clusterWithGpus(stack);
  new GpuOperator(stack, "Operator", { cluster, namespace: namespace(stack, "gpu-operator"), dcgmExporter: true });
  expect(failure(() => define(stack, cluster)).message).toBe(
    [
      "`cluster` must have one exporter, or every GPU counts twice: set `dcgmExporter` of the `GpuOperator` to false, " +
        'got "test/Operator"',
      "  in test/Dcgm",
    ].join("\n"),
  );
  const other = kubernetesStack();
  const silent = clusterWithGpus(other);
  new GpuOperator(other, "Operator", { cluster: silent, namespace: namespace(other, "gpu-operator") });
  expect(() => define(other, silent)).not.toThrow();
});

test("DcgmExporter reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const options = { intervalSeconds: 301, furtherCounters: ["DCGM_FI_DEV_GPU_TEMPS", "DCGM_FI_PROF_SM_OCCUPANCY"] };
  expect(failure(() => define(stack, clusterWithGpus(stack), options)).message).toBe(
    [
      "`intervalSeconds` must be a whole number from 1 to 300, got 301",
      "`furtherCounters[0]` must be a counter of the catalogue, such as DCGM_FI_DEV_GPU_TEMP, " +
        'got "DCGM_FI_DEV_GPU_TEMPS"',
      '`furtherCounters[1]` must not need profiling while `profiling` is false, got "DCGM_FI_PROF_SM_OCCUPANCY"',
      "  in test/Dcgm",
    ].join("\n"),
  );
});
