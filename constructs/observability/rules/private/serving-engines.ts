import { latencyBound, latencyHistogram } from "../../../../catalog";
import type { ServingEngine } from "../rule-settings";

/** Which series are meant, and by which labels they are added up. */
export interface Scope {
  /** Matchers of labels, without braces: `serving_engine="vllm"`. */
  readonly matchers: string;
  /** Labels of the result: `namespace, model_service`. */
  readonly by: string;
}

/** PromQL for what an engine says of its requests, under the engine's own names. All rates are those of five minutes. */
interface EngineQueries {
  /** Requests a second that callers made. */
  readonly requests: (scope: Scope) => string;
  /** Requests a second that the server failed. Empty where none ever failed. */
  readonly errors: (scope: Scope) => string;
  /** Matchers of the series of the histogram that are requests of callers. */
  readonly timed: string;
}

/** Window of all rates. */
const WINDOW = "5m";

/**
 * What health checks and scrapes ask for, in servers with FastAPI. vLLM leaves most of them out of its count by itself; other
 * servers do so when they are told to.
 */
const PROBES =
  "/metrics|/healthz?(/.*)?|/live(z|ness)?|/ready(z|ness)?|/ping|/load|/version|/server_info|/docs|/openapi[.]json";

const HTTP: EngineQueries = {
  requests: (scope) => rate("http_requests_total", scope, `handler!~"${PROBES}"`),
  // The exporter groups codes as `5xx` unless it is told not to; the pattern takes both.
  errors: (scope) => rate("http_requests_total", scope, `handler!~"${PROBES}",status=~"5.."`),
  timed: "",
};

/**
 * KServe's servers count no errors: what they have is a histogram for each of the steps that a request goes through. A step that
 * raises is timed, and what comes after it is not. So requests that got to `predict` (or `explain`) and not to `postprocess`
 * have failed there. An input that `predict` refuses counts as well; what `preprocess` refuses does not.
 */
const KSERVE: EngineQueries = {
  requests: (scope) => `(${predicted(scope)} + (${explained(scope)} or 0 * ${predicted(scope)}))`,
  errors: (scope) => {
    const nothing = `0 * ${predicted(scope)}`;
    const done = rate("request_postprocess_seconds_count", scope);
    return `clamp_min(${predicted(scope)} + (${explained(scope)} or ${nothing}) - (${done} or ${nothing}), 0)`;
  },
  timed: "",
};

/** `CANCELED` is what callers gave up. */
const TRITON: EngineQueries = {
  requests: (scope) => {
    const succeeded = rate("nv_inference_request_success", scope);
    const failed = TRITON.errors(scope);
    return `(${succeeded} + (${failed} or 0 * ${succeeded}))`;
  },
  errors: (scope) => rate("nv_inference_request_failure", scope, 'reason!="CANCELED"'),
  timed: "",
};

/** Routes under `/-/` are Ray Serve's own: health checks and the list of routes. */
const RAY_ROUTES = 'route!~"/-/.*"';

const RAY: EngineQueries = {
  requests: (scope) => rate("ray_serve_num_http_requests_total", scope, RAY_ROUTES),
  errors: (scope) => rate("ray_serve_num_http_requests_total", scope, `${RAY_ROUTES},status_code=~"5.."`),
  timed: RAY_ROUTES,
};

const QUERIES: Readonly<Record<ServingEngine, EngineQueries>> = {
  vllm: HTTP,
  kserve: KSERVE,
  triton: TRITON,
  "ray-serve": RAY,
  fastapi: HTTP,
};

/** Engines, each with those whose metrics have the same names. */
const FAMILIES: readonly { readonly engine: ServingEngine; readonly matcher: string }[] = [
  { engine: "vllm", matcher: 'serving_engine=~"vllm|fastapi"' },
  { engine: "kserve", matcher: 'serving_engine="kserve"' },
  { engine: "triton", matcher: 'serving_engine="triton"' },
  { engine: "ray-serve", matcher: 'serving_engine="ray-serve"' },
];

const ENGINES: readonly ServingEngine[] = ["vllm", "kserve", "triton", "ray-serve", "fastapi"];

/** Requests a second of one engine. */
export function requestRate(engine: ServingEngine, scope: Scope): string {
  return QUERIES[engine].requests(scope);
}

/** Failed requests a second of one engine; 0 where there are requests and none failed. */
export function errorRate(engine: ServingEngine, scope: Scope): string {
  const { requests, errors } = QUERIES[engine];
  return `(${errors(scope)} or 0 * ${requests(scope)})`;
}

/** Requests a second of all engines. */
export function allRequestRates(by: string): string {
  return either(FAMILIES.map(({ engine, matcher }) => requestRate(engine, { matchers: matcher, by })));
}

/** Failed requests a second of all engines; 0 where there are requests and none failed. */
export function allErrorRates(by: string): string {
  return either(FAMILIES.map(({ engine, matcher }) => errorRate(engine, { matchers: matcher, by })));
}

/**
 * Requests a second whose latency is known, by the engine's histogram; `slow`: those of them that took longer than `seconds`.
 *
 * The histogram of FastAPI has no label of the path, so that health checks are in it. They are fast: the slow ones are counted
 * right, and what they are a share of is the count of requests by path, which leaves the checks out.
 *
 * @throws UnknownNameError where no bucket of the histogram ends at `seconds`
 */
export function latencyRates(
  engine: ServingEngine,
  scope: Scope,
  seconds: number,
): { readonly timed: string; readonly slow: string } {
  const { series } = latencyHistogram(engine);
  const { timed: matchers } = QUERIES[engine];
  const all = rate(`${series}_count`, scope, matchers);
  const within = rate(`${series}_bucket`, scope, matchers, bucketMatcher(latencyBound(engine, seconds)));
  const timed = engine === "fastapi" ? requestRate(engine, scope) : all;
  return { timed, slow: `clamp_min(${all} - ${within}, 0)` };
}

/** A quantile of the latency in seconds of all engines. */
export function allLatencies(quantile: number, by: string): string {
  return either(
    ENGINES.map((engine) => {
      const { series, unit } = latencyHistogram(engine);
      const matchers = joined(`serving_engine="${engine}"`, QUERIES[engine].timed);
      const value = quantileOf(series, quantile, { matchers, by });
      return unit === "milliseconds" ? `(${value}) / 1000` : value;
    }),
  );
}

/** A quantile of a histogram over five minutes; nothing where nothing was observed. */
export function quantileOf(histogram: string, quantile: number, { matchers, by }: Scope): string {
  const buckets = `sum by (${by}, le) (rate(${histogram}_bucket{${matchers}}[${WINDOW}]))`;
  return `histogram_quantile(${quantile}, ${buckets}) >= 0`;
}

/** A counter's rate over five minutes. */
export function rate(counter: string, { matchers, by }: Scope, ...more: readonly string[]): string {
  return `sum by (${by}) (rate(${counter}{${joined(matchers, ...more)}}[${WINDOW}]))`;
}

/** What any of the expressions yields; of the same labels, the first. */
export function either(expressions: readonly string[]): string {
  return expressions.map((expression) => `(${expression})`).join("\nor\n");
}

function joined(...matchers: readonly string[]): string {
  return matchers.filter((matcher) => matcher !== "").join(",");
}

/** Prometheus 3 writes whole bounds as `5.0`; before, they stand as the exporter prints them, some of which print `5`. */
function bucketMatcher(bound: number): string {
  return Number.isInteger(bound) ? `le=~"${bound}([.]0)?"` : `le="${bound}"`;
}

function predicted(scope: Scope): string {
  return rate("request_predict_seconds_count", scope);
}

function explained(scope: Scope): string {
  return rate("request_explain_seconds_count", scope);
}
