import type { EnvironmentConfig } from "../../config";
import { environment, synthesizedStack } from "../support/platform";
import type { Synthesized } from "../support/synth";

const dev = environment("atlas/dev");
const prod = environment("atlas/prod");

const controllersOf = (config: EnvironmentConfig): Synthesized => synthesizedStack(config, "controllers");
const withControllers = (config: EnvironmentConfig, controllers: Partial<EnvironmentConfig["controllers"]>) =>
  controllersOf({ ...config, controllers: { ...config.controllers, ...controllers } });

const devStack = controllersOf(dev);
const prodStack = controllersOf(prod);

/** A pool of Karpenter of one instance type. */
function burstOf(instanceType: string): EnvironmentConfig["nodePools"]["karpenter"][string] {
  return {
    instanceTypes: [instanceType],
    capacity: ["spot"],
    limits: { accelerators: 4 },
    labels: {},
    taints: [],
    operatingSystem: "al2023",
    expireAfter: "720h",
  };
}

/** Charts by the path of their release. */
function charts(stack: Synthesized): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(stack.resources("helm_release"))
      .filter(([path]) => path.endsWith("Chart/Resource"))
      .map(([path, { chart }]) => [path.split("/")[0], chart]),
  );
}

test("dev has what every cluster needs, and no Karpenter, which it did not ask for", () => {
  expect(Object.values(charts(devStack)).sort()).toEqual([
    "aws-load-balancer-controller",
    "cert-manager",
    "external-secrets",
    "keda",
    "kueue",
    "metrics-server",
    "nvidia-device-plugin",
    "prometheus-operator-crds",
  ]);
});

test("prod has Karpenter, and the EFA plugin for its one pool with EFA", () => {
  const installed = Object.values(prodStack.resources("helm_release")).map(({ chart }) => chart);
  expect(installed).toEqual(expect.arrayContaining(["karpenter-crd", "karpenter", "aws-efa-k8s-device-plugin"]));
});

describe("the Neuron device plugin", () => {
  const inStaging = controllersOf(environment("atlas/staging")).resources("helm_release");
  const path = "NeuronDevicePlugin/Objects/Resource";

  test("comes with a pool of Inferentia or Trainium, in the system's namespace, after the webhooks", () => {
    expect(inStaging[path]).toMatchObject({ name: "neuron-device-plugin", namespace: "kube-system" });
    expect(JSON.stringify(inStaging[path]!["values"])).toContain(String.raw`\"values\":[\"inf2\"]`);
    expect(inStaging[path]!["depends_on"]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^helm_release\.LoadBalancers_Chart_/)]),
    );
  });

  test("is left out where no pool has any", () => {
    expect(devStack.resources("helm_release")).not.toHaveProperty([path]);
  });

  test("comes with a pool of Karpenter alone, which needs no plugin of NVIDIA's", () => {
    const nodePools = { ...prod.nodePools, gpu: {}, neuron: {}, karpenter: { burst: burstOf("inf2.xlarge") } };
    const budgets = { ...prod.budgets, pools: {} };
    const observability = { ...prod.observability, enabled: false };
    const releases = controllersOf({ ...prod, nodePools, budgets, observability, teams: {} }).resources("helm_release");

    expect(JSON.stringify(releases[path]!["values"])).toContain(String.raw`\"values\":[\"burst\"]`);
    expect(releases).not.toHaveProperty(["NvidiaDevicePlugin/Chart/Resource"]);
  });
});

test("whatever a controller's webhooks are asked about waits for cert-manager and the load balancer controller", () => {
  const releases = devStack.resources("helm_release");
  for (const path of ["Keda", "Kueue", "ExternalSecrets", "NvidiaDevicePlugin", "MetricsServer"]) {
    expect(releases[`${path}/Chart/Resource`]!["depends_on"]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^helm_release\.CertManager_Chart_/),
        expect.stringMatching(/^helm_release\.LoadBalancers_Chart_/),
      ]),
    );
  }
});

test("each setting that is switched off leaves its controller out", () => {
  const off = { certManager: false, loadBalancer: false, metricsServer: false, externalSecrets: false };
  expect(charts(withControllers(dev, { ...off, queues: false, keda: false }))).toEqual({
    MonitoringDefinitions: "prometheus-operator-crds",
    NvidiaDevicePlugin: "nvidia-device-plugin",
  });
});

test("the GPU operator takes the place of the device plugin", () => {
  const installed = charts(withControllers(dev, { gpus: "gpu-operator" }));
  expect(installed).toMatchObject({ GpuOperator: "gpu-operator" });
  expect(installed).not.toHaveProperty("NvidiaDevicePlugin");
});

test("a cluster without GPUs has neither", () => {
  const nodePools = { ...dev.nodePools, gpu: {} };
  const budgets = { ...dev.budgets, pools: {} };
  const out = controllersOf({ ...dev, nodePools, budgets, teams: {} });
  expect(Object.keys(charts(out))).not.toEqual(expect.arrayContaining(["NvidiaDevicePlugin"]));
});

test("charts come from where the config says", () => {
  const mirrored = withControllers(dev, { charts: { mirror: "oci://registry.example.com/charts" } });
  expect(mirrored.resource("helm_release", "Keda/Chart/Resource")).toMatchObject({
    repository: "oci://registry.example.com/charts",
    chart: "keda",
  });
});

test("a pool of Karpenter becomes its objects", () => {
  const out = controllersOf({ ...prod, nodePools: { ...prod.nodePools, karpenter: { burst: burstOf("g6.xlarge") } } });
  const set = Object.entries(out.resources("helm_release")).find(([path]) => path.startsWith("KarpenterPool-burst/"));
  expect(JSON.stringify(set)).toContain("EC2NodeClass");
});

test("the namespaces of teams carry their team, and hold their pods to the restricted standard", () => {
  const { labels } = (
    devStack.resource("kubernetes_namespace_v1", "TeamNamespace-training/Resource") as unknown as {
      metadata: { labels: Record<string, string> };
    }
  ).metadata;
  expect(labels).toMatchObject({
    "flightdeck.dev/team": "research",
    "pod-security.kubernetes.io/enforce": "restricted",
  });
});

test("secrets are for the namespaces of teams and of pod roles, and for no other", () => {
  const store = JSON.stringify(devStack.resource("helm_release", "ExternalSecrets/Store/Resource"));
  for (const name of ["features", "notebooks", "serving", "tracking", "training"]) expect(store).toContain(name);
});

test("a team without a part of any pool has namespaces and no queue", () => {
  const teams = { guests: { namespaces: ["guests"], quotas: {} } };
  const out = controllersOf({ ...dev, teams });
  expect(Object.keys(out.resources("kubernetes_namespace_v1"))).toContain("TeamNamespace-guests/Resource");
  expect(charts(out)).not.toHaveProperty("Kueue");
});

test("a team that may not borrow is told so", () => {
  const { research } = dev.teams;
  const l4 = { gpus: 4, borrow: false };
  const out = controllersOf({ ...dev, teams: { research: { ...research!, quotas: { l4 } } } });
  expect(JSON.stringify(out.resource("helm_release", "Queues/Objects/Resource"))).toContain("borrowingLimit");
});

test("no token and no credential is in the layer", () => {
  const { provider } = prodStack.json as { provider: object };
  expect(JSON.stringify(provider)).not.toMatch(/"(token|client_key|client_certificate|password)":/);
});

test("a controller starts after all that its namespace lets through, and goes before it", () => {
  const { depends_on } = devStack.resource("helm_release", "Keda/Chart/Resource");
  const allowed = Object.keys(devStack.resources("kubernetes_network_policy_v1")).filter((path) =>
    path.startsWith("KedaNamespace/"),
  );
  expect(allowed.length).toBeGreaterThan(3);
  const policies = (depends_on as string[]).filter((address) => address.startsWith("kubernetes_network_policy_v1."));
  expect(policies).toHaveLength(allowed.length);
});

test("a team reaches database and cache where a role of its namespaces may, and not elsewhere", () => {
  const role = { ...dev.podRoles["tracking"]!, namespace: "training" };
  const out = controllersOf({ ...dev, podRoles: { tracking: { ...role, database: true, cache: true } } });
  const policies = Object.keys(out.resources("kubernetes_network_policy_v1"));
  const reach = policies.filter((path) => /-(database|cache)$/.test(path)).sort();
  expect(reach).toEqual([
    "TeamNamespace-training/AllowToAddresses-cache",
    "TeamNamespace-training/AllowToAddresses-database",
  ]);
});

test("nodes that Karpenter starts get a device plugin past their taints, and tags as all others have", () => {
  const burst = {
    ...burstOf("g6.xlarge"),
    taints: [{ key: "workload", value: "bursts", effect: "NoSchedule" as const }],
  };
  const out = controllersOf({ ...prod, nodePools: { ...prod.nodePools, karpenter: { burst } } });
  const plugin = JSON.stringify(out.resource("helm_release", "NvidiaDevicePlugin/Chart/Resource"));
  expect(plugin).toContain("bursts");
  const pool = Object.entries(out.resources("helm_release")).find(([path]) => path.startsWith("KarpenterPool-burst/"));
  expect(JSON.stringify(pool)).toContain("CostCenter");
});

test("the GPU operator leaves alone nodes of Karpenter that bring a device plugin", () => {
  const burst = { ...burstOf("g6.xlarge"), operatingSystem: "bottlerocket" as const };
  const nodePools = { ...prod.nodePools, karpenter: { burst } };
  const out = controllersOf({ ...prod, nodePools, controllers: { ...prod.controllers, gpus: "gpu-operator" } });
  const pool = Object.entries(out.resources("helm_release")).find(([path]) => path.startsWith("KarpenterPool-burst/"));
  expect(JSON.stringify(pool)).toContain("nvidia.com/gpu.deploy.operands");
});
