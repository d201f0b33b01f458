/** Kind of a metric as its exporter declares it. A histogram `x` is the series `x_bucket`, `x_sum` and `x_count`. */
export type MetricType = "counter" | "gauge" | "histogram" | "summary";
