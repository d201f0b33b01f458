import type { TerraformStack } from "cdktf";
import { findChart } from "../../../catalog";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { NodePool } from "../../../constructs/cluster/node-pool";
import { PrometheusStack } from "../../../constructs/observability/prometheus-stack";
import type { PrometheusStackProps } from "../../../constructs/observability/prometheus-stack-options";
import { MEMORY_HOURS } from "../../../constructs/observability/private/alert-routes";
import { importedCluster } from "../../support/cluster";
import { addressesOf, ANYWHERE, ON_SYSTEM_POOL, systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";
import { FULL_ROUTING, NOBODY_TOLD } from "./alert-routings";

type Options = Partial<Omit<PrometheusStackProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): PrometheusStack {
  return new PrometheusStack(stack, "Prometheus", {
    ...{ cluster, namespace: namespace(stack, "monitoring"), alerting: NOBODY_TOLD },
    ...{ agentsNamespace: namespace(stack, "monitoring-agents"), ...options },
  });
}

function valuesOfChart(out: Synthesized): Record<string, unknown> {
  return valuesOf(out.resource("helm_release", "Prometheus/Chart/Resource"));
}

/** Values of the chart with other props than the least. */
function valuesWith(options: Options): Record<string, unknown> {
  return valuesOfChart(synthesizeKubernetes((stack) => void define(stack, importedCluster(stack), options)));
}

const TOKEN = { secret: "atlas/dev/observability/remote-write", property: "token" };
const REMOTE = "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write";

describe("PrometheusStack with minimal props", () => {
  const out = synthesizeKubernetes((stack) => void define(stack, importedCluster(stack)));
  const values = valuesOfChart(out);
  const prometheus = values["prometheus"] as Record<string, Record<string, unknown>>;

  test("is the chart of the catalogue, with short names, without the rules and the Grafana of the chart", () => {
    expect(out.counts()).toEqual({ helm_release: 1 });
    const release = { name: "kube-prometheus-stack", namespace: "monitoring", version: "88.5.3" };
    expect(out.resource("helm_release")).toMatchObject(release);
    expect(values).toMatchObject({
      fullnameOverride: "kps",
      defaultRules: { create: false },
      grafana: { enabled: false },
      "kube-state-metrics": { fullnameOverride: "kps-kube-state-metrics" },
      "prometheus-node-exporter": { fullnameOverride: "kps-node-exporter", namespaceOverride: "monitoring-agents" },
    });
  });

  test("sees the monitors and rules of every namespace, whatever their labels", () => {
    for (const kind of ["serviceMonitor", "podMonitor", "probe", "scrapeConfig", "rule"]) {
      expect(prometheus["prometheusSpec"]).toMatchObject({
        [`${kind}SelectorNilUsesHelmValues`]: false,
        [`${kind}Selector`]: {},
        [`${kind}NamespaceSelector`]: {},
      });
    }
  });

  test("remembers what was sent for as long as the rarest repeat takes", () => {
    expect(values).toMatchObject({ alertmanager: { alertmanagerSpec: { retention: `${MEMORY_HOURS}h` } } });
  });

  test("asks nothing of what EKS hides", () => {
    const off = { enabled: false };
    expect(values).toMatchObject({ kubeControllerManager: off, kubeScheduler: off, kubeEtcd: off, kubeProxy: off });
  });

  test("keeps series for 15 days on volumes of the size they take, and tells environments apart", () => {
    expect(prometheus["prometheusSpec"]).toMatchObject({
      replicas: 2,
      retention: "15d",
      retentionSize: "32GiB",
      walCompression: true,
      enableAdminAPI: false,
      enableRemoteWriteReceiver: false,
      storageSpec: {
        volumeClaimTemplate: { spec: { storageClassName: "gp3", resources: { requests: { storage: "40Gi" } } } },
      },
      resources: { requests: { cpu: "400m", memory: "1792Mi" }, limits: { memory: "3584Mi" } },
      externalLabels: { cluster: "atlas-dev", environment: "atlas/dev", region: "eu-central-1" },
    });
    expect(prometheus["prometheusSpec"]).not.toHaveProperty("remoteWrite");
  });

  test("keeps replicas off one node, each with a budget, and who asks with one of them", () => {
    const spec = { podAntiAffinity: "hard", priorityClassName: "system-cluster-critical", ...ANYWHERE };
    expect(prometheus).toMatchObject({
      prometheusSpec: spec,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      service: { sessionAffinity: "ClientIP" },
    });
    expect(values["alertmanager"]).toMatchObject({
      alertmanagerSpec: { ...spec, replicas: 3 },
      podDisruptionBudget: { enabled: true, minAvailable: 2 },
    });
    for (const part of [
      prometheus["prometheusSpec"],
      (values["alertmanager"] as typeof prometheus)["alertmanagerSpec"],
    ]) {
      expect(part?.["topologySpreadConstraints"]).toMatchObject([{ topologyKey: "topology.kubernetes.io/zone" }]);
    }
  });

  test("labels series of nodes, and lets kube-state-metrics read no secrets", () => {
    expect(values["kube-state-metrics"]).toMatchObject({
      replicas: 1,
      metricLabelsAllowlist: [
        "nodes=[flightdeck.dev/pool,node.kubernetes.io/instance-type,eks.amazonaws.com/capacityType,karpenter.sh/capacity-type,topology.kubernetes.io/zone]",
        "namespaces=[flightdeck.dev/team]",
      ],
      collectorsExclude: expect.arrayContaining(["secrets", "configmaps"]),
      selfMonitor: { enabled: true },
    });
    expect(values["prometheus-node-exporter"]).toMatchObject({
      tolerations: [{ operator: "Exists" }],
      prometheus: {
        monitor: { relabelings: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }] },
      },
    });
  });

  test("leaves definitions to the chart that upgrades them, which is of the same version", () => {
    expect(values["crds"]).toEqual({ enabled: false });
    expect(findChart("prometheus-operator-crds").appVersion).toBe(findChart("kube-prometheus-stack").appVersion);
  });

  test("runs servers for its own namespace alone, and lets rules pass while the operator is away", () => {
    expect(values["prometheusOperator"]).toMatchObject({
      prometheusInstanceNamespaces: ["monitoring"],
      alertmanagerInstanceNamespaces: ["monitoring"],
      admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: false }, patch: { enabled: true } },
    });
  });

  test("mounts no secrets where receivers have none", () => {
    expect(values["alertmanager"]).toMatchObject({ alertmanagerSpec: { secrets: [] } });
  });
});

describe("PrometheusStack with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    define(stack, cluster, {
      ...{ pool: systemPool(cluster), alerting: FULL_ROUTING, secretStore: "vault", certManager: true },
      ...{ retentionDays: 30, scrapeIntervalSeconds: 15, storageGiB: 200, storageClassName: "io2", replicas: 3 },
      resources: { cpu: "2", memory: "8Gi", memoryLimit: "12Gi" },
      remoteWrite: { url: REMOTE, authentication: { kind: "bearer", token: TOKEN }, recordedOnly: true },
      remoteWriteReceiver: true,
      links: { prometheus: "https://prometheus.example.com", alertmanager: "https://alerts.example.com" },
    });
  });
  const values = valuesOfChart(out);

  test("takes sizes, classes and addresses as given", () => {
    expect(values["prometheus"]).toMatchObject({
      prometheusSpec: {
        ...{ replicas: 3, retention: "30d", retentionSize: "160GiB", scrapeInterval: "15s", ...ON_SYSTEM_POOL },
        storageSpec: {
          volumeClaimTemplate: { spec: { storageClassName: "io2", resources: { requests: { storage: "200Gi" } } } },
        },
        resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { memory: "12Gi" } },
        enableRemoteWriteReceiver: true,
        externalUrl: "https://prometheus.example.com",
      },
    });
    expect(values["kubelet"]).toMatchObject({ serviceMonitor: { cAdvisorInterval: "15s" } });
  });

  test("sends recorded series with a token that it is given by name, and a label for each replica", () => {
    expect(values["prometheus"]).toMatchObject({
      prometheusSpec: {
        replicaExternalLabelName: "__replica__",
        remoteWrite: [
          {
            url: REMOTE,
            authorization: { type: "Bearer", credentials: { name: "prometheus-remote-write", key: "token" } },
            writeRelabelConfigs: [{ action: "keep", regex: ".+:.+|ALERTS|ALERTS_FOR_STATE|up" }],
          },
        ],
      },
    });
  });

  test("runs as many Alertmanagers as the pool keeps nodes, which find their secrets as files", () => {
    expect(values["alertmanager"]).toMatchObject({
      alertmanagerSpec: {
        replicas: 2,
        secrets: ["alert-receivers", "retraining-tokens"],
        externalUrl: "https://alerts.example.com",
      },
    });
  });

  test("has cert-manager make the webhook's certificate", () => {
    const webhooks = { certManager: { enabled: true }, patch: { enabled: false } };
    expect(values["prometheusOperator"]).toMatchObject({ admissionWebhooks: webhooks });
  });

  test("has External Secrets bring one secret for all receivers, and the token, before the chart", () => {
    const release = out.resource("helm_release", "Prometheus/Secrets/Resource");
    const [receivers, remoteWrite] = objectsOf(release);
    expect(receivers).toEqual({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: "alert-receivers" },
      spec: {
        refreshInterval: "1h0m0s",
        secretStoreRef: { kind: "ClusterSecretStore", name: "vault" },
        target: { name: "alert-receivers", creationPolicy: "Owner", deletionPolicy: "Retain" },
        data: [
          ["dead-man-url", "alerting", "dead-man"],
          ["finance-mail-password", "alerting", "finance-mail"],
          ["incidents-token", "incidents-token", undefined],
          ["on-call-routing-key", "alerting", "on-call"],
          ["platform-chat-url", "alerting", "platform-chat"],
          ["ranking-chat-url", "alerting", "ranking-chat"],
        ].map(([secretKey, name, property]) => ({
          secretKey,
          remoteRef: { key: `atlas/dev/observability/${name}`, ...(property && { property }) },
        })),
      },
    });
    expect(remoteWrite).toMatchObject({
      metadata: { name: "prometheus-remote-write" },
      spec: { data: [{ secretKey: "token", remoteRef: { key: TOKEN.secret, property: "token" } }] },
    });
    const chart = out.resource("helm_release", "Prometheus/Chart/Resource");
    expect(chart["depends_on"]).toContain("helm_release.Prometheus_Secrets_0FB72CDA");
  });
});

test("without high availability each server runs once, anywhere", () => {
  const values = valuesWith({ highAvailability: false });
  const alone = { replicas: 1, podAntiAffinity: "soft" };
  expect(values).toMatchObject({
    prometheus: {
      prometheusSpec: alone,
      podDisruptionBudget: { enabled: false },
      service: { sessionAffinity: "None" },
    },
    alertmanager: { alertmanagerSpec: alone, podDisruptionBudget: { enabled: false } },
  });
});

test("what is not persistent is on the disk of the node, up to the same size", () => {
  const values = valuesWith({ persistent: false, storageGiB: 10 });
  expect(values).toMatchObject({
    prometheus: { prometheusSpec: { storageSpec: { emptyDir: { sizeLimit: "10Gi" } }, retentionSize: "8GiB" } },
    alertmanager: { alertmanagerSpec: { storage: { emptyDir: { sizeLimit: "2Gi" } } } },
  });
});

test("samples for Amazon Managed Prometheus are signed with the role of the service account", () => {
  const remoteWrite = { url: REMOTE, authentication: { kind: "sigv4", region: "eu-west-1" } } as const;
  expect(valuesWith({ remoteWrite })).toMatchObject({
    prometheus: { prometheusSpec: { remoteWrite: [{ url: REMOTE, sigv4: { region: "eu-west-1" } }] } },
  });
  expect(PrometheusStack.serviceAccountName).toBe("kps-prometheus");
});

test("that role may write to the one workspace, and to nothing else", () => {
  const remoteWrite = { url: REMOTE, authentication: { kind: "sigv4", region: "eu-central-1" } } as const;
  const out = synthesizeKubernetes((stack) => define(stack, importedCluster(stack), { remoteWrite }));
  const { policy } = out.resource("aws_iam_role_policy") as { policy: string };
  expect(JSON.parse(policy).Statement).toEqual([
    {
      Effect: "Allow",
      Action: "aps:RemoteWrite",
      Resource: "arn:aws:aps:eu-central-1:111111111111:workspace/ws-1",
    },
  ]);
  expect(out.resource("aws_eks_pod_identity_association")).toMatchObject({ service_account: "kps-prometheus" });
});

test("the same props give the same values each time", () => {
  expect(valuesWith({ alerting: FULL_ROUTING })).toEqual(valuesWith({ alerting: FULL_ROUTING }));
});

test("PrometheusStack says where it is, what waits for it, and what its namespaces must allow", () => {
  const stack = kubernetesStack();
  const prometheus = define(stack, importedCluster(stack));
  expect(prometheus.prometheusUrl).toBe("http://kps-prometheus.monitoring.svc.cluster.local:9090");
  expect(prometheus.alertmanagerUrl).toBe("http://kps-alertmanager.monitoring.svc.cluster.local:9093");
  expect(addressesOf(stack, prometheus.ready)).toEqual(["helm_release.Prometheus_Chart_7FA8CB3C"]);
  expect(prometheus.prometheusPodLabels).toMatchObject({ "app.kubernetes.io/name": "prometheus" });
  expect(prometheus.alertmanagerPodLabels).toMatchObject({ "app.kubernetes.io/name": "alertmanager" });
  expect([PrometheusStack.podSecurity, PrometheusStack.agentsPodSecurity]).toEqual(["restricted", "privileged"]);
  expect(PrometheusStack.webhookPorts).toEqual([10250]);
});

test("PrometheusStack reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const options: Options = {
    ...{ pool: addGpuPool(cluster, "l4"), agentsNamespace: namespace(stack, "monitoring-too") },
    ...{ retentionDays: 0, scrapeIntervalSeconds: 121, activeSeries: 9999, storageGiB: 9.5, replicas: 4 },
    resources: { cpu: "0", memory: "much", memoryLimit: "4Gi" },
    ...{ storageClassName: "GP3", secretStore: "" },
    remoteWrite: { url: "http://metrics.example.com", authentication: { kind: "sigv4", region: "Frankfurt" } },
    links: { prometheus: "prometheus.example.com" },
    alerting: { ...NOBODY_TOLD, deadMansSwitch: "pager" },
  };
  expect(failure(() => define(stack, cluster, options))).toEqual({
    code: "INVALID_PROMETHEUS_STACK_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      "`retentionDays` must be a whole number, 1 to 400, got 0",
      "`scrapeIntervalSeconds` must be a whole number, 10 to 120, got 121",
      "`activeSeries` must be a whole number, 10000 to 20000000, got 9999",
      "`storageGiB` must be a whole number, 10 to 16000, got 9.5",
      "`replicas` must be a whole number, 1 to 3, got 4",
      '`resources.cpu` must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi, above 0, got "0"',
      '`resources.memory` must be a Kubernetes quantity, 0 or more, such as 500m, 2 or 512Mi, above 0, got "much"',
      '`storageClassName` must be the name of an object: lower-case letters, digits, hyphens and dots, got "GP3"',
      '`secretStore` must be the name of an object: lower-case letters, digits, hyphens and dots, got ""',
      '`remoteWrite.url` must be an address https://…: samples leave the cluster, got "http://metrics.example.com"',
      '`remoteWrite.authentication.region` must be an AWS region such as eu-central-1, got "Frankfurt"',
      '`links.prometheus` must be an address https://…, got "prometheus.example.com"',
      '`alerting.deadMansSwitch` must be the name of a receiver, or "nobody", got "pager"',
      "  in test/Prometheus",
    ].join("\n"),
  });
});

test("replicas need nodes of their own, agents a namespace, and a token one of the environment's secrets", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const monitoring = namespace(stack, "monitoring-too");
  const props: PrometheusStackProps = {
    ...{ cluster, namespace: monitoring, agentsNamespace: monitoring, alerting: NOBODY_TOLD },
    pool: new NodePool(cluster, "Small", { cluster, poolName: "small", instanceTypes: ["m7i.large"], maxSize: 1 }),
    remoteWrite: { url: REMOTE, authentication: { kind: "bearer", token: { secret: "atlas/prod/x", property: "" } } },
  };
  expect(failure(() => new PrometheusStack(stack, "Prometheus", props)).message.split("\n")).toEqual([
    '`agentsNamespace` must be another namespace than `namespace`, whose pods see nothing of their node, got "monitoring-too"',
    "`pool` must leave each of the 2 replicas a node of its own: `maxSize` of pool small, got 1",
    '`remoteWrite.authentication.token.secret` must be the name of a secret of AWS Secrets Manager under atlas/dev/, got "atlas/prod/x"',
    '`remoteWrite.authentication.token.property` must be a key, or left out for the whole secret, got ""',
    "  in test/Prometheus",
  ]);
});
