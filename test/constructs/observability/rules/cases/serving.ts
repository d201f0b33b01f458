import {
  histogram,
  httpRequests,
  modelServer,
  modelServerUp,
  vllmLatency,
} from "../../../../support/model-server-series";
import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

const CHAT = modelServer("chat", "vllm");
const CANARY = modelServer("chat", "vllm", "canary");
const EMBED = modelServer("embed", "triton");
const CHAT_SERVICE = { namespace: "serving", model_service: "chat" };
const EMBED_SERVICE = { namespace: "serving", model_service: "embed" };
const chat = [CHAT_SERVICE];
const stable = [{ ...CHAT_SERVICE, variant: "stable" }];
const embed = [EMBED_SERVICE];

const servers: readonly RuleCase[] = [
  {
    alert: "ServingNoReplicas",
    what: "no pod of a service without objectives answers",
    series: modelServerUp(EMBED, "0x20"),
    atMinutes: 12,
    fires: embed,
  },
  {
    alert: "ServingNoReplicas",
    what: "no pod of a service with objectives answers, which is told of elsewhere",
    series: modelServerUp(CHAT, "0x20"),
    atMinutes: 12,
    fires: [],
  },
  {
    alert: "ServingNoReplicas",
    what: "all pods of a service are scaled away",
    series: modelServerUp(EMBED, "1x5 _x20"),
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "ServingErrorRate",
    what: "a service without objectives fails 6 percent of its requests",
    series: {
      [`nv_inference_request_success{${EMBED},model="e",version="1"}`]: "0+94x30",
      [`nv_inference_request_failure{${EMBED},model="e",version="1",reason="BACKEND"}`]: "0+6x30",
    },
    atMinutes: 16,
    fires: embed,
  },
  {
    alert: "ServingErrorRate",
    what: "4 percent fail and callers give up as many",
    series: {
      [`nv_inference_request_success{${EMBED},model="e",version="1"}`]: "0+96x30",
      [`nv_inference_request_failure{${EMBED},model="e",version="1",reason="BACKEND"}`]: "0+4x30",
      [`nv_inference_request_failure{${EMBED},model="e",version="1",reason="CANCELED"}`]: "0+4x30",
    },
    atMinutes: 16,
    fires: [],
  },
  {
    alert: "ServingErrorRate",
    what: "a service with an objective fails 10 percent, which its burn rate tells",
    series: httpRequests(CHAT, "0+90x30", "0+10x30"),
    atMinutes: 16,
    fires: [],
  },
  {
    alert: "ServingQueueTime",
    what: "requests wait between 5 and 10 seconds",
    series: histogram("vllm:request_queue_time_seconds", CHAT, { "5.0": "0+10x30", "10.0": "0+100x30" }, "0+100x30"),
    atMinutes: 16,
    fires: stable,
  },
  {
    alert: "ServingQueueTime",
    what: "96 of 100 requests wait less than 5 seconds",
    series: histogram("vllm:request_queue_time_seconds", CHAT, { "5.0": "0+96x30", "10.0": "0+100x30" }, "0+100x30"),
    atMinutes: 16,
    fires: [],
  },
  {
    alert: "ServingQueueTime",
    what: "requests wait 6 seconds on average in Triton, which counts microseconds",
    series: {
      [`nv_inference_queue_duration_us{${EMBED}}`]: "0+60000000x30",
      [`nv_inference_request_success{${EMBED}}`]: "0+10x30",
    },
    atMinutes: 16,
    fires: [{ ...EMBED_SERVICE, variant: "stable" }],
  },
  {
    alert: "ServingKvCacheSaturated",
    what: "the cache is 97 percent full and requests wait",
    series: { [`vllm:kv_cache_usage_perc{${CHAT}}`]: "0.97x20", [`vllm:num_requests_waiting{${CHAT}}`]: "3x20" },
    atMinutes: 12,
    fires: stable,
  },
  {
    alert: "ServingKvCacheSaturated",
    what: "an old vLLM, whose gauge has another name, is full and requests wait",
    series: { [`vllm:gpu_cache_usage_perc{${CHAT}}`]: "0.97x20", [`vllm:num_requests_waiting{${CHAT}}`]: "3x20" },
    atMinutes: 12,
    fires: stable,
  },
  {
    alert: "ServingKvCacheSaturated",
    what: "the cache is full and nobody waits",
    series: { [`vllm:kv_cache_usage_perc{${CHAT}}`]: "0.97x20", [`vllm:num_requests_waiting{${CHAT}}`]: "0x20" },
    atMinutes: 15,
    fires: [],
  },
  {
    alert: "ServingKvCacheSaturated",
    what: "requests wait and the cache is 94 percent full",
    series: { [`vllm:kv_cache_usage_perc{${CHAT}}`]: "0.94x20", [`vllm:num_requests_waiting{${CHAT}}`]: "3x20" },
    atMinutes: 15,
    fires: [],
  },
  {
    alert: "ServingPreemptions",
    what: "21 preemptions for 100 requests",
    series: { ...httpRequests(CHAT, "0+100x30", "0x30"), [`vllm:num_preemptions_total{${CHAT}}`]: "0+21x30" },
    atMinutes: 22,
    fires: stable,
  },
  {
    alert: "ServingPreemptions",
    what: "19 preemptions for 100 requests",
    series: { ...httpRequests(CHAT, "0+100x30", "0x30"), [`vllm:num_preemptions_total{${CHAT}}`]: "0+19x30" },
    atMinutes: 25,
    fires: [],
  },
  ...[
    { what: "45 percent of yesterday's tokens under the same load", tokens: 5400, running: "10x760", fires: stable },
    { what: "55 percent of yesterday's tokens under the same load", tokens: 6600, running: "10x760", fires: [] },
    { what: "45 percent of yesterday's tokens and 70 of its load", tokens: 5400, running: "10x700 7x60", fires: [] },
  ].map(({ what, tokens, running, fires }) => ({
    alert: "ServingTokensCollapsed",
    what,
    series: {
      [`vllm:generation_tokens_total{${CHAT}}`]: `0+12000x700 ${12_000 * 700}+${tokens}x60`,
      [`vllm:num_requests_running{${CHAT}}`]: running,
      [`vllm:num_requests_waiting{${CHAT}}`]: "0x760",
    },
    atMinutes: 1500,
    intervalMinutes: 2,
    fires,
  })),
  {
    alert: "ServingFirstTokenSlow",
    what: "one request in ten waits between 5 and 7.5 seconds for its first token",
    series: histogram("vllm:time_to_first_token_seconds", CHAT, { "5.0": "0+90x30", "7.5": "0+100x30" }, "0+100x30"),
    atMinutes: 16,
    fires: stable,
  },
  {
    alert: "ServingFirstTokenSlow",
    what: "four requests in a hundred do",
    series: histogram("vllm:time_to_first_token_seconds", CHAT, { "5.0": "0+96x30", "7.5": "0+100x30" }, "0+100x30"),
    atMinutes: 16,
    fires: [],
  },
];

const canaries: readonly RuleCase[] = [
  {
    alert: "ServingCanaryErrors",
    what: "the canary fails 4.1 percent and the stable version 2",
    series: { ...httpRequests(CHAT, "0+980x30", "0+20x30"), ...httpRequests(CANARY, "0+959x30", "0+41x30") },
    atMinutes: 24,
    fires: chat,
  },
  {
    alert: "ServingCanaryErrors",
    what: "the canary fails 3.9 percent and the stable version 2",
    series: { ...httpRequests(CHAT, "0+980x30", "0+20x30"), ...httpRequests(CANARY, "0+961x30", "0+39x30") },
    atMinutes: 24,
    fires: [],
  },
  {
    alert: "ServingCanaryErrors",
    what: "the stable version never fails and the canary 0.9 percent",
    series: { ...httpRequests(CHAT, "0+1000x30", "0x30"), ...httpRequests(CANARY, "0+991x30", "0+9x30") },
    atMinutes: 24,
    fires: [],
  },
  {
    alert: "ServingCanaryErrors",
    what: "a canary with 45 requests in a quarter of an hour fails a third",
    series: { ...httpRequests(CHAT, "0+100x30", "0x30"), ...httpRequests(CANARY, "0+2x30", "0+1x30") },
    atMinutes: 24,
    fires: [],
  },
  ...[
    { bucket: "2.0", what: "the canary takes twice as long as the stable version", fires: chat },
    { bucket: "1.5", what: "the canary takes 1.49 times as long", fires: [] },
  ].map(({ bucket, what, fires }) => ({
    alert: "ServingCanaryLatency",
    what,
    series: {
      ...httpRequests(CHAT, "0+100x30", "0x30"),
      ...httpRequests(CANARY, "0+100x30", "0x30"),
      ...histogram("vllm:e2e_request_latency_seconds", CHAT, { "0.8": "0x30", "1.0": "0+100x30" }, "0+100x30"),
      ...histogram(
        "vllm:e2e_request_latency_seconds",
        CANARY,
        bucket === "2.0" ? { "1.5": "0x30", "2.0": "0+100x30" } : { "1.0": "0x30", "1.5": "0+100x30" },
        "0+100x30",
      ),
    },
    atMinutes: 28,
    fires,
  })),
  {
    alert: "ServingCanaryTooLong",
    what: "a canary has run for two days",
    series: modelServerUp(CANARY, "1x300"),
    atMinutes: 2890,
    intervalMinutes: 10,
    fires: [{ ...CHAT_SERVICE, severity: "info" }],
  },
  {
    alert: "ServingCanaryTooLong",
    what: "a canary has run for 46 hours",
    series: modelServerUp(CANARY, "_x15 1x300"),
    atMinutes: 2890,
    intervalMinutes: 10,
    fires: [],
  },
];

/** Situations of model services, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [...servers, ...canaries];

const KSERVE = modelServer("churn", "kserve");
const RAY = modelServer("tags", "ray-serve");
const of = (service: string, engine: string): Readonly<Record<string, string>> => ({
  namespace: "serving",
  model_service: service,
  variant: "stable",
  serving_engine: engine,
});
const FAILED = "round(model_service:request_errors:ratio_rate5m, 0.001)";

/** Series that are recorded of model services. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: FAILED,
    what: "of 110 requests to KServe, ten of them for explanations, three get to no postprocessing",
    series: {
      [`request_predict_seconds_count{${KSERVE},model_name="churn"}`]: "0+100x20",
      [`request_explain_seconds_count{${KSERVE},model_name="churn"}`]: "0+10x20",
      [`request_postprocess_seconds_count{${KSERVE},model_name="churn"}`]: "0+107x20",
    },
    atMinutes: 10,
    samples: [{ labels: of("churn", "kserve"), value: 0.027 }],
  },
  {
    expression: FAILED,
    what: "a server of KServe has failed since it started",
    series: { [`request_predict_seconds_count{${KSERVE},model_name="churn"}`]: "0+100x20" },
    atMinutes: 10,
    samples: [{ labels: of("churn", "kserve"), value: 1 }],
  },
  {
    expression: FAILED,
    what: "Ray Serve answers 5 of 100 requests with 503, and its own health checks",
    series: {
      [`ray_serve_num_http_requests_total{${RAY},route="/tag",status_code="200"}`]: "0+95x20",
      [`ray_serve_num_http_requests_total{${RAY},route="/tag",status_code="503"}`]: "0+5x20",
      [`ray_serve_num_http_requests_total{${RAY},route="/-/healthz",status_code="200"}`]: "0+60x20",
    },
    atMinutes: 10,
    samples: [{ labels: of("tags", "ray-serve"), value: 0.05 }],
  },
  {
    expression: "round(model_service:request_latency_seconds:p95, 0.001)",
    what: "milliseconds of Ray Serve are seconds",
    series: histogram(
      "ray_serve_http_request_latency_ms",
      `${RAY},route="/tag"`,
      { "200.0": "0x20", "300.0": "0+9x20" },
      "0+9x20",
    ),
    atMinutes: 10,
    samples: [{ labels: of("tags", "ray-serve"), value: 0.295 }],
  },
  {
    expression: "round(model_service:inter_token_seconds:p95, 0.001)",
    what: "vLLM before 0.11 has another name for the time between tokens",
    series: histogram("vllm:time_per_output_token_seconds", CHAT, { "0.05": "0x20", "0.075": "0+9x20" }, "0+9x20"),
    atMinutes: 10,
    samples: [{ labels: of("chat", "vllm"), value: 0.074 }],
  },
  {
    expression: "model_service:request_latency_seconds:p95 or model_service:request_errors:ratio_rate5m",
    what: "a service that nobody asks has no latency and no share of errors",
    series: { ...vllmLatency(CHAT, "5x20", "5x20"), ...httpRequests(CHAT, "5x20", "1x20") },
    atMinutes: 10,
    samples: [],
  },
];
