import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { CertManager } from "../../../constructs/controllers/cert-manager";
import { MetricsServer, type MetricsServerProps } from "../../../constructs/controllers/metrics-server";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, spreadBy, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<MetricsServerProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): MetricsServer {
  return new MetricsServer(stack, "Metrics", { cluster, namespace: namespace(stack, "kube-system"), ...options });
}

describe("MetricsServer with minimal props", () => {
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack)));
  const release = out.resource("helm_release");

  test("is the chart of the catalogue", () => {
    expect(release).toMatchObject({ name: "metrics-server", namespace: "kube-system", version: "3.13.1" });
  });

  test("runs twice, with a budget, and is known to the API server by a certificate that is made once", () => {
    expect(valuesOf(release)).toEqual({
      replicas: 2,
      ...ANYWHERE,
      priorityClassName: "system-cluster-critical",
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadBy({
        "app.kubernetes.io/name": "metrics-server",
        "app.kubernetes.io/instance": "metrics-server",
      }),
      resources: { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "400Mi" } },
      apiService: { insecureSkipTLSVerify: false },
      tls: { type: "helm", helm: { lookup: true, certDurationDays: 3650 } },
      metrics: { enabled: false },
      serviceMonitor: { enabled: false },
    });
  });
});

describe("MetricsServer with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const certManager = new CertManager(stack, "CertManager", { cluster, namespace: namespace(stack, "cert-manager") });
    define(stack, cluster, { pool: systemPool(cluster), highAvailability: false, monitoring: true, certManager });
  });
  const release = out.resource("helm_release", "Metrics/Chart/Resource");

  test("runs once on the nodes of the pool, with metrics of its own", () => {
    expect(valuesOf(release)).toMatchObject({
      replicas: 1,
      ...ON_SYSTEM_POOL,
      podDisruptionBudget: { enabled: false },
      metrics: { enabled: true },
      serviceMonitor: { enabled: true },
    });
  });

  test("has a certificate of cert-manager, which must stand before it", () => {
    expect(valuesOf(release)["tls"]).toEqual({ type: "cert-manager" });
    expect(release["depends_on"]).toEqual([out.addresses("helm_release")["CertManager/Chart/Resource"]]);
  });
});

test("what is scaled by CPU or memory waits for the chart", () => {
  const stack = kubernetesStack();
  const { ready } = define(stack, importedCluster(stack));
  expect(addressesOf(stack, ready)).toEqual(["helm_release.Metrics_Chart_1AA27098"]);
});

test("MetricsServer runs under the restricted level", () => {
  expect(MetricsServer.podSecurity).toBe("restricted");
});

test("MetricsServer refuses a pool with accelerators", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const pool = addGpuPool(cluster, "l4");
  expect(failure(() => define(stack, cluster, { pool }))).toEqual({
    code: "INVALID_METRICS_SERVER_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      "  in test/Metrics",
    ].join("\n"),
  });
});
