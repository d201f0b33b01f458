import { MODEL_SERVICE_DASHBOARD, SERVICE } from "./private/model-service";
import type { AlertRule, RuleGroup } from "./rule";
import type { AlertThresholds, RuleSettings } from "./rule-settings";
import { servingRecordingRules } from "./serving-recording-rules";

/** Model services: their series, and what goes wrong in servers and canaries. What they promise is in `sloRules`. */
export function servingRules(settings: RuleSettings): readonly RuleGroup[] {
  const { thresholds, services } = settings;
  return [
    ...servingRecordingRules(settings),
    {
      name: "serving-alerts",
      recording: [],
      alerts: [
        noReplicas(services.length > 0),
        errorsWithoutObjective(services.length > 0),
        queueTime(thresholds),
        cacheSaturated(),
        preemptions(),
        tokensCollapsed(),
        ...firstToken(thresholds),
        canaryErrors(thresholds),
        canaryLatency(thresholds),
        canaryTooLong(),
      ],
    },
  ];
}

const KEY = "namespace, model_service";
const VERSION = "namespace, model_service, variant";
/** Share of failed requests of a service that promises nothing. */
const ERROR_RATIO = 0.05;
/** Requests a second under which a share of failed ones says little: three a minute. */
const LEAST_RATE = 0.05;
/** Share of the KV cache from which a server of vLLM takes no more requests than leave. */
const FULL_CACHE = 0.95;
/** Preemptions for each request. Each computes a prompt and all tokens so far once more. */
const PREEMPTIONS_PER_REQUEST = 0.2;
/** Share of yesterday's tokens a second under which throughput has collapsed, and of yesterday's load that makes days alike. */
const COLLAPSE = { tokens: 0.5, load: 0.8, leastTokens: 10 };
/** Requests that a version must have answered in 15 minutes to be compared, and errors that nobody minds. */
const COMPARISON = { window: "15m", seconds: 900, leastRequests: 50, tolerated: 0.01 };
/** Hours after which a canary should have been promoted or withdrawn. */
const CANARY_HOURS = 48;

function noReplicas(objectives: boolean): AlertRule {
  const unpromised = objectives ? `\nunless on (${KEY}) slo:objective:ratio` : "";
  return {
    alert: "ServingNoReplicas",
    severity: "warning",
    area: "serving",
    expression: `sum by (${KEY}) (model_service:replicas:count) == 0${unpromised}`,
    forMinutes: 10,
    summary: `No pod of ${SERVICE} answers scrapes`,
    description:
      "The service has pods and none of them answers, so most likely no request is answered either. It promises nothing; where availability is promised, ServingServiceAbsent wakes somebody.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function errorsWithoutObjective(objectives: boolean): AlertRule {
  const requests = `sum by (${KEY}) (model_service:requests:rate5m)`;
  const ratio = `sum by (${KEY}) (model_service:request_errors:rate5m) / ${requests}`;
  const unpromised = objectives ? `\nunless on (${KEY}) slo:objective:ratio{slo="availability"}` : "";
  return {
    alert: "ServingErrorRate",
    severity: "warning",
    area: "serving",
    expression: `(${ratio} > ${ERROR_RATIO} and ${requests} > ${LEAST_RATE})${unpromised}`,
    forMinutes: 10,
    summary: `${SERVICE} failed {{ $value | humanizePercentage }} of its requests`,
    description: "The service promises nothing, so no error budget burns; its callers get errors of the server.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function queueTime({ servingQueueSeconds }: AlertThresholds): AlertRule {
  const waited = ["p95", "mean"].map((kind) => `max by (${VERSION}) (model_service:queue_seconds:${kind})`);
  return {
    alert: "ServingQueueTime",
    severity: "warning",
    area: "serving",
    expression: `(${waited.join("\nor\n")}) > ${servingQueueSeconds}`,
    forMinutes: 10,
    summary: `Requests to ${SERVICE} ({{ $labels.variant }}) wait {{ $value | humanizeDuration }} before they are computed`,
    description:
      "Demand is above what its servers compute. More replicas help, or shorter requests; faster answers of a single server do not come from waiting.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function cacheSaturated(): AlertRule {
  const used = `max by (${VERSION}) (model_service:kv_cache_used:max) > ${FULL_CACHE}`;
  return {
    alert: "ServingKvCacheSaturated",
    severity: "warning",
    area: "serving",
    expression: `${used}\nand sum by (${VERSION}) (model_service:requests_waiting:sum) > 0`,
    forMinutes: 10,
    summary: `The KV cache of ${SERVICE} ({{ $labels.variant }}) is {{ $value | humanizePercentage }} full and requests wait`,
    description:
      "No request starts before another ends. Latency grows with the queue, and long prompts push others out of the cache.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function preemptions(): AlertRule {
  const preempted = `sum by (${VERSION}) (model_service:preemptions:rate5m)`;
  return {
    alert: "ServingPreemptions",
    severity: "warning",
    area: "serving",
    expression: `${preempted} / (sum by (${VERSION}) (model_service:requests:rate5m) > ${LEAST_RATE}) > ${PREEMPTIONS_PER_REQUEST}`,
    forMinutes: 15,
    summary: `${SERVICE} ({{ $labels.variant }}) pushes {{ $value | humanize }} requests out of the KV cache for each that it answers`,
    description:
      "A request that is pushed out is computed again from its prompt on: GPU time is paid twice, and the caller waits twice.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

/** Load is what stands in the server: when it slows down, requests a second fall with its tokens, and this does not. */
function tokensCollapsed(): AlertRule {
  const { tokens, load, leastTokens } = COLLAPSE;
  const rate = (offset: string): string =>
    `sum by (${VERSION}) (avg_over_time(model_service:generation_tokens:rate5m[30m]${offset}))`;
  const inside = (offset: string): string =>
    ["running", "waiting"]
      .map((state) => `sum by (${VERSION}) (avg_over_time(model_service:requests_${state}:sum[30m]${offset}))`)
      .join(" + ");
  const yesterday = " offset 1d";
  return {
    alert: "ServingTokensCollapsed",
    severity: "warning",
    area: "serving",
    expression: [
      `${rate("")} / (${rate(yesterday)} > ${leastTokens}) < ${tokens}`,
      `and (${inside("")}) >= ${load} * (${inside(yesterday)})`,
    ].join("\n"),
    forMinutes: 15,
    summary: `${SERVICE} ({{ $labels.variant }}) makes {{ $value | humanizePercentage }} of the tokens a second that it made a day ago`,
    description:
      "As many requests stand in its servers as yesterday, and they get far less done: a GPU that is throttled, a lost replica, or another model or batch size.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function firstToken({ servingFirstTokenSeconds }: AlertThresholds): readonly AlertRule[] {
  if (servingFirstTokenSeconds === undefined) return [];
  return [
    {
      alert: "ServingFirstTokenSlow",
      severity: "warning",
      area: "serving",
      expression: `max by (${VERSION}) (model_service:time_to_first_token_seconds:p95) > ${servingFirstTokenSeconds}`,
      forMinutes: 10,
      summary: `The first token of ${SERVICE} ({{ $labels.variant }}) takes {{ $value | humanizeDuration }}`,
      description: `One request in twenty waits longer than ${servingFirstTokenSeconds} seconds until it sees anything: that is what people in a chat feel.`,
      dashboard: MODEL_SERVICE_DASHBOARD,
    },
  ];
}

function canaryErrors({ canaryErrorFactor }: AlertThresholds): AlertRule {
  const { tolerated } = COMPARISON;
  const ratio = (variant: Variant): string => `${total("request_errors", variant)} / ${total("requests", variant)}`;
  return {
    alert: "ServingCanaryErrors",
    severity: "warning",
    area: "serving",
    expression: [
      `${ratio("canary")} > ${tolerated}`,
      `and ${ratio("canary")} > ${canaryErrorFactor} * ${ratio("stable")}`,
      ...bothUsed(),
    ].join("\n"),
    forMinutes: 5,
    summary: `The canary of ${SERVICE} fails {{ $value | humanizePercentage }} of its requests, more than ${canaryErrorFactor} times the share of the stable version`,
    description: "Callers whose requests go to the canary are worse off. Withdraw it before it gets more of them.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

function canaryLatency({ canaryLatencyFactor }: AlertThresholds): AlertRule {
  const p95 = (variant: Variant): string =>
    `max by (${KEY}) (model_service:request_latency_seconds:p95{variant="${variant}"})`;
  return {
    alert: "ServingCanaryLatency",
    severity: "warning",
    area: "serving",
    expression: [`${p95("canary")} / ${p95("stable")} > ${canaryLatencyFactor}`, ...bothUsed()].join("\n"),
    forMinutes: 10,
    summary: `The canary of ${SERVICE} is {{ $value | humanize }} times as slow as the stable version`,
    description: "Compared is the 95th percentile of latency, over the same minutes.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

/** Present in 98 of 100 evaluations: a rollout that starts pods anew leaves gaps, a canary of every night longer ones. */
function canaryTooLong(): AlertRule {
  const there = `(sum by (${KEY}) (model_service:replicas:count{variant="canary"}) > 0)`;
  const samples = CANARY_HOURS * 6;
  return {
    alert: "ServingCanaryTooLong",
    severity: "info",
    area: "serving",
    expression: `count_over_time(${there}[${CANARY_HOURS}h:10m]) >= ${Math.floor(samples * 0.98)}`,
    summary: `${SERVICE} has had a canary for more than ${CANARY_HOURS} hours`,
    description:
      "Two versions are paid for, and every comparison of them is against a stable version that nobody meant to keep. Promote it or withdraw it.",
    dashboard: MODEL_SERVICE_DASHBOARD,
  };
}

type Variant = "canary" | "stable";

/** Rates are added up before they are divided: a version with few requests has many minutes without one. */
function total(what: "requests" | "request_errors", variant: Variant): string {
  return `sum by (${KEY}) (sum_over_time(model_service:${what}:rate5m{variant="${variant}"}[${COMPARISON.window}]))`;
}

function bothUsed(): readonly string[] {
  const { window, seconds, leastRequests } = COMPARISON;
  return (["canary", "stable"] as const).map((variant) => {
    const mean = `sum by (${KEY}) (avg_over_time(model_service:requests:rate5m{variant="${variant}"}[${window}]))`;
    return `and ${mean} * ${seconds} >= ${leastRequests}`;
  });
}
