import { exporters, MetricRegister } from "../../../../catalog";
import { checkQuery, queryProblems } from "../../../../constructs/observability/promql/query-problems";
import { rawSeriesProblems } from "../../../../constructs/observability/promql/raw-series-problems";
import { SeriesCatalogue } from "../../../../constructs/observability/promql/series-catalogue";
import type { RecordingRule, RuleGroup } from "../../../../constructs/observability/rules/rule";

function group(...recording: readonly Omit<RecordingRule, "about">[]): RuleGroup {
  return { name: "g", recording: recording.map((rule) => ({ ...rule, about: "Something." })), alerts: [] };
}

const GROUPS = [
  group(
    { record: "node:gpus:sum", expression: 'sum by (node) (kube_node_status_allocatable{resource="nvidia_com_gpu"})' },
    { record: "node:gpus:double", expression: "2 * node:gpus:sum", labels: { of: "gpus" } },
    { record: "gpu:temperature:raw", expression: "DCGM_FI_DEV_GPU_TEMP" },
    {
      record: "node:requests:sum",
      expression:
        "sum by (node) (label_replace(http_requests_total, 'node', '$1', 'pod', '(.*)')) or node:requests:max",
    },
    {
      record: "node:requests:max",
      expression: "max by (node) (process_cpu_seconds_total) * on (node) group_left () node:gpus:sum",
    },
    { record: "loop:a:b", expression: "loop:a:b + 1" },
    { record: "broken:a:b", expression: "sum(" },
  ),
];
const CATALOGUE = SeriesCatalogue.of(GROUPS);
const problems = (query: string) => queryProblems(query, CATALOGUE);

describe("queries over what exists", () => {
  test.each([
    'DCGM_FI_DEV_GPU_TEMP{gpu="0", node=~"ip-.*"} > 85',
    "sum by (node, gpu) (DCGM_FI_DEV_GPU_TEMP)",
    "node:gpus:sum * on (node) group_left (label_flightdeck_dev_pool) kube_node_labels",
    "max by (of) (node:gpus:double)",
    "histogram_quantile(0.95, sum by (le, model_service) (rate(vllm:e2e_request_latency_seconds_bucket[5m])))",
    "increase(vllm:e2e_request_latency_seconds_count[1h]) > 0",
    "rate(http_request_size_bytes_sum[5m])",
    "delta(DCGM_FI_DEV_GPU_TEMP[10m]) > 5",
    "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS > 0",
    "http_requests_total > http_requests_total offset 5m",
    "up == 0 unless on (instance) ALERTS{whatever='x'}",
    "max_over_time(node:gpus:sum[1h])",
    "increase(node:requests:sum[1h]) > 0",
    "loop:a:b{x='y'}",
    "broken:a:b{x='y'}",
    "time() - push_time_seconds > 3600",
    "gpu:temperature:raw{UUID!=''}",
  ])("%s has no problems", (query) => {
    expect(problems(query)).toEqual([]);
  });
});

describe("queries over what does not exist", () => {
  test.each([
    ["sum(", ['must be PromQL, but the query is not PromQL at line 1, column 5: the end of the query, got "1:5"']],
    [
      "DCGM_FI_DEV_GPU_TMP > 85",
      [
        'must name series that an exporter yields or a rule records (perhaps "DCGM_FI_DEV_GPU_TEMP"), got "DCGM_FI_DEV_GPU_TMP"',
      ],
    ],
    ["qqqqqqqq", ['must name series that an exporter yields or a rule records, got "qqqqqqqq"']],
    [
      '{__name__=~"DCGM.+"}',
      [String.raw`must name its series, not a pattern, so that they can be looked up, got "{__name__=~\"DCGM.+\"}"`],
    ],
    [
      "vllm:e2e_request_latency_seconds > 1",
      [
        'must name `vllm:e2e_request_latency_seconds_bucket`, `_sum` or `_count` of a histogram, got "vllm:e2e_request_latency_seconds"',
      ],
    ],
    [
      'DCGM_FI_DEV_GPU_TEMP{gpus="0"}',
      ['must filter `DCGM_FI_DEV_GPU_TEMP` by a label that it has (perhaps "gpu"), got "gpus"'],
    ],
    [
      'up{cluster="prod"}',
      [
        'must filter `up` by a label that it has: Prometheus adds its external labels to what it sends, not to what it stores, got "cluster"',
      ],
    ],
    ["sum by (pool) (node:gpus:sum)", ['must keep in `by` what the inner query yields, got "pool"']],
    [
      "sum without (gpus) (DCGM_FI_DEV_GPU_TEMP)",
      ['must keep in `without` what the inner query yields (perhaps "gpu"), got "gpus"'],
    ],
    [
      "node:gpus:sum / on (pod) kube_node_info",
      ['must match in `on` by labels of both sides (perhaps "node"), got "pod"'],
    ],
    [
      "node:gpus:sum / ignoring (zone) node:gpus:double",
      ['must match in `ignoring` by labels of both sides (perhaps "node"), got "zone"'],
    ],
    [
      "node:gpus:sum * on (node) group_left (pool) kube_node_info",
      ['must take in `group_left` what the other side has (perhaps "pod"), got "pool"'],
    ],
  ])("%s", (query, expected) => {
    expect(problems(query)).toEqual(expected);
  });

  test("all at once, each once", () => {
    const query = "sum by (zone) (rate(node:gpus:sum[5m])) + sum by (zone) (node:gpus:sum)";
    expect(checkQuery(query, CATALOGUE)).toEqual([
      { rule: 'must keep in `by` what the inner query yields (perhaps "node")', got: "zone" },
      {
        rule: "must take `rate` of a counter, which this is not: it is recorded by a rule from what is none",
        got: "node:gpus:sum",
      },
    ]);
  });
});

describe("functions and series that do not go together", () => {
  test.each([
    ["rate(DCGM_FI_DEV_GPU_TEMP[5m])", "must take `rate` of a counter, which this is not: it is a gauge"],
    [
      "increase(node:gpus:sum[5m])",
      "must take `increase` of a counter, which this is not: it is recorded by a rule from what is none",
    ],
    ["delta(http_requests_total[5m])", "must take `delta` of a gauge: a counter starts again from zero"],
    ["rate(http_requests_total)", "must give `rate` a window, as in `x[5m]`"],
    ["abs(DCGM_FI_DEV_GPU_TEMP[5m])", "must give `abs` one moment, not a window"],
    ["sum(DCGM_FI_DEV_GPU_TEMP[5m])", "must sum up one moment, not a window"],
    ["max_over_time(DCGM_FI_DEV_GPU_TEMP)", "must give `max_over_time` a window, as in `x[5m]`"],
    ["sum(http_requests_total) > 5", "must compare the rate or increase of a counter, not how far it has come"],
    ["5 < http_requests_total", "must compare the rate or increase of a counter, not how far it has come"],
    [
      "histogram_quantile(0.9, sum by (model_service) (rate(vllm:e2e_request_latency_seconds_bucket[5m])))",
      "must keep the label `le` of the buckets until `histogram_quantile`",
    ],
  ])("%s", (query, rule) => {
    expect(checkQuery(query, CATALOGUE).map((problem) => problem.rule)).toEqual([rule]);
  });
});

test("a recorded series has the labels of all rules that record it", () => {
  const catalogue = SeriesCatalogue.of([
    group(
      { record: "a:b:c", expression: "sum by (node) (up)", labels: { kind: "one" } },
      { record: "a:b:c", expression: "sum by (pod) (up)", labels: { kind: "two" } },
    ),
  ]);
  expect(catalogue.tryFind("a:b:c")).toEqual({
    raw: undefined,
    counter: false,
    labels: { names: ["node", "kind", "pod"], exact: true },
  });
  expect(catalogue.tryFind("a:b:d")).toBeUndefined();
});

test("a metric that is renamed in the catalogue is missed by whoever reads it, by its name", () => {
  const renamed = new MetricRegister(
    exporters().map((exporter) => ({
      ...exporter,
      metrics: exporter.metrics.map((metric) =>
        metric.name === "DCGM_FI_DEV_GPU_TEMP" ? { ...metric, name: "DCGM_FI_DEV_GPU_TEMPR" } : metric,
      ),
    })),
  );
  const catalogue = SeriesCatalogue.of(GROUPS, renamed);
  expect(queryProblems("max(DCGM_FI_DEV_GPU_TEMP)", catalogue)).toEqual([
    'must name series that an exporter yields or a rule records (perhaps "DCGM_FI_DEV_GPU_TEMPR"), got "DCGM_FI_DEV_GPU_TEMP"',
  ]);
});

describe("rawSeriesProblems", () => {
  test.each([
    "node:gpus:sum",
    "DCGM_FI_DEV_GPU_TEMP",
    'kube_node_status_allocatable{resource="nvidia_com_gpu"}',
    "no_such_series",
    "sum(vllm:num_requests_running)",
  ])("lets %s pass", (query) => {
    expect(rawSeriesProblems(query, CATALOGUE)).toEqual([]);
  });

  test("names series of which there are too many", () => {
    const query = "sum(kube_pod_status_phase) + sum(kube_pod_status_phase) / sum(DCGM_FI_DEV_GPU_TEMP)";
    expect(rawSeriesProblems(query, CATALOGUE)).toEqual([
      "kube_pod_status_phase has about 10000 series on the reference platform, more than the 1000 that a dashboard may read: use a recorded series",
    ]);
    expect(rawSeriesProblems('kube_pod_status_phase{phase="Pending"}', CATALOGUE)).toHaveLength(1);
  });
});
