import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import { KueueController, type KueueControllerProps } from "../../../constructs/controllers/kueue-controller";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addressesOf, addGpuPool, clusterWithCpuPool, namespace, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<KueueControllerProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, options: Options = {}): KueueController {
  return new KueueController(stack, "Kueue", {
    cluster: importedCluster(stack),
    namespace: namespace(stack, "kueue-system"),
    managedNamespaces: [namespace(stack, "training"), namespace(stack, "notebooks")],
    ...options,
  });
}

function kueue(options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => void define(stack, options));
}

function values(options: Options = {}): Record<string, unknown> {
  return valuesOf(kueue(options).resource("helm_release"));
}

function configOf(given: Record<string, unknown>): Record<string, unknown> {
  const { controllerManagerConfigYaml } = given["managerConfig"] as { controllerManagerConfigYaml: string };
  return parse(controllerManagerConfigYaml) as Record<string, unknown>;
}

function refused(options: Options): { code: string; message: string } {
  return failure(() => define(kubernetesStack(), options));
}

describe("KueueController", () => {
  const out = kueue();
  const given = valuesOf(out.resource("helm_release"));

  test("is the chart of the catalogue, waited for", () => {
    expect(out.resource("helm_release")).toMatchObject({
      name: "kueue",
      namespace: "kueue-system",
      chart: "kueue",
      repository: "oci://registry.k8s.io/kueue/charts",
      version: "0.19.2",
      wait: true,
    });
  });

  test("runs as two replicas over zones and nodes, of which one stays", () => {
    expect(given).toMatchObject({
      enableCertManager: false,
      enablePrometheus: false,
      controllerManager: {
        replicas: 2,
        nodeSelector: { "kubernetes.io/os": "linux" },
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        topologySpreadConstraints: [
          { topologyKey: "topology.kubernetes.io/zone" },
          {
            topologyKey: "kubernetes.io/hostname",
            labelSelector: {
              matchLabels: { "app.kubernetes.io/name": "kueue", "control-plane": "controller-manager" },
            },
          },
        ],
        manager: {
          priorityClassName: "system-cluster-critical",
          resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "1Gi", cpu: null } },
        },
      },
    });
  });

  test("looks at jobs of the teams' namespaces, and counts what quotas can hold", () => {
    expect(configOf(given)).toEqual({
      apiVersion: "config.kueue.x-k8s.io/v1beta2",
      kind: "Configuration",
      health: { healthProbeBindAddress: ":8081" },
      metrics: { bindAddress: ":8443" },
      webhook: { port: 9443 },
      leaderElection: { leaderElect: true, resourceName: "c1f6bfd2.kueue.x-k8s.io" },
      clientConnection: { qps: 300, burst: 500 },
      integrations: {
        frameworks: [
          "batch/job",
          "jobset.x-k8s.io/jobset",
          "trainer.kubeflow.org/trainjob",
          "kubeflow.org/mpijob",
          "ray.io/rayjob",
          "ray.io/raycluster",
        ],
      },
      managedJobsNamespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["notebooks", "training"] }],
      },
      manageJobsWithoutQueueName: false,
      resources: { excludeResourcePrefixes: ["vpc.amazonaws.com/efa", "ephemeral-storage", "hugepages-"] },
      waitForPodsReady: {
        timeout: "30m",
        recoveryTimeout: "30m",
        blockAdmission: false,
        requeuingStrategy: { timestamp: "Eviction", backoffBaseSeconds: 60, backoffMaxSeconds: 3600 },
      },
    });
  });

  test("keeps its address", () => {
    expect(out.addresses("helm_release")).toEqual({ "Kueue/Chart/Resource": "helm_release.Kueue_Chart_3FF14E5B" });
  });
});

test("every choice is passed on", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = clusterWithCpuPool(stack);
    new KueueController(stack, "Kueue", {
      cluster,
      namespace: namespace(stack, "kueue-system"),
      managedNamespaces: [namespace(stack, "training")],
      pool: cluster.findPool("batch"),
      highAvailability: false,
      monitoring: true,
      frameworks: ["batch/job", "pod"],
      podsReadyTimeoutMinutes: "never",
      fairSharing: true,
      holdJobsWithoutQueue: true,
      certManager: true,
    });
  });
  const given = valuesOf(out.resource("helm_release"));
  const config = configOf(given);

  expect(given).toMatchObject({
    enableCertManager: true,
    enablePrometheus: true,
    controllerManager: {
      replicas: 1,
      nodeSelector: { "flightdeck.dev/pool": "batch" },
      podDisruptionBudget: { enabled: false },
      topologySpreadConstraints: [],
    },
  });
  expect(config).toMatchObject({
    metrics: { bindAddress: ":8443", enableClusterQueueResources: true },
    integrations: { frameworks: ["batch/job", "pod"] },
    manageJobsWithoutQueueName: true,
    fairSharing: { preemptionStrategies: ["LessThanOrEqualToFinalShare", "LessThanInitialShare"] },
  });
  expect(config).not.toHaveProperty("waitForPodsReady");
});

test.each([1, 1440])("a job may wait %d minutes for its pods", (podsReadyTimeoutMinutes) => {
  expect(configOf(values({ podsReadyTimeoutMinutes }))).toMatchObject({
    waitForPodsReady: { timeout: `${podsReadyTimeoutMinutes}m` },
  });
});

describe("KueueController refuses", () => {
  test.each<[string, Options, string]>([
    [
      "no time for pods",
      { podsReadyTimeoutMinutes: 0 },
      '`podsReadyTimeoutMinutes` must be a whole number from 1 to 1440, or "never", got 0',
    ],
    [
      "more than a day",
      { podsReadyTimeoutMinutes: 1441 },
      '`podsReadyTimeoutMinutes` must be a whole number from 1 to 1440, or "never", got 1441',
    ],
    ["no namespace", { managedNamespaces: [] }, "`managedNamespaces` must name at least one namespace, got []"],
    ["no kind of job", { frameworks: [] }, "`frameworks` must name at least one kind of job, got []"],
    [
      "a kind of job that it does not know",
      { frameworks: ["batch/jobs" as "batch/job"] },
      '`frameworks[0]` must be a kind of job that Kueue knows, did you mean "batch/job"?, got "batch/jobs"',
    ],
  ])("%s", (_what, options, line) => {
    expect(refused(options)).toEqual({
      code: "INVALID_KUEUE_CONTROLLER_PROPS",
      message: `${line}\n  in test/Kueue`,
    });
  });

  test("to look at its own jobs", () => {
    const stack = kubernetesStack();
    const managedNamespaces = [namespace(stack, "kube-system"), namespace(stack, "serving")];

    expect(failure(() => define(stack, { managedNamespaces })).message).toBe(
      "`managedNamespaces` must not hold kube-system or Kueue's own namespace: it would wait for itself, " +
        'got ["kube-system"]\n  in test/Kueue',
    );
  });

  test("to take up GPU nodes", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    const pool = addGpuPool(cluster, "l4");
    const build = () =>
      new KueueController(stack, "Kueue", {
        cluster,
        namespace: namespace(stack, "kueue-system"),
        managedNamespaces: [namespace(stack, "training")],
        pool,
      });

    expect(failure(build).message).toContain("`pool` must be a pool without accelerators");
  });
});

test("Kueue that is installed elsewhere is there, with nothing to wait for", () => {
  const stack = kubernetesStack();
  const imported = KueueController.fromKueueControllerAttributes(stack, "Kueue", {
    namespace: namespace(stack, "kueue-system"),
    managedNamespaces: ["training"],
  });

  expect(imported).toMatchObject({ managedNamespaces: ["training"], ready: [] });
  expect(imported.namespace.namespaceName).toBe("kueue-system");
});

test("what it installs is what queues wait for", () => {
  const stack = kubernetesStack();
  const { ready, managedNamespaces } = define(stack);

  expect(addressesOf(stack, ready)).toEqual(["helm_release.Kueue_Chart_3FF14E5B"]);
  expect(managedNamespaces).toEqual(["training", "notebooks"]);
  expect(KueueController.podSecurity).toBe("restricted");
  expect(KueueController.webhookPorts).toEqual([8082, 9443]);
});
