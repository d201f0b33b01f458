import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { Keda, type KedaProps } from "../../../constructs/controllers/keda";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, spreadBy, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<KedaProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): Keda {
  return new Keda(stack, "Keda", { cluster, namespace: namespace(stack, "keda"), ...options });
}

describe("Keda with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const release = out.resource("helm_release");

  test("is the chart of the catalogue", () => {
    expect(release).toMatchObject({ name: "keda", namespace: "keda", chart: "keda", version: "2.20.2" });
  });

  test("leaves its definitions when it goes", () => {
    expect(valuesOf(release)["crds"]).toEqual({
      install: true,
      additionalAnnotations: { "helm.sh/resource-policy": "keep" },
    });
  });

  test("runs each part twice, with a budget, spread over zones and nodes", () => {
    expect(valuesOf(release)).toMatchObject({
      operator: { replicaCount: 2 },
      metricsServer: { replicaCount: 2 },
      webhooks: { replicaCount: 2 },
      ...ANYWHERE,
      priorityClassName: "system-cluster-critical",
      podDisruptionBudget: {
        operator: { minAvailable: 1 },
        metricServer: { minAvailable: 1 },
        webhooks: { minAvailable: 1 },
      },
      topologySpreadConstraints: {
        operator: spreadBy({ app: "keda-operator" }),
        metricsServer: spreadBy({ app: "keda-operator-metrics-apiserver" }),
        webhooks: spreadBy({ app: "keda-admission-webhooks" }),
      },
    });
  });

  test("limits memory, and takes the chart's limit of CPU away", () => {
    expect(valuesOf(release)["resources"]).toEqual({
      operator: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1000Mi", cpu: null } },
      metricServer: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "500Mi", cpu: null } },
      webhooks: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "250Mi", cpu: null } },
    });
  });

  test("lets objects pass while its webhook does not answer", () => {
    expect(valuesOf(release)["webhooks"]).toMatchObject({ enabled: true, failurePolicy: "Ignore" });
  });

  test("speaks TLS 1.2 or newer, and its metrics server reads no secrets", () => {
    expect(valuesOf(release)).toMatchObject({
      http: { minTlsVersion: "TLS12" },
      service: { minTlsVersion: "TLS12" },
      permissions: { metricServer: { restrict: { secret: true } }, operator: { restrict: { namesAllowList: [] } } },
    });
  });

  test("scales whatever has a scale subresource", () => {
    expect(valuesOf(release)).not.toHaveProperty("rbac");
  });

  test("brings no ServiceMonitors", () => {
    const off = { enabled: false, serviceMonitor: { enabled: false } };
    expect(valuesOf(release)["prometheus"]).toEqual({ operator: off, metricServer: off, webhooks: off });
  });
});

test("Keda with every prop runs once on the nodes of the pool, and gets the named secrets alone", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const pool = systemPool(cluster);
    define(stack, cluster, { pool, highAvailability: false, monitoring: true, readableSecrets: ["queue.v1"] });
  });
  const on = { enabled: true, serviceMonitor: { enabled: true } };
  expect(valuesOf(out.resource("helm_release"))).toMatchObject({
    operator: { replicaCount: 1 },
    metricsServer: { replicaCount: 1 },
    webhooks: { replicaCount: 1 },
    ...ON_SYSTEM_POOL,
    podDisruptionBudget: { operator: {}, metricServer: {}, webhooks: {} },
    permissions: { operator: { restrict: { namesAllowList: ["queue.v1"] } } },
    rbac: { enabledCustomScaledRefKinds: false },
    prometheus: { operator: on, metricServer: on, webhooks: on },
  });
});

test("what makes a ScaledObject waits for the chart", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack));
  expect(addressesOf(stack, ready)).toEqual(["helm_release.Keda_Chart_2A6A9DE2"]);
});

test("Keda says what its namespace must allow", () => {
  expect(Keda.podSecurity).toBe("restricted");
  expect(Keda.webhookPorts).toEqual([6443, 9443]);
});

test("Keda reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const pool = addGpuPool(cluster, "l4");
  expect(failure(() => define(stack, cluster, { pool, readableSecrets: ["queue", "Not A Secret"] }))).toEqual({
    code: "INVALID_KEDA_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`readableSecrets[1]` must be the name of a secret: lower-case letters, digits, hyphens and dots, got "Not A Secret"',
      "  in test/Keda",
    ].join("\n"),
  });
});
