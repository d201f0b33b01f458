/** Series in promtool's notation, by their names and labels. */
export type SeriesValues = Readonly<Record<string, string>>;

/** Labels that the monitor gives every series of a server of a model service in namespace `serving`. */
export function modelServer(service: string, engine: string, variant = "stable"): string {
  return `namespace="serving",model_service="${service}",variant="${variant}",serving_engine="${engine}",pod="${service}-${variant}-0"`;
}

/** Requests that were answered, and requests that the server failed, as FastAPI and vLLM count them. */
export function httpRequests(
  labels: string,
  good: string,
  bad: string,
  handler = "/v1/chat/completions",
): SeriesValues {
  const one = `${labels},handler="${handler}",method="POST"`;
  return { [`http_requests_total{${one},status="2xx"}`]: good, [`http_requests_total{${one},status="5xx"}`]: bad };
}

/** A histogram by the bounds of its buckets, and how many values it has. */
export function histogram(name: string, labels: string, buckets: SeriesValues, all: string): SeriesValues {
  const bounds = Object.entries({ ...buckets, "+Inf": all });
  return {
    ...Object.fromEntries(bounds.map(([le, values]) => [`${name}_bucket{${labels},le="${le}"}`, values])),
    [`${name}_count{${labels}}`]: all,
  };
}

/** Requests to vLLM that took at most 2.5 seconds, and all. */
export function vllmLatency(labels: string, within: string, all: string): SeriesValues {
  return histogram("vllm:e2e_request_latency_seconds", labels, { "2.5": within }, all);
}

/** Whether a server answers scrapes. */
export function modelServerUp(labels: string, values: string): SeriesValues {
  return { [`up{job="model-servers",${labels}}`]: values };
}
