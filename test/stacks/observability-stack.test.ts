import type { EnvironmentConfig } from "../../config";
import { valuesOf } from "../support/releases";
import { environment, synthesizedStack } from "../support/platform";
import type { Synthesized } from "../support/synth";

const dev = environment("atlas/dev");
const staging = environment("atlas/staging");
const prod = environment("atlas/prod");

const layerOf = (config: EnvironmentConfig): Synthesized => synthesizedStack(config, "observability");
const withLayer = (config: EnvironmentConfig, layer: Partial<EnvironmentConfig["observability"]>): Synthesized =>
  layerOf({ ...config, observability: { ...config.observability, ...layer } });

const devStack = layerOf(dev);
const prodStack = layerOf(prod);

const releases = (stack: Synthesized) => Object.values(stack.resources("helm_release"));
const names = (stack: Synthesized) => releases(stack).map(({ name }) => String(name));
const release = (stack: Synthesized, name: string) => releases(stack).find((one) => one["name"] === name)!;
const policies = (stack: Synthesized) =>
  Object.values(stack.resources("kubernetes_network_policy_v1")).map(({ metadata }) => {
    const { namespace, name } = metadata as { namespace: string; name: string };
    return `${namespace} ${name}`;
  });

test("dev has metrics, logs, costs and GPUs measured, and what it did not ask for it has not", () => {
  expect(names(devStack).sort()).toEqual([
    "alert-rules",
    "alloy",
    "alloy-events",
    "cloudwatch-exporter",
    "dcgm-exporter",
    "grafana",
    "grafana-secrets",
    "kube-prometheus-stack",
    "loki",
    "model-servers",
    "opencost",
    "opencost-prices",
  ]);
});

test("prod keeps traces too, and watches its model", () => {
  expect(names(prodStack)).toEqual(expect.arrayContaining(["tempo", "push-gateway"]));
  expect(prodStack.resource("kubernetes_cron_job_v1")).toMatchObject({ metadata: { name: "model-monitor-ranker" } });
});

test("staging sends logs to CloudWatch, under the key of the data layer, which lets it", () => {
  const stack = layerOf(staging);
  expect(names(stack)).not.toEqual(expect.arrayContaining(["loki"]));
  expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 14 });
  const { policy } = Object.values(synthesizedStack(staging, "data").resources("aws_kms_key"))[0]!;
  expect(String(policy)).toContain("logs.us-east-1.amazonaws.com");
});

test("each part that is switched off is left out", () => {
  const off = {
    cost: { ...dev.observability.cost, enabled: false },
    databases: false,
    logs: { ...dev.observability.logs, backend: "none" },
  } as const;
  expect(names(withLayer(dev, off)).sort()).toEqual([
    "alert-rules",
    "dcgm-exporter",
    "grafana",
    "grafana-secrets",
    "kube-prometheus-stack",
    "model-servers",
  ]);
});

test("the layer itself is left out where it is switched off", () => {
  expect(() => withLayer(dev, { enabled: false })).toThrow();
});

test("alerts go where the environment says: to teams for their namespaces, to the heartbeat, to what retrains", () => {
  const { alertmanager } = valuesOf(release(prodStack, "kube-prometheus-stack")) as {
    alertmanager: {
      config: { receivers: { name: string }[]; route: unknown };
      alertmanagerSpec: { secrets: string[] };
    };
  };
  const receivers = alertmanager.config.receivers.map(({ name }) => name);
  expect(receivers).toEqual(expect.arrayContaining(["on-call", "platform-chat", "ranking-chat", "heartbeat"]));
  expect(JSON.stringify(alertmanager.config.route)).toContain('retrain=\\"ranker-training\\"');
  expect(JSON.stringify(alertmanager.config.route)).toContain('namespace=~\\"training\\"');
  expect(alertmanager.alertmanagerSpec.secrets).toEqual(["alert-receivers"]);
});

test("secrets come from the place that the data layer made, and none is a value", () => {
  const secret = Object.values(synthesizedStack(prod, "data").resources("aws_secretsmanager_secret"));
  expect(secret.map(({ name }) => name).sort()).toEqual([
    "atlas/prod/observability/alerting",
    "atlas/prod/observability/grafana",
  ]);
  expect(JSON.stringify(valuesOf(release(prodStack, "prometheus-secrets")))).toContain(
    '"key":"atlas/prod/observability/alerting","property":"on-call"',
  );
});

test("Prometheus is reached by nobody from outside, agents reach Loki, load balancers Grafana, senders Tempo", () => {
  const ofPolicies = policies(prodStack);
  expect(ofPolicies).toEqual(
    expect.arrayContaining([
      "monitoring default-deny",
      "monitoring allow-from-monitoring-agents",
      "monitoring allow-from-load-balancer-addresses",
      "monitoring allow-from-serving",
      "monitoring allow-from-training",
      "monitoring-agents allow-from-monitoring",
    ]),
  );
  expect(policies(devStack)).not.toEqual(expect.arrayContaining(["monitoring allow-from-load-balancer-addresses"]));
});

test("controllers are read where there is somebody who reads", () => {
  const read = (config: EnvironmentConfig) => policies(synthesizedStack(config, "controllers"));
  expect(read(dev)).toEqual(
    expect.arrayContaining(["keda allow-from-monitoring", "cert-manager allow-from-monitoring"]),
  );
  const without = { ...dev, observability: { ...dev.observability, enabled: false } };
  expect(read(without).filter((name) => name.endsWith("allow-from-monitoring"))).toEqual([]);
});

test("monitors and rules wait for the definitions and the stack of Prometheus", () => {
  expect(release(prodStack, "alert-rules")["depends_on"]).toEqual(
    expect.arrayContaining([expect.stringMatching(/^helm_release\.Prometheus_Chart_/)]),
  );
});

test("samples go to Amazon Managed Prometheus with a role that may write to that workspace alone", () => {
  const url = "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write";
  const stack = withLayer(dev, { metrics: { ...dev.observability.metrics, remoteWrite: { url } } });
  const policy = Object.values(stack.resources("aws_iam_role_policy")).map((one) => String(one["policy"]));
  expect(policy.join()).toContain("arn:aws:aps:us-east-1:111111111111:workspace/ws-1");
});
