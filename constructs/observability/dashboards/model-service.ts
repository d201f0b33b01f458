import { type AlertsShown, firingCount, firingTable } from "./private/alerts";
import { compose } from "./private/compose";
import { line } from "./private/line";
import type { PanelQuery, PlannedPanel, Section } from "./private/panel-spec";
import { graph, stat } from "./private/panels";
import { FAST_BURN } from "../rules/slo-rules";
import { failures, goodAnswers, latencies } from "./private/promised-steps";
import { falling, limitAt, PLAIN, rising } from "./private/steps";
import { variable } from "./private/variables";
import type { DashboardSettings, PlatformDashboard } from "./platform-dashboard";

const SERVICE = 'namespace="$namespace", model_service="$model_service"';
const ALERTS: AlertsShown = {
  areas: ["serving"],
  matchers: ['namespace="$namespace"', 'model_service="$model_service"'],
};

/** A service among all, which colours depend on. */
const NAME = "{{namespace}}/{{model_service}}";
/** A version has the same colour in every graph. */
const VERSIONS = { stable: "blue", canary: "orange" } as const;

/** One model service: does it keep its promises, how fast is it, is the canary as good as what it replaces? */
export function modelServiceDashboard(settings: DashboardSettings): PlatformDashboard {
  const promised = settings.services.length > 0;
  const tokens = !promised || settings.services.some(({ engine }) => engine === "vllm" || engine === "ray-serve");
  return compose(settings, {
    name: "model-service",
    title: "Model service",
    folder: "Models",
    description:
      "Does a model service keep its promises, how fast is it, and is its canary as good as what it replaces?",
    variables: [
      variable({
        ...{ name: "namespace", label: "Namespace", description: "Namespace of the service.", several: false },
        ...{ series: "model_service:replicas:count", values: "namespace" },
      }),
      variable({
        ...{ name: "model_service", label: "Service", description: "The service.", several: false },
        ...{ series: 'model_service:replicas:count{namespace="$namespace"}', values: "model_service" },
      }),
    ],
    alerts: ALERTS,
    from: "now-6h",
    sections: [
      { panels: line([firingCount(ALERTS), ...(promised ? promises(settings) : servers()), ...now(settings)]) },
      { panels: [firingTable(settings, ALERTS, [{ label: "variant", title: "Version" }])] },
      ...(promised ? [objectives()] : []),
      traffic(),
      canary(settings),
      ...(tokens ? [languageModel(settings)] : []),
      replicas(),
    ],
  });
}

function promises({ services }: DashboardSettings): PlannedPanel[] {
  return [
    stat({
      title: "Good answers, 30 days",
      description:
        "Share of the requests of 30 days that were answered without an error of the server. Red: less than promised; yellow: nearly.",
      ...{ unit: "percentunit", decimals: 3, steps: PLAIN, noValue: "no promise" },
      expression: `1 - sum by (namespace, model_service) (slo:errors:ratio_rate30d{${SERVICE}, slo="availability"})`,
      ...{ legend: NAME, stepsByName: goodAnswers(services) },
    }),
    stat({
      title: "Error budget left",
      description:
        "What is left of the errors that the promise allows in 30 days; of availability and latency the lesser. Below zero: the promise is broken.",
      ...{ unit: "percentunit", decimals: 0, steps: falling(0, 0.25), noValue: "no promise" },
      expression: `min(slo:error_budget_remaining:ratio{${SERVICE}})`,
    }),
  ];
}

function servers(): PlannedPanel[] {
  return [
    stat({
      title: "Servers up",
      description: "Servers of the service that answer.",
      ...{ unit: "none", decimals: 0, steps: falling(1, 1) },
      expression: `sum(model_service:replicas:count{${SERVICE}}) or vector(0)`,
    }),
  ];
}

function now({ services }: DashboardSettings): PlannedPanel[] {
  return [
    stat({
      title: "Requests per second",
      description: "Requests per second over five minutes, all versions together.",
      ...{ unit: "reqps", decimals: 1, steps: PLAIN },
      expression: `sum(model_service:requests:rate5m{${SERVICE}}) or vector(0)`,
    }),
    stat({
      title: "Failed",
      description:
        "Share of the requests of five minutes that the server failed; of all versions the worst. Where a share is promised: yellow above it, red where its budget burns so fast that somebody is woken.",
      ...{ unit: "percentunit", decimals: 2, min: 0, steps: rising(0.01, 0.05), noValue: "no requests" },
      expression: `max by (namespace, model_service) (model_service:request_errors:ratio_rate5m{${SERVICE}})`,
      ...{ legend: NAME, stepsByName: failures(services) },
    }),
    stat({
      title: "Latency, 95 %",
      description:
        "95 of 100 requests of five minutes were answered within this time; of all versions the slowest. Where a time is promised: red above it.",
      ...{ unit: "s", min: 0, steps: PLAIN, noValue: "no requests" },
      expression: `max by (namespace, model_service) (model_service:request_latency_seconds:p95{${SERVICE}})`,
      ...{ legend: NAME, stepsByName: latencies(services) },
    }),
  ];
}

function objectives(): Section {
  const burn = (window: string): PanelQuery => ({
    expression: `slo:errors:ratio_rate${window}{${SERVICE}} / (1 - slo:objective:ratio{${SERVICE}})`,
    legend: `{{slo}}, ${window}`,
  });
  return {
    heading: "Promises",
    panels: [
      graph({
        title: "How fast the error budget burns",
        description: `1: the budget lasts exactly 30 days. At ${FAST_BURN} it is gone in two days: somebody is woken when the hour and the last five minutes are above.`,
        ...{ unit: "none", decimals: 1, width: 12, min: 0, bare: true, limits: true, steps: limitAt(FAST_BURN) },
        queries: ["1h", "6h"].map(burn),
      }),
      graph({
        title: "Error budget left over time",
        description: "What is left of the errors that each promise allows in 30 days. Steep: something broke then.",
        ...{ unit: "percentunit", decimals: 0, width: 12, max: 1, bare: true, limits: true, steps: falling(0, 0.25) },
        queries: [{ expression: `slo:error_budget_remaining:ratio{${SERVICE}}`, legend: "{{slo}}" }],
      }),
    ],
  };
}

function traffic(): Section {
  const quantiles = { p50: "50 %", p95: "95 %", p99: "99 %" };
  return {
    heading: "Requests",
    panels: [
      graph({
        title: "Requests per second, by version",
        description: "Requests per second over five minutes.",
        ...{ unit: "reqps", width: 12, min: 0, stacked: true, colors: VERSIONS },
        queries: [
          { expression: `sum by (variant) (model_service:requests:rate5m{${SERVICE}})`, legend: "{{variant}}" },
        ],
      }),
      graph({
        title: "Latency",
        description: "So many of 100 requests were answered within this time; of all versions the slowest.",
        ...{ unit: "s", width: 12, min: 0, bare: true },
        queries: Object.entries(quantiles).map(([name, legend]) => ({
          expression: `max(model_service:request_latency_seconds:${name}{${SERVICE}})`,
          legend,
        })),
      }),
    ],
  };
}

/** The same scale for both versions in each graph, so that they can be compared at a glance. */
function canary({ thresholds }: DashboardSettings): Section {
  const { canaryErrorFactor, canaryLatencyFactor } = thresholds;
  const byVersion = (series: string): PanelQuery[] => [
    { expression: `max by (variant) (${series}{${SERVICE}})`, legend: "{{variant}}" },
  ];
  return {
    heading: "Canary against stable",
    panels: [
      graph({
        title: "Failed requests, by version",
        description: `Share of requests that the server failed. The alert fires when the canary fails ${canaryErrorFactor} times as many as the stable version.`,
        ...{ unit: "percentunit", width: 8, min: 0, bare: true, colors: VERSIONS },
        queries: byVersion("model_service:request_errors:ratio_rate5m"),
      }),
      graph({
        title: "Latency 95 %, by version",
        description: `The alert fires when the canary takes ${canaryLatencyFactor} times as long as the stable version.`,
        ...{ unit: "s", width: 8, min: 0, bare: true, colors: VERSIONS },
        queries: byVersion("model_service:request_latency_seconds:p95"),
      }),
      graph({
        title: "Latency 99 %, by version",
        description: "The slowest requests show first what is wrong with a new version.",
        ...{ unit: "s", width: 8, min: 0, bare: true, colors: VERSIONS },
        queries: byVersion("model_service:request_latency_seconds:p99"),
      }),
    ],
  };
}

function languageModel({ thresholds }: DashboardSettings): Section {
  const byVersion = (series: string, legend: string): PanelQuery => ({
    expression: `max by (variant) (${series}{${SERVICE}})`,
    legend: `{{variant}} ${legend}`.trim(),
  });
  return {
    heading: "Tokens",
    panels: [
      graph({
        title: "Time to the first token, 95 %",
        description: "How long callers look at an empty answer. It grows first when prompts queue.",
        ...{ unit: "s", width: 8, min: 0, bare: true, colors: VERSIONS },
        queries: [byVersion("model_service:time_to_first_token_seconds:p95", "")],
      }),
      graph({
        title: "Time between tokens, 95 %",
        description: "How fast answers are written. It grows when batches grow.",
        ...{ unit: "s", width: 8, min: 0, bare: true, colors: VERSIONS },
        queries: [byVersion("model_service:inter_token_seconds:p95", "")],
      }),
      graph({
        title: "Tokens per second",
        description: "Tokens that were read and written, all versions together.",
        ...{ unit: "none", width: 8, min: 0 },
        queries: [
          { expression: `sum(model_service:prompt_tokens:rate5m{${SERVICE}})`, legend: "prompts" },
          { expression: `sum(model_service:generation_tokens:rate5m{${SERVICE}})`, legend: "answers" },
        ],
      }),
      graph({
        title: "Wait in the queue, 95 %",
        description:
          "How long requests wait before they are computed. Above the line the alert fires: more servers are needed.",
        ...{
          unit: "s",
          width: 12,
          min: 0,
          bare: true,
          colors: VERSIONS,
          limits: true,
          steps: limitAt(thresholds.servingQueueSeconds),
        },
        queries: [byVersion("model_service:queue_seconds:p95", "")],
      }),
      graph({
        title: "KV cache in use",
        description: "The fullest server of each version. Full: requests lose their place and are computed anew.",
        ...{ unit: "percentunit", width: 12, min: 0, max: 1, bare: true, colors: VERSIONS },
        ...{ limits: true, steps: rising(0.8, 0.95) },
        queries: [byVersion("model_service:kv_cache_used:max", "")],
      }),
    ],
  };
}

function replicas(): Section {
  return {
    heading: "Servers",
    panels: [
      graph({
        title: "Servers that answer, by version",
        description: "Servers that answer scrapes.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0, bare: true, colors: VERSIONS },
        queries: [{ expression: `sum by (variant) (model_service:replicas:count{${SERVICE}})`, legend: "{{variant}}" }],
      }),
      graph({
        title: "Requests computed and waiting",
        description: "Requests that are computed at the moment, and those that wait for a server.",
        ...{ unit: "none", decimals: 0, width: 12, min: 0 },
        queries: [
          { expression: `sum(model_service:requests_running:sum{${SERVICE}})`, legend: "computed" },
          { expression: `sum(model_service:requests_waiting:sum{${SERVICE}})`, legend: "waiting" },
        ],
      }),
    ],
  };
}
