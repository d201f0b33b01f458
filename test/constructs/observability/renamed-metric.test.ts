import type { TerraformStack } from "cdktf";
import { type Metric, MetricRegister } from "../../../catalog";
import type * as catalogue from "../../../catalog/metrics";
import { AlertRules } from "../../../constructs/observability/alert-rules";
import { GrafanaDashboards } from "../../../constructs/observability/grafana-dashboards";
import {
  API_SERVER_DROPS,
  CADVISOR_DROPS,
  type DropRule,
  KUBE_STATE_DENIED,
  KUBELET_DROPS,
} from "../../../constructs/observability/private/dropped-series";
import { platformRules } from "../../../constructs/observability/rules/platform-rules";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack } from "../../support/kubernetes";
import { namespace } from "../../support/releases";
import { FULL_SETTINGS } from "./rules/full-settings";

/** Metrics that the catalogue names anew in this test: old name, new name. */
const mockRenamed = new Map<string, string>();

/** The catalogue as it is. */
function mockMetrics(): typeof catalogue {
  return jest.requireActual<typeof catalogue>("../../../catalog/metrics");
}

jest.mock("../../../catalog/metrics", () => {
  const actual = mockMetrics();
  const rename = (metric: Metric): Metric => ({ ...metric, name: mockRenamed.get(metric.name) ?? metric.name });
  const metricRegister = (): MetricRegister =>
    new actual.MetricRegister(
      actual.exporters().map((exporter) => ({ ...exporter, metrics: exporter.metrics.map(rename) })),
    );
  return { ...actual, metricRegister };
});

const groups = platformRules(FULL_SETTINGS);
const runbooks = "https://docs.example.com/runbooks";

function rulesIn(stack: TerraformStack): AlertRules {
  const props = { cluster: importedCluster(stack), namespace: namespace(stack, "monitoring") };
  return new AlertRules(stack, "Rules", { ...props, groups, links: { runbooks } });
}

function dashboardsIn(stack: TerraformStack): GrafanaDashboards {
  const props = { cluster: importedCluster(stack), namespace: namespace(stack, "monitoring") };
  return new GrafanaDashboards(stack, "Dashboards", { ...props, groups, settings: FULL_SETTINGS, runbooks });
}

beforeEach(() => mockRenamed.clear());

test("rules and dashboards of the platform ask for what the catalogue knows", () => {
  expect(() => rulesIn(kubernetesStack())).not.toThrow();
  expect(() => dashboardsIn(kubernetesStack())).not.toThrow();
});

test("a metric that is renamed in the catalogue breaks each rule that reads it, by name", () => {
  mockRenamed.set("DCGM_FI_DEV_GPU_TEMP", "DCGM_FI_DEV_GPU_TEMPERATURE");
  const { code, message } = failure(() => rulesIn(kubernetesStack()));
  const lines = message.split("\n").slice(0, -1);
  const readers = groups
    .flatMap((group) => [...group.recording, ...group.alerts])
    .filter(({ expression }) => expression.includes("DCGM_FI_DEV_GPU_TEMP"));
  expect(code).toBe("INVALID_ALERT_RULES_PROPS");
  expect(readers.length).toBeGreaterThan(0);
  expect(lines).toHaveLength(readers.length);
  expect(lines.filter((line) => !line.endsWith('got "DCGM_FI_DEV_GPU_TEMP"'))).toEqual([]);
  for (const rule of readers) {
    const name = "record" in rule ? rule.record : rule.alert;
    expect(lines.some((line) => line.includes(`["${name}"].expression`))).toBe(true);
  }
});

test("a metric that is renamed in the catalogue breaks each dashboard that reads it, by panel", () => {
  mockRenamed.set("flightdeck_model_column_drift_score", "flightdeck_model_column_drift");
  const { code, message } = failure(() => dashboardsIn(kubernetesStack()));
  expect(code).toBe("INVALID_GRAFANA_DASHBOARDS_PROPS");
  expect(message).toContain('`model-drift, panel "');
  expect(message).toContain('got "flightdeck_model_column_drift_score"');
});

test("what Prometheus drops is not in the catalogue, so no query can ask for it", () => {
  const all = mockMetrics().exporters();
  const dropped = (exporter: string, rules: readonly { readonly regex: string }[]): readonly string[] =>
    new MetricRegister(all.filter(({ name }) => name === exporter))
      .names()
      .filter((series) => rules.some(({ regex }) => new RegExp(`^(?:${regex})$`).test(series)));
  const byName = ({ sourceLabels }: DropRule) => sourceLabels.join() === "__name__";
  expect(dropped("kubelet", [...KUBELET_DROPS, ...CADVISOR_DROPS].filter(byName))).toEqual([]);
  expect(dropped("apiserver", API_SERVER_DROPS.filter(byName))).toEqual([]);
  const denied = KUBE_STATE_DENIED.map((regex) => ({ regex }));
  expect(dropped("kube-state-metrics", denied)).toEqual([]);
});
