import type { TerraformStack } from "cdktf";
import { JobQueues } from "../../../constructs/controllers/job-queues";
import { KueueController } from "../../../constructs/controllers/kueue-controller";
import type { ManifestObject } from "../../../constructs/kubernetes/manifest-object";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { customResourceProblems, testWithDefinitions } from "../../support/custom-resources";
import {
  clusterWithPools,
  importedController,
  queueObjects,
  type QueueOptions,
  queues,
  research,
} from "../../support/queues";
import { synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, addressesOf, clusterWithCpuPool, namespace, objectsOf } from "../../support/releases";

function object(all: readonly ManifestObject[], kind: string, name: string): ManifestObject {
  const found = all.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

function flavours(all: readonly ManifestObject[], queue = "research"): unknown {
  const { resourceGroups } = object(all, "ClusterQueue", queue)["spec"] as { resourceGroups: { flavors: unknown }[] };
  return resourceGroups[0]?.flavors;
}

describe("JobQueues of one team", () => {
  const out = queues(research({ l4: { gpus: 8 }, batch: { cpus: 16 } }));
  const all = objectsOf(out.resource("helm_release"));

  test("are one release of objects in Kueue's namespace", () => {
    expect(out.resource("helm_release")).toMatchObject({ name: "job-queues", namespace: "kueue-system", wait: true });
    expect(all.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`)).toEqual([
      "ResourceFlavor /batch",
      "ResourceFlavor /l4",
      "Cohort /teams",
      "ClusterQueue /research",
      "LocalQueue training/research",
      "LocalQueue notebooks/research",
      "WorkloadPriorityClass /low",
      "WorkloadPriorityClass /high",
    ]);
  });

  test("take a pool for a flavour, which jobs may choose by its labels and get on if they tolerate the accelerator", () => {
    expect(object(all, "ResourceFlavor", "l4")["spec"]).toEqual({
      nodeLabels: {
        "flightdeck.dev/pool": "l4",
        "flightdeck.dev/capacity": "on-demand",
        "flightdeck.dev/gpu": "l4",
        "flightdeck.dev/gpu-sharing": "time-slicing",
      },
      nodeTaints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
    });
    expect(object(all, "ResourceFlavor", "batch")["spec"]).toEqual({
      nodeLabels: { "flightdeck.dev/pool": "batch", "flightdeck.dev/capacity": "on-demand" },
    });
  });

  test("divide the pools in the order of the quotas, GPUs with the CPU and memory that come with them", () => {
    // A share of the larger type: 8 cores and 32 GiB for one GPU, a quarter of it. The CPU pool: 4 GiB a core.
    expect(object(all, "ClusterQueue", "research")["spec"]).toEqual({
      cohortName: "teams",
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["training", "notebooks"] }],
      },
      preemption: { reclaimWithinCohort: "Any", withinClusterQueue: "LowerPriority" },
      resourceGroups: [
        {
          coveredResources: ["cpu", "memory", "nvidia.com/gpu.shared"],
          flavors: [
            {
              name: "l4",
              resources: [
                { name: "cpu", nominalQuota: 16 },
                { name: "memory", nominalQuota: "64Gi" },
                { name: "nvidia.com/gpu.shared", nominalQuota: 8 },
              ],
            },
            {
              name: "batch",
              resources: [
                { name: "cpu", nominalQuota: 16 },
                { name: "memory", nominalQuota: "64Gi" },
                { name: "nvidia.com/gpu.shared", nominalQuota: 0 },
              ],
            },
          ],
        },
      ],
    });
  });

  test("have a queue in each namespace, by the name of the team", () => {
    expect(object(all, "LocalQueue", "research")).toMatchObject({ spec: { clusterQueue: "research" } });
  });

  test("let jobs go first and last", () => {
    expect(object(all, "WorkloadPriorityClass", "low")).toMatchObject({ value: -100 });
    expect(object(all, "WorkloadPriorityClass", "high")).toMatchObject({ value: 100 });
  });

  test("keep their address", () => {
    expect(out.addresses("helm_release")).toEqual({
      "Queues/Objects/Resource": "helm_release.Queues_Objects_120703EC",
    });
  });

  testWithDefinitions("are what Kueue's definitions ask for", () => {
    expect(customResourceProblems("kueue", all)).toEqual([]);
  });
});

describe("JobQueues of two teams on every kind of pool", () => {
  const options = (stack: TerraformStack): QueueOptions => ({
    teams: [
      {
        name: "ranking",
        namespaces: [namespace(stack, "ranking")],
        quotas: { training: { gpus: 24, borrowingLimit: 8 }, neuron: { gpus: 6 }, batch: { cpus: 30, memoryGiB: 100 } },
      },
      {
        name: "research",
        namespaces: [namespace(stack, "training")],
        quotas: { training: { gpus: 8, cpus: 100, memoryGiB: 400, borrowingLimit: 0 }, batch: {} },
      },
    ],
    defaultQueue: true,
    cpuJobsOnAcceleratorPools: true,
    reclaimLent: false,
    preemptLowerPriority: false,
    priorities: { nightly: -5 },
    cohortName: "everyone",
  });
  const all = queueObjects(options);

  test("count whole GPUs, Neuron devices and cores, each with its limit on borrowing", () => {
    expect(flavours(all, "ranking")).toEqual([
      {
        name: "training",
        resources: [
          { name: "cpu", nominalQuota: 576, borrowingLimit: 192 },
          { name: "memory", nominalQuota: "6144Gi", borrowingLimit: "2048Gi" },
          { name: "nvidia.com/gpu", nominalQuota: 24, borrowingLimit: 8 },
          { name: "aws.amazon.com/neuron", nominalQuota: 0, borrowingLimit: 0 },
        ],
      },
      {
        name: "neuron",
        resources: [
          { name: "cpu", nominalQuota: 96 },
          { name: "memory", nominalQuota: "384Gi" },
          { name: "nvidia.com/gpu", nominalQuota: 0 },
          { name: "aws.amazon.com/neuron", nominalQuota: 6 },
        ],
      },
      {
        name: "batch",
        resources: [
          { name: "cpu", nominalQuota: 30 },
          { name: "memory", nominalQuota: "100Gi" },
          { name: "nvidia.com/gpu", nominalQuota: 0 },
          { name: "aws.amazon.com/neuron", nominalQuota: 0 },
        ],
      },
    ]);
  });

  test("take CPU and memory that are given, and nothing where a team only borrows", () => {
    expect(flavours(all)).toEqual([
      {
        name: "training",
        resources: [
          { name: "cpu", nominalQuota: 100, borrowingLimit: 0 },
          { name: "memory", nominalQuota: "400Gi", borrowingLimit: "0Gi" },
          { name: "nvidia.com/gpu", nominalQuota: 8, borrowingLimit: 0 },
        ],
      },
      {
        name: "batch",
        resources: [
          { name: "cpu", nominalQuota: 0 },
          { name: "memory", nominalQuota: "0Gi" },
          { name: "nvidia.com/gpu", nominalQuota: 0 },
        ],
      },
    ]);
  });

  test("tolerate taints of the pools, those of the accelerators when told to", () => {
    expect(object(all, "ResourceFlavor", "training")["spec"]).toMatchObject({
      nodeTaints: [
        { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" },
        { key: "workload", value: "training", effect: "NoSchedule" },
      ],
      tolerations: [
        { key: "nvidia.com/gpu", operator: "Equal", value: "true", effect: "NoSchedule" },
        { key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" },
      ],
    });
  });

  test("take up jobs that name no queue, when told to", () => {
    expect(all.filter(({ kind }) => kind === "LocalQueue").map(({ metadata }) => metadata)).toEqual([
      { name: "default", namespace: "ranking" },
      { name: "default", namespace: "training" },
    ]);
  });

  test("stop no job, when told not to", () => {
    expect(object(all, "ClusterQueue", "research")["spec"]).toMatchObject({
      cohortName: "everyone",
      preemption: { reclaimWithinCohort: "Never", withinClusterQueue: "Never" },
    });
  });

  testWithDefinitions("are what Kueue's definitions ask for", () => {
    expect(customResourceProblems("kueue", all)).toEqual([]);
  });
});

test("the taint of a team's own pool is tolerated for those who have a quota of it", () => {
  const flavour = object(queueObjects(research({ training: { gpus: 8 } })), "ResourceFlavor", "training");

  expect(flavour["spec"]).toMatchObject({
    tolerations: [{ key: "workload", operator: "Equal", value: "training", effect: "NoSchedule" }],
  });
});

test("slices of cut GPUs are counted as slices", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = clusterWithCpuPool(stack);
    addGpuPool(cluster, "slices", { instanceTypes: ["p5.48xlarge"], sharing: { mig: { profile: "1g.10gb" } } });
    const teams = [{ name: "research", namespaces: [namespace(stack, "training")], quotas: { slices: { gpus: 224 } } }];
    new JobQueues(stack, "Queues", { cluster, controller: importedController(stack), teams });
  });

  expect(flavours(objectsOf(out.resource("helm_release")))).toEqual([
    {
      name: "slices",
      resources: [
        { name: "cpu", nominalQuota: 768 },
        { name: "memory", nominalQuota: "8192Gi" },
        { name: "nvidia.com/mig-1g.10gb", nominalQuota: 224 },
      ],
    },
  ]);
});

test("a flavour has eight labels at most, those of the pool before its user's, and none for drivers", () => {
  const labels = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((name) => [`example.com/${name}`, "1"]));
  const out = synthesizeKubernetes((stack) => {
    const cluster = clusterWithCpuPool(stack);
    addGpuPool(cluster, "l4", { labels });
    const teams = [{ name: "research", namespaces: [namespace(stack, "training")], quotas: { l4: { gpus: 4 } } }];
    new JobQueues(stack, "Queues", { cluster, controller: importedController(stack), teams });
  });
  const { nodeLabels } = object(objectsOf(out.resource("helm_release")), "ResourceFlavor", "l4")["spec"] as {
    nodeLabels: Record<string, string>;
  };

  expect(Object.keys(nodeLabels)).toEqual([
    "flightdeck.dev/pool",
    "flightdeck.dev/capacity",
    "flightdeck.dev/gpu",
    "example.com/a",
    "example.com/b",
    "example.com/c",
    "example.com/d",
    "example.com/e",
  ]);
});

test("queues wait for Kueue and for the namespaces, and others for them", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = clusterWithPools(stack);
    const training = new Namespace(stack, "Training", { cluster, name: "training" });
    const kueue = new KueueController(stack, "Kueue", {
      cluster,
      namespace: namespace(stack, "kueue-system"),
      managedNamespaces: [training],
    });
    const teams = [{ name: "research", namespaces: [training], quotas: { l4: { gpus: 4 } } }];
    const made = new JobQueues(stack, "Queues", { cluster, controller: kueue, teams });
    expect(addressesOf(stack, made.ready)).toEqual(["helm_release.Queues_Objects_120703EC"]);
    expect(made.queueNames).toEqual({ research: "research" });
  });

  expect(out.resource("helm_release", "Queues/Objects/Resource")["depends_on"]).toEqual(
    expect.arrayContaining([
      out.addresses("helm_release")["Kueue/Chart/Resource"],
      out.addresses("kubernetes_namespace_v1")["Training/Resource"],
    ]),
  );
});
