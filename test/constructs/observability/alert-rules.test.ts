import type { TerraformStack } from "cdktf";
import { AlertRules, prometheusRuleFile, runbookName } from "../../../constructs/observability/alert-rules";
import type { AlertRulesProps, RuleLinks } from "../../../constructs/observability/alert-rules";
import type { AlertRule, RecordingRule, RuleGroup } from "../../../constructs/observability/rules/rule";
import { importedCluster } from "../../support/cluster";
import { addressesOf } from "../../support/controllers";
import { customResourceProblems, testWithDefinitions } from "../../support/custom-resources";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace, objectsOf } from "../../support/releases";

const LINKS: RuleLinks = { grafana: "https://grafana.example.com", runbooks: "https://docs.example.com/runbooks" };

const HOT: AlertRule = {
  alert: "GpuTooHot",
  severity: "warning",
  area: "gpu",
  expression: "max by (node, gpu) (gpu:temperature_celsius:max) > 85",
  forMinutes: 5,
  keepFiringForMinutes: 10,
  labels: { team: "platform" },
  summary: "GPU {{ $labels.gpu }} of {{ $labels.node }} is at {{ $value | humanize }} °C",
  description: 'It slows down at 90. {{ if gt $value 90.0 }}It does now{{ else }}{{ printf "%.0f" $value }}{{ end }}.',
  dashboard: { name: "gpu-fleet", variables: { node: "node", "gpu index": "gpu" } },
};

const TEMPERATURE: RecordingRule = {
  record: "gpu:temperature_celsius:max",
  expression: "max by (node, gpu) (DCGM_FI_DEV_GPU_TEMP)",
  about: "Degrees Celsius of a GPU.",
};

const GROUP: RuleGroup = { name: "gpu-health", intervalSeconds: 60, recording: [TEMPERATURE], alerts: [HOT] };

const SMALL: RuleGroup = {
  name: "always",
  recording: [{ record: "all:targets:count", expression: "count(up)", labels: { of: "all" }, about: "Targets." }],
  alerts: [
    {
      alert: "Watchdog",
      severity: "info",
      area: "monitoring",
      expression: "vector(1)",
      summary: "Alerts arrive",
      description: "Always firing.",
    },
  ],
};

function define(stack: TerraformStack, options: Partial<Omit<AlertRulesProps, "cluster" | "namespace">> = {}) {
  const cluster = importedCluster(stack);
  const props = { cluster, namespace: namespace(stack, "monitoring"), groups: [GROUP, SMALL], links: LINKS };
  return new AlertRules(stack, "AlertRules", { ...props, ...options });
}

function problemsOf(options: Partial<Omit<AlertRulesProps, "cluster" | "namespace">>): readonly string[] {
  const { code, message } = failure(() => define(kubernetesStack(), options));
  expect(code).toBe("INVALID_ALERT_RULES_PROPS");
  return message.split("\n").slice(0, -1);
}

const alertWith = (change: Partial<AlertRule>) => ({ groups: [{ ...GROUP, alerts: [{ ...HOT, ...change }] }] });
const HOT_PROP = '`groups["gpu-health"].alerts["GpuTooHot"]';

describe("AlertRules", () => {
  const release = synthesizeKubernetes((stack) => define(stack)).resource("helm_release");
  const [first, second] = objectsOf(release);

  test("are one object for each group, in one release", () => {
    expect(release).toMatchObject({ name: "alert-rules", namespace: "monitoring" });
    expect(first).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: {
        name: "gpu-health",
        labels: { role: "alert-rules", "flightdeck.dev/project": "atlas", "flightdeck.dev/stage": "dev" },
      },
    });
    expect(second?.metadata.name).toBe("always");
  });

  test("record first, then alert, with links that lead to the labels of the alert", () => {
    expect(first?.["spec"]).toEqual({
      groups: [
        {
          name: "gpu-health",
          interval: "60s",
          rules: [
            { record: "gpu:temperature_celsius:max", expr: "max by (node, gpu) (DCGM_FI_DEV_GPU_TEMP)" },
            {
              alert: "GpuTooHot",
              expr: "max by (node, gpu) (gpu:temperature_celsius:max) > 85",
              for: "5m",
              keep_firing_for: "10m",
              labels: { severity: "warning", area: "gpu", team: "platform" },
              annotations: {
                summary: HOT.summary,
                description: HOT.description,
                runbook_url: "https://docs.example.com/runbooks/gpu-too-hot.md",
                dashboard_url:
                  "https://grafana.example.com/d/gpu-fleet" +
                  "?var-node={{ $labels.node | urlquery }}&var-gpu%20index={{ $labels.gpu | urlquery }}",
              },
            },
          ],
        },
      ],
    });
  });

  test("say nothing of what is not asked: no `for`, no dashboard, thirty seconds", () => {
    expect(second?.["spec"]).toEqual({
      groups: [
        {
          name: "always",
          interval: "30s",
          rules: [
            { record: "all:targets:count", expr: "count(up)", labels: { of: "all" } },
            {
              alert: "Watchdog",
              expr: "vector(1)",
              labels: { severity: "info", area: "monitoring" },
              annotations: {
                summary: "Alerts arrive",
                description: "Always firing.",
                runbook_url: "https://docs.example.com/runbooks/watchdog.md",
              },
            },
          ],
        },
      ],
    });
    const [, rule] = prometheusRuleFile([GROUP], { runbooks: LINKS.runbooks }).groups[0]?.rules ?? [];
    expect(rule).not.toHaveProperty("annotations.dashboard_url");
    expect(
      prometheusRuleFile([{ ...GROUP, alerts: [{ ...HOT, dashboard: { name: "cluster" } }] }], LINKS),
    ).toMatchObject({
      groups: [{ rules: [{}, { annotations: { dashboard_url: "https://grafana.example.com/d/cluster" } }] }],
    });
  });

  testWithDefinitions("are taken by the definition of PrometheusRule", () => {
    expect(customResourceProblems("kube-prometheus-stack", objectsOf(release))).toEqual([]);
  });

  test("name what must stand before they count, and hand on the series that there are", () => {
    const stack = kubernetesStack();
    const rules = define(stack);
    expect(addressesOf(stack, rules.ready)).toEqual([expect.stringMatching(/^helm_release\.AlertRules_Objects_/)]);
    expect(rules.catalogue.tryFind("gpu:temperature_celsius:max")?.labels.names).toEqual(["node", "gpu"]);
  });

  test.each([
    ["GpuXidError", "gpu-xid-error"],
    ["Mlflow5xxErrors", "mlflow5xx-errors"],
    ["Watchdog", "watchdog"],
  ])("find the runbook of %s", (alert, name) => {
    expect(runbookName(alert)).toBe(name);
  });
});

describe("AlertRules refuse", () => {
  test.each<[string, Partial<Omit<AlertRulesProps, "cluster" | "namespace">>, readonly string[]]>([
    [
      "links that are none",
      { links: { grafana: "grafana.example.com", runbooks: "https://docs.example.com/runbooks/" } },
      [
        '`links.runbooks` must be an address `https://…` or `http://…` without a query and without a slash at its end, or a folder of the repository such as docs/runbooks, got "https://docs.example.com/runbooks/"',
        '`links.grafana` must be an address `https://…` or `http://…` without a query and without a slash at its end, got "grafana.example.com"',
      ],
    ],
    ["no groups", { groups: [] }, ["`groups` must hold at least one group, got []"]],
    [
      "groups that are misnamed, empty, too slow",
      { groups: [{ name: "GPU", intervalSeconds: 3601, recording: [], alerts: [] }] },
      [
        '`groups["GPU"]` must be named in kebab-case, at most 63 characters, got "GPU"',
        '`groups["GPU"].intervalSeconds` must be a whole number of seconds, 5 to 3600, got 3601',
        '`groups["GPU"]` must hold at least one rule, got "GPU"',
      ],
    ],
    [
      "what is there twice",
      { groups: [GROUP, GROUP] },
      [
        '`groups` must be unique in the platform, got "gpu-health"',
        '`groups` must hold each alert once, got "GpuTooHot"',
        '`groups` must not record the same series twice, got "gpu:temperature_celsius:max"',
      ],
    ],
    [
      "two rules that record one series without labels",
      {
        groups: [
          SMALL,
          {
            ...SMALL,
            name: "other",
            alerts: [],
            recording: [{ ...SMALL.recording[0]!, expression: "count(up == 1)" }],
          },
        ],
      },
      ['`groups` must not record the same series twice, got "all:targets:count"'],
    ],
    [
      "names in another style",
      {
        groups: [
          { ...GROUP, recording: [{ ...TEMPERATURE, record: "gpuTemp" }, TEMPERATURE] },
          { ...SMALL, recording: [], alerts: [{ ...SMALL.alerts[0]!, alert: "GPUBroken", labels: { "a-b": "x" } }] },
        ],
      },
      [
        '`groups["gpu-health"].recording["gpuTemp"]` must be named `level:metric:operations` in lower case, as in `pool:gpus:count`, got "gpuTemp"',
        '`groups["always"].alerts["GPUBroken"]` must be named in PascalCase, with acronyms as words, as in `GpuXidError`, got "GPUBroken"',
        '`groups["always"].alerts["GPUBroken"].labels` must be named by letters, digits and underscores, got "a-b"',
      ],
    ],
    [
      "minutes that are none",
      alertWith({ forMinutes: -1, keepFiringForMinutes: 0.5 }),
      [
        `${HOT_PROP}.forMinutes\` must be a whole number of minutes, 0 or more, got -1`,
        `${HOT_PROP}.keepFiringForMinutes\` must be a whole number of minutes, 0 or more, got 0.5`,
      ],
    ],
    [
      "labels that the rule has anyway",
      alertWith({ labels: { severity: "critical" } }),
      [`${HOT_PROP}.labels\` must leave to the rule what it says itself, got "severity"`],
    ],
    [
      "unknown series and labels, by name",
      alertWith({ expression: "sum by (node, gpu) (DCGM_FI_DEV_GPU_TMP) + sum by (gpus) (DCGM_FI_DEV_GPU_TEMP)" }),
      [
        `${HOT_PROP}.expression\` must name series that an exporter yields or a rule records (perhaps "DCGM_FI_DEV_GPU_TEMP"), got "DCGM_FI_DEV_GPU_TMP"`,
        `${HOT_PROP}.expression\` must keep in \`by\` what the inner query yields (perhaps "gpu"), got "gpus"`,
      ],
    ],
    [
      "what is no PromQL, with the place",
      alertWith({ expression: "max by (node) (up" }),
      [
        `${HOT_PROP}.expression\` must be PromQL, but the query is not PromQL at line 1, column 18: the end of the query, got "1:18"`,
      ],
    ],
    [
      "labels in texts and links that the alert has not",
      alertWith({
        expression: "max by (node) (gpu:temperature_celsius:max) > 85",
        description: "On {{ $labels.hostname }}.",
      }),
      [
        `${HOT_PROP}.summary\` must name a label that the expression yields, got "gpu"`,
        `${HOT_PROP}.description\` must name a label that the expression yields, got "hostname"`,
        `${HOT_PROP}.dashboard.variables["gpu index"]\` must name a label that the expression yields, got "gpu"`,
      ],
    ],
    [
      "texts that Prometheus could not fill in",
      alertWith({
        summary: "Hot\n{{ $labels.gpu",
        description: "{{ $value | humanise }} {{ }} {{ if $value }}",
        labels: { place: " " },
      }),
      [
        `${HOT_PROP}.summary\` must be one line, got "Hot\\n{{ $labels.gpu"`,
        `${HOT_PROP}.summary\` must close every \`{{\` with \`}}\`, got "Hot\\n{{ $labels.gpu"`,
        `${HOT_PROP}.description\` must end every \`{{ if }}\` with \`{{ end }}\`, got "{{ $value | humanise }} {{ }} {{ if $value }}"`,
        `${HOT_PROP}.description\` must use variables and functions of Prometheus's templates, not \`humanise\`, got "{{ $value | humanise }} {{ }} {{ if $value }}"`,
        `${HOT_PROP}.description\` must name something between \`{{\` and \`}}\`, got "{{ $value | humanise }} {{ }} {{ if $value }}"`,
        `${HOT_PROP}.labels["place"]\` must say something, got " "`,
      ],
    ],
  ])("%s", (_what, options, expected) => {
    expect(problemsOf(options)).toEqual(expected);
  });

  test("nothing at the limits", () => {
    const stack = kubernetesStack();
    const fast = { ...GROUP, name: "a".repeat(63), intervalSeconds: 5, alerts: [{ ...HOT, forMinutes: 0 }] };
    expect(() => define(stack, { groups: [fast], links: { runbooks: "docs/runbooks" } })).not.toThrow();
  });

  test("a series twice only where nothing tells the two apart", () => {
    const other = { ...TEMPERATURE, expression: "max by (node, gpu) (DCGM_FI_DEV_MEMORY_TEMP)" };
    const groups = [{ ...GROUP, recording: [TEMPERATURE, other] }];
    expect(() => define(kubernetesStack(), { groups })).not.toThrow();
  });
});
