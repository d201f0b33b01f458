import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { CertManager, type CertManagerProps } from "../../../constructs/controllers/cert-manager";
import { Namespace } from "../../../constructs/kubernetes/namespace";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, otherCluster, spreadBy, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<CertManagerProps, "cluster">>;

function define(stack: TerraformStack, optionsFor: (cluster: ICluster) => Options = () => ({})): CertManager {
  const cluster = importedCluster(stack);
  const props = { cluster, namespace: namespace(stack, "cert-manager"), ...optionsFor(cluster) };
  return new CertManager(stack, "CertManager", props);
}

const certManager = (optionsFor?: (cluster: ICluster) => Options): Synthesized =>
  synthesizeKubernetes((stack) => define(stack, optionsFor));

const spreadOf = (component: string) =>
  spreadBy({ "app.kubernetes.io/instance": "cert-manager", "app.kubernetes.io/component": component });

describe("CertManager with minimal props", () => {
  const release = certManager().resource("helm_release");

  test("is the chart of the catalogue, taken back when it does not become ready", () => {
    expect(release).toMatchObject({
      name: "cert-manager",
      namespace: "cert-manager",
      chart: "cert-manager",
      repository: "oci://quay.io/jetstack/charts",
      version: "v1.21.1",
      atomic: true,
      wait: true,
    });
  });

  test("brings its definitions, and leaves them when it goes", () => {
    expect(valuesOf(release)["crds"]).toEqual({ enabled: true, keep: true });
  });

  test("runs each part twice, with a budget, spread over zones and nodes", () => {
    const part = { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 }, ...ANYWHERE };
    expect(valuesOf(release)).toEqual({
      crds: { enabled: true, keep: true },
      dns01RecursiveNameserversOnly: true,
      global: { priorityClassName: "system-cluster-critical", leaderElection: { namespace: "cert-manager" } },
      ...part,
      topologySpreadConstraints: spreadOf("controller"),
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      webhook: {
        ...part,
        topologySpreadConstraints: spreadOf("webhook"),
        resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      },
      cainjector: {
        ...part,
        topologySpreadConstraints: spreadOf("cainjector"),
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
      startupapicheck: {
        ...ANYWHERE,
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
      },
      prometheus: { servicemonitor: { enabled: false } },
    });
  });
});

describe("CertManager with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const defined = new Namespace(stack, "Namespace", { cluster, name: "cert-manager" });
    new CertManager(stack, "CertManager", {
      cluster,
      namespace: defined,
      source: { kind: "oci-mirror", address: "oci://registry.example.com/charts" },
      dependsOn: [systemPool(cluster).resource],
      pool: cluster.findPool("system"),
      highAvailability: false,
      monitoring: true,
    });
  });
  const release = out.resource("helm_release");

  test("runs once on the nodes of the pool, without a budget that would keep them from being drained", () => {
    const part = { replicaCount: 1, podDisruptionBudget: { enabled: false }, ...ON_SYSTEM_POOL };
    expect(valuesOf(release)).toMatchObject({
      ...part,
      webhook: part,
      cainjector: part,
      startupapicheck: ON_SYSTEM_POOL,
      prometheus: { servicemonitor: { enabled: true } },
    });
  });

  test("comes out of the mirror, after its namespace and what it was told to wait for", () => {
    expect(release).toMatchObject({ chart: "cert-manager", repository: "oci://registry.example.com/charts" });
    expect(release["depends_on"]).toEqual([
      ...Object.values(out.addresses("kubernetes_namespace_v1")),
      ...Object.values(out.addresses("kubernetes_limit_range_v1")),
      ...Object.values(out.addresses("kubernetes_network_policy_v1")),
      ...Object.values(out.addresses("aws_eks_node_group")),
    ]);
  });
});

test("what asks for certificates waits for the chart, whose last job waits for the webhook", () => {
  const stack = kubernetesStack();
  expect(addressesOf(stack, define(stack).ready)).toEqual(["helm_release.CertManager_Chart_F37E142F"]);
});

test("CertManager says what its namespace must allow", () => {
  expect(CertManager.podSecurity).toBe("restricted");
  expect(CertManager.webhookPorts).toEqual([10250]);
});

test("CertManager refuses a pool with accelerators, and one of another cluster, at once", () => {
  const stack = kubernetesStack();
  const pool = addGpuPool(otherCluster(stack), "l4");
  const cluster = stack.node.findChild("Cluster") as ICluster;
  const props = { cluster, namespace: namespace(stack, "cert-manager"), pool };
  expect(failure(() => new CertManager(stack, "CertManager", props))).toEqual({
    code: "INVALID_CERT_MANAGER_PROPS",
    message: [
      '`pool` must be of the cluster atlas-dev, got "l4 of atlas-prod"',
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      "  in test/CertManager",
    ].join("\n"),
  });
});
