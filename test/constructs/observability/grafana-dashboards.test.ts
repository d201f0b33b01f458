import type { TerraformStack } from "cdktf";
import { GrafanaDashboards, type GrafanaDashboardsProps } from "../../../constructs/observability/grafana-dashboards";
import type { AlertRule, RuleGroup } from "../../../constructs/observability/rules/rule";
import { platformRules } from "../../../constructs/observability/rules/platform-rules";
import { importedCluster } from "../../support/cluster";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace } from "../../support/releases";
import { FULL_SETTINGS } from "./rules/full-settings";

const GROUPS = platformRules(FULL_SETTINGS);
const RUNBOOKS = "https://docs.example.com/runbooks";

function define(stack: TerraformStack, options: Partial<GrafanaDashboardsProps> = {}): GrafanaDashboards {
  return new GrafanaDashboards(stack, "Dashboards", {
    cluster: importedCluster(stack),
    namespace: namespace(stack, "monitoring"),
    settings: FULL_SETTINGS,
    groups: GROUPS,
    runbooks: RUNBOOKS,
    ...options,
  });
}

/** The rules with a series recorded under another name. */
function renamed(series: string, name: string): readonly RuleGroup[] {
  return GROUPS.map((group) => ({
    ...group,
    recording: group.recording.map((rule) => (rule.record === series ? { ...rule, record: name } : rule)),
  }));
}

describe("GrafanaDashboards", () => {
  const out = synthesizeKubernetes((stack) => define(stack));
  const maps = out.resources("kubernetes_config_map_v1");

  test("are config maps that the sidecar finds, each with its folder", () => {
    expect(Object.keys(maps).sort()).toEqual(
      [
        "cluster",
        "databases",
        "gpu-cost",
        "gpu-fleet",
        "mlflow",
        "model-drift",
        "model-service",
        "monitoring",
        "pipelines",
      ].map((name) => `Dashboards/${name}`),
    );
    expect(maps["Dashboards/gpu-fleet"]).toMatchObject({
      metadata: {
        name: "dashboard-gpu-fleet",
        namespace: "monitoring",
        labels: { grafana_dashboard: "1", "flightdeck.dev/project": "atlas", "flightdeck.dev/stage": "dev" },
        annotations: { grafana_folder: "GPU" },
      },
    });
  });

  test("say the environment, and hold what Grafana fills in without it being a template of Terraform", () => {
    const json = (maps["Dashboards/gpu-fleet"]?.["data"] as Record<string, string>)["gpu-fleet.json"] ?? "";
    expect(json).toContain('"GPU fleet · atlas/dev"');
    expect(json).toContain(`${RUNBOOKS}/$\${__value.text}.md`);
    expect(json).not.toMatch(/(?<!\$)\$\{/);
  });
});

test("A series that is renamed breaks every panel and variable that reads it, by name", () => {
  const stack = kubernetesStack();
  const groups = renamed("mlflow:requests:rate5m", "mlflow:requests:rate1m");
  const { code, message } = failure(() => define(stack, { groups }));
  const rule =
    'must name series that an exporter yields or a rule records (perhaps "mlflow:requests:rate1m"), got "mlflow:requests:rate5m"';
  expect(code).toBe("INVALID_GRAFANA_DASHBOARDS_PROPS");
  expect(message.split("\n")).toEqual([
    `\`mlflow, panel "Requests per second", query A\` ${rule}`,
    `\`mlflow, panel "Requests per second, by status", query A\` ${rule}`,
    "  in test/Dashboards",
  ]);
});

test("Alerts must lead to dashboards and variables that there are", () => {
  const stack = kubernetesStack();
  const alert: AlertRule = {
    alert: "ModelAsleep",
    severity: "info",
    area: "models",
    expression: "vector(1)",
    summary: "A model sleeps",
    description: "It should not.",
  };
  const groups: readonly RuleGroup[] = [
    ...GROUPS,
    {
      name: "links",
      recording: [],
      alerts: [
        { ...alert, dashboard: { name: "model-drift", variables: { modell: "model" } } },
        { ...alert, alert: "CacheAsleep", dashboard: { name: "mlflow" } },
      ],
    },
  ];
  const settings = { ...FULL_SETTINGS, components: { ...FULL_SETTINGS.components, tracking: false } };
  const { message } = failure(() => define(stack, { groups, settings, runbooks: "https://docs.example.com/" }));
  const names = "cluster, databases, gpu-cost, gpu-fleet, model-drift, model-service, monitoring, pipelines";
  const lines = message.split("\n");
  expect(lines[0]).toBe(
    '`runbooks` must be an address that starts with https://, without a slash at its end, got "https://docs.example.com/"',
  );
  expect(lines).toContain(
    '`alert ModelAsleep, dashboard.variables` must be a variable of the dashboard model-drift (model), got "modell"',
  );
  expect(lines).toContain(`\`alert CacheAsleep, dashboard\` must be one of ${names}, got "mlflow"`);
});
