import { latencyHistogram } from "../../../catalog";
import { around, dayLoad, ramp } from "./noise";
import { CANARY_HOURS, isThere, PODS, type WorldPod } from "./platform";
import type { Moment, Sink } from "./sink";
import type { Faults, Target } from "./target";

const TOKEN_BOUNDS = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
const FIRST_TOKEN_BOUNDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40,
];
const QUEUE_BOUNDS = latencyHistogram("vllm").bounds;

/** A version of a model service. */
interface Version {
  readonly service: string;
  readonly variant: "stable" | "canary";
  readonly engine: "vllm" | "fastapi" | "kserve";
  /** What names of its pods begin with. */
  readonly pods: string;
  readonly tell: (sink: Sink, moment: Moment, context: { readonly pod: WorldPod; readonly faults: Faults }) => void;
}

const VERSIONS: readonly Version[] = [
  {
    service: "chat",
    variant: "stable",
    engine: "vllm",
    pods: "chat-6c",
    tell: (s, m, c) => tellVllm(s, m, { ...c, slower: 1 }),
  },
  {
    service: "chat",
    variant: "canary",
    engine: "vllm",
    pods: "chat-canary",
    tell: (s, m, c) => tellVllm(s, m, { ...c, slower: 1.35 }),
  },
  { service: "ranker", variant: "stable", engine: "fastapi", pods: "ranker-5b", tell: tellFastApi },
  { service: "embedder", variant: "stable", engine: "kserve", pods: "embedder", tell: tellKserve },
];

/** Every pod that serves a model. */
export function servingTargets(): readonly Target[] {
  return VERSIONS.flatMap((version) =>
    PODS.filter(({ pod }) => pod.startsWith(version.pods)).map((pod) => ({
      job: "model-servers",
      labels: {
        instance: `${pod.pod}:metrics`,
        namespace: pod.namespace,
        pod: pod.pod,
        model_service: version.service,
        variant: version.variant,
        serving_engine: version.engine,
      },
      tell: (sink: Sink, moment: Moment, faults: Faults) => {
        if (isThere(pod, moment)) version.tell(sink, moment, { pod, faults });
      },
    })),
  );
}

function tellVllm(
  sink: Sink,
  moment: Moment,
  { pod, faults, slower }: { readonly pod: WorldPod; readonly faults: Faults; readonly slower: number },
): void {
  const labels = { model_name: "meta-llama/Llama-3.3-70B-Instruct", engine: "0" };
  const canary = slower > 1;
  const load = dayLoad(moment);
  // The canary gets more of the requests as it proves itself.
  const share = canary ? 0.6 * ramp(moment, CANARY_HOURS, 2) : 1;
  const rate = Math.max(0.05, around(9 * load * share, 0.2, pod.pod, moment));
  const count = rate * moment.elapsed;
  const median = 0.85 * slower * (0.8 + 0.5 * load) * (faults.slowAnswers ? 9 : 1);
  const failed = canary ? 0.006 : 0.0012;
  http(sink, { handler: "/v1/chat/completions", method: "POST" }, { count, failed });
  const histogram = (name: string, bounds: readonly number[], middle: number, times = count): void =>
    sink.histogram(`vllm:${name}`, labels, { bounds, count: times, times: { median: middle, spread: 0.5 } });
  histogram("e2e_request_latency_seconds", QUEUE_BOUNDS, median);
  histogram("time_to_first_token_seconds", FIRST_TOKEN_BOUNDS, 0.13 * slower * (0.7 + load));
  histogram("inter_token_latency_seconds", TOKEN_BOUNDS, 0.021 * slower * (0.8 + 0.4 * load), count * 180);
  histogram("request_queue_time_seconds", QUEUE_BOUNDS, 0.02 + 0.12 * load ** 4);
  sink.counter("vllm:prompt_tokens_total", labels, count * 640);
  sink.counter("vllm:generation_tokens_total", labels, count * 180);
  sink.counter("vllm:request_success_total", { ...labels, finished_reason: "stop" }, count * 0.94);
  sink.counter("vllm:request_success_total", { ...labels, finished_reason: "length" }, count * 0.06);
  sink.counter("vllm:num_preemptions_total", labels, count * 0.004 * load);
  sink.counter("vllm:prefix_cache_queries_total", labels, count * 640);
  sink.counter("vllm:prefix_cache_hits_total", labels, count * 640 * 0.41);
  sink.gauge("vllm:num_requests_running", labels, Math.round(rate * median * 3));
  sink.gauge(
    "vllm:num_requests_waiting",
    labels,
    Math.max(0, Math.round(6 * (load - 0.75) * (1 + Math.sin(moment.time / 400)))),
  );
  sink.gauge(
    "vllm:kv_cache_usage_perc",
    labels,
    Math.min(0.99, around(0.15 + 0.65 * load, 0.08, `${pod.pod}/kv`, moment)),
  );
}

function http(
  sink: Sink,
  labels: Readonly<Record<string, string>>,
  { count, failed }: { readonly count: number; readonly failed: number },
): void {
  sink.counter("http_requests_total", { ...labels, status: "2xx" }, count * (1 - failed));
  sink.counter("http_requests_total", { ...labels, status: "5xx" }, count * failed);
}

function tellFastApi(sink: Sink, moment: Moment, { pod }: { readonly pod: WorldPod }): void {
  const count = around(42 * dayLoad(moment), 0.15, pod.pod, moment) * moment.elapsed;
  // For a quarter of an hour a dependency was away.
  const outage = moment.hoursAgo < 3.2 && moment.hoursAgo > 2.95 ? 0.03 : 0.0003;
  http(sink, { handler: "/rank", method: "POST" }, { count, failed: outage });
  const { series, bounds } = latencyHistogram("fastapi");
  sink.histogram(series, {}, { bounds, count, times: { median: 0.06 * (0.8 + 0.5 * dayLoad(moment)), spread: 0.55 } });
}

function tellKserve(sink: Sink, moment: Moment, { pod }: { readonly pod: WorldPod }): void {
  const count = around(18 * dayLoad(moment), 0.15, pod.pod, moment) * moment.elapsed;
  const { bounds } = latencyHistogram("kserve");
  for (const [step, median] of Object.entries({ preprocess: 0.004, predict: 0.035, postprocess: 0.002 })) {
    const done = step === "postprocess" ? count * 0.9995 : count;
    const labels = { model_name: "embedder" };
    sink.histogram(`request_${step}_seconds`, labels, { bounds, count: done, times: { median, spread: 0.4 } });
  }
}
