import {
  allErrorRates,
  allLatencies,
  allRequestRates,
  either,
  quantileOf,
  rate,
  type Scope,
} from "./private/serving-engines";
import type { RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** Labels of a version of a model service on one engine. */
const BY = "namespace, model_service, variant, serving_engine";
/** Every server of a model service. Metrics of vLLM also come from KServe's and Ray's servers that run it inside. */
const ALL: Scope = { matchers: 'model_service!=""', by: BY };

/** What model services do, by service, version and engine, in the same words for every engine. */
export function servingRecordingRules(_settings: RuleSettings): readonly RuleGroup[] {
  return [
    { name: "serving-requests", recording: [...requests(), ...latencies()], alerts: [] },
    { name: "serving-engines", recording: [...tokens(), ...queues()], alerts: [] },
  ];
}

function requests(): readonly RecordingRule[] {
  return [
    {
      record: "model_service:replicas:count",
      expression: `sum by (${BY}) (up{model_service!=""})`,
      about: "Servers of the version that answer scrapes.",
    },
    {
      record: "model_service:requests:rate5m",
      expression: allRequestRates(BY),
      about: "Requests a second over five minutes, health checks left out.",
    },
    {
      record: "model_service:request_errors:rate5m",
      expression: allErrorRates(BY),
      about: "Requests a second that the server failed, over five minutes.",
    },
    {
      record: "model_service:request_errors:ratio_rate5m",
      expression: "model_service:request_errors:rate5m / (model_service:requests:rate5m > 0)",
      about:
        "Share of requests that the server failed over five minutes, 0 to 1; nothing where there were no requests.",
    },
  ];
}

function latencies(): readonly RecordingRule[] {
  const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 };
  return Object.entries(quantiles).map(([name, quantile]) => ({
    record: `model_service:request_latency_seconds:${name}`,
    expression: allLatencies(quantile, BY),
    about: `Seconds within which ${quantile * 100} percent of the requests of five minutes were answered. KServe: the prediction alone. Triton: to the first response, and only where its histograms are on.`,
  }));
}

function tokens(): readonly RecordingRule[] {
  const interToken = ["vllm:inter_token_latency_seconds", "vllm:time_per_output_token_seconds"];
  return [
    {
      record: "model_service:time_to_first_token_seconds:p95",
      expression: quantileOf("vllm:time_to_first_token_seconds", 0.95, ALL),
      about: "Seconds within which 95 percent of the requests of five minutes had their first token.",
    },
    {
      record: "model_service:inter_token_seconds:p95",
      // The second name is that of versions before 0.11; some have both, with the same values.
      expression: either(interToken.map((histogram) => quantileOf(histogram, 0.95, ALL))),
      about: "Seconds between two tokens of an answer, 95th percentile over five minutes.",
    },
    {
      record: "model_service:prompt_tokens:rate5m",
      expression: rate("vllm:prompt_tokens_total", ALL),
      about: "Tokens of prompts a second over five minutes.",
    },
    {
      record: "model_service:generation_tokens:rate5m",
      expression: rate("vllm:generation_tokens_total", ALL),
      about: "Tokens of answers a second over five minutes.",
    },
    {
      record: "model_service:preemptions:rate5m",
      expression: rate("vllm:num_preemptions_total", ALL),
      about: "Requests a second that lost their place in the KV cache and are computed anew, over five minutes.",
    },
    {
      record: "model_service:kv_cache_used:max",
      expression: either(["vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc"].map((gauge) => ofAll("max", gauge))),
      about: "Share of the KV cache in use, 0 to 1, in the fullest server of the version.",
    },
  ];
}

function queues(): readonly RecordingRule[] {
  const waiting = [
    "vllm:num_requests_waiting",
    "nv_inference_pending_request_count",
    "ray_serve_deployment_queued_queries",
  ];
  const running = ["vllm:num_requests_running", "ray_serve_replica_processing_queries"];
  const queued = "vllm:request_queue_time_seconds";
  const triton = "nv_inference_queue_duration_us";
  return [
    {
      record: "model_service:requests_running:sum",
      expression: either(running.map((gauge) => ofAll("sum", gauge))),
      about: "Requests that are computed at the moment. vLLM and Ray Serve.",
    },
    {
      record: "model_service:requests_waiting:sum",
      expression: either(waiting.map((gauge) => ofAll("sum", gauge))),
      about: "Requests that wait for a server at the moment. vLLM, Triton and Ray Serve.",
    },
    {
      record: "model_service:queue_seconds:p95",
      expression: quantileOf(queued, 0.95, ALL),
      about: "Seconds for which requests waited before they were computed, 95th percentile over five minutes. vLLM.",
    },
    {
      record: "model_service:queue_seconds:mean",
      expression: either([
        `${rate(`${queued}_sum`, ALL)} / (${rate(`${queued}_count`, ALL)} > 0)`,
        `${rate(triton, ALL)} / (${rate("nv_inference_request_success", ALL)} > 0) / 1e6`,
      ]),
      about:
        "Seconds for which requests waited before they were computed, on average over five minutes. vLLM and Triton.",
    },
  ];
}

function ofAll(operator: "sum" | "max", gauge: string): string {
  return `${operator} by (${ALL.by}) (${gauge}{${ALL.matchers}})`;
}
