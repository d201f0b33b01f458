import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  estimateSeries,
  exporters,
  exporterSeries,
  metricNames,
  MetricRegister,
  REFERENCE_SCALE,
  seriesEstimates,
  tryFindMetric,
} from "../../catalog";

import dcgm from "../../catalog/dcgm-counters.json";
import latency from "../../catalog/latency-buckets.json";

const FOLDER = join(__dirname, "../../catalog/metrics");
const files = readdirSync(FOLDER);

const dimension = z.union([z.number().int().positive(), z.enum(Object.keys(REFERENCE_SCALE))]);
const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), dimension);
const bounds = z
  .array(z.number())
  .refine((list) => list.every((bound, index) => index === 0 || bound > (list[index - 1] ?? bound)), "must ascend");
const EXPORTER_FILE = z.strictObject({
  exporter: z.string(),
  asOf: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  source: z.string().min(10),
  version: z.string(),
  job: z.string().optional(),
  intervalSeconds: z.number().int().min(10).max(300),
  targets: dimension,
  honorLabels: z.boolean().optional(),
  targetLabels: z.array(z.string()).optional(),
  labels: labels.optional(),
  otherSeriesPerTarget: z.number().int().positive().optional(),
  unverified: z.array(z.string()).optional(),
  bucketSets: z.record(z.string(), bounds).optional(),
  metrics: z.record(
    z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/),
    z.strictObject({
      type: z.enum(["counter", "gauge", "histogram", "summary"]),
      help: z.string().regex(/^\S.*[^.\s]$/),
      unit: z.string().optional(),
      labels: labels.optional(),
      targets: dimension.optional(),
      buckets: z.union([bounds, z.string()]).optional(),
      bucketCount: z.number().int().positive().optional(),
      absolute: z.literal(true).optional(),
      anyLabels: z.literal(true).optional(),
    }),
  ),
});

describe("files of metrics", () => {
  test.each(files)("%s holds facts of one exporter", (name) => {
    const file = EXPORTER_FILE.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8")));
    expect(`${file.exporter}.json`).toBe(name);
    const entries = Object.entries(file.metrics);
    const bucketed = entries.filter(([, metric]) => metric.buckets !== undefined || metric.bucketCount !== undefined);
    expect(bucketed.filter(([, { type }]) => type !== "histogram")).toEqual([]);
    const histograms = entries.filter(([, { type }]) => type === "histogram");
    expect(histograms.filter(([, metric]) => (metric.buckets ?? metric.bucketCount) === undefined)).toEqual([]);
    const named = bucketed.map(([, { buckets }]) => buckets).filter((buckets) => typeof buckets === "string");
    expect(named.filter((bucketSet) => file.bucketSets?.[bucketSet] === undefined)).toEqual([]);
    expect((file.unverified ?? []).filter((metric) => file.metrics[metric] === undefined)).toEqual([]);
  });

  test("name each metric once, or a query would not say which is meant", () => {
    const names = exporters().flatMap(({ metrics }) => metrics.map(({ name }) => name));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("are there for every exporter of the platform", () => {
    expect(exporters().map(({ name }) => `${name}.json`)).toEqual([...files].sort());
    expect(exporters().length).toBeGreaterThanOrEqual(30);
  });
});

describe("metrics agree with other catalogues", () => {
  test("on the counters of GPUs and their types", () => {
    const types = new Map(dcgm.counters.map(({ name, type }) => [name, type]));
    const metrics = exporters().find(({ name }) => name === "dcgm-exporter")?.metrics ?? [];
    expect(metrics.filter(({ name, type }) => types.get(name) !== type)).toEqual([]);
  });

  test.each(Object.entries(latency.engines))("on the latency of %s", (_engine, { series, unit, bounds }) => {
    expect(tryFindMetric(series)?.metric).toMatchObject({ type: "histogram", unit, buckets: bounds });
  });
});

describe("a series", () => {
  test.each([
    ["DCGM_FI_DEV_GPU_UTIL", "dcgm-exporter", "value"],
    ["vllm:e2e_request_latency_seconds_bucket", "vllm", "bucket"],
    ["vllm:e2e_request_latency_seconds_sum", "vllm", "sum"],
    ["http_request_size_bytes_count", "http-server", "count"],
    ["http_request_size_bytes", "http-server", "quantile"],
    ["aws_rds_cpuutilization_average", "cloudwatch-exporter", "value"],
  ])("%s is of %s", (series, exporter, part) => {
    expect(tryFindMetric(series)).toMatchObject({ metric: { exporter }, part });
  });

  test("is unknown where no exporter yields it", () => {
    expect(tryFindMetric("DCGM_FI_DEV_GPU_UTILS")).toBeUndefined();
    expect(tryFindMetric("http_request_size_bytes_bucket")).toBeUndefined();
    expect(tryFindMetric("http_requests_total_count")).toBeUndefined();
    expect(tryFindMetric("toString")).toBeUndefined();
  });

  test("of a bare histogram has no part, since there is none of that name", () => {
    expect(tryFindMetric("vllm:e2e_request_latency_seconds")?.part).toBeUndefined();
    expect(metricNames()).toContain("vllm:e2e_request_latency_seconds_bucket");
    expect(metricNames()).not.toContain("vllm:e2e_request_latency_seconds");
  });

  test("is unknown where Prometheus drops the buckets of a histogram", () => {
    expect(tryFindMetric("kubelet_pod_start_duration_seconds_bucket")).toBeUndefined();
    expect(tryFindMetric("kubelet_pod_start_duration_seconds_sum")?.part).toBe("sum");
    expect(metricNames()).not.toContain("kubelet_pod_start_duration_seconds_bucket");
    expect(estimateSeries(tryFindMetric("kubelet_pod_start_duration_seconds_sum")!.metric)).toBe(50 * 2);
  });

  test("has its own labels and those of its target", () => {
    const names = tryFindMetric("vllm:e2e_request_latency_seconds_bucket")?.labels ?? [];
    expect(names).toEqual(expect.arrayContaining(["model_name", "engine", "le", "model_service", "variant", "pod"]));
    expect(names).not.toContain("node");
    expect(tryFindMetric("DCGM_FI_DEV_GPU_UTIL")?.labels).toContain("pod");
    expect(tryFindMetric("kube_node_labels")?.labels).toContain("label_flightdeck_dev_pool");
  });

  test("has a label of its exporter as exported_… where the target has one of that name and wins", () => {
    const names = tryFindMetric("certmanager_certificate_ready_status")?.labels;
    expect(names).toEqual(expect.arrayContaining(["exported_namespace", "namespace", "name"]));
    expect(tryFindMetric("kube_pod_status_phase")?.labels).not.toContain("exported_namespace");
  });
});

describe("estimates of series", () => {
  test("multiply what the labels count by targets and buckets", () => {
    const metric = (series: string) => tryFindMetric(series)!.metric;
    expect(estimateSeries(metric("DCGM_FI_DEV_GPU_UTIL"))).toBe(200);
    expect(estimateSeries(metric("kube_pod_status_phase"))).toBe(2_000 * 5);
    expect(estimateSeries(metric("kube_pod_status_phase"), REFERENCE_SCALE, { fixedLabels: ["phase"] })).toBe(2_000);
    expect(estimateSeries(metric("vllm:e2e_request_latency_seconds"))).toBe(90 * (21 + 1 + 2));
    expect(
      estimateSeries(
        metric("vllm:e2e_request_latency_seconds"),
        { ...REFERENCE_SCALE, modelServers: 1 },
        {
          part: "bucket",
        },
      ),
    ).toBe(22);
    expect(
      estimateSeries(metric("vllm:e2e_request_latency_seconds"), REFERENCE_SCALE, {
        part: "bucket",
        fixedLabels: ["le"],
      }),
    ).toBe(90);
    expect(estimateSeries(metric("http_request_size_bytes"), REFERENCE_SCALE, { part: "count" })).toBe(90 * 6);
  });

  test("add up for an exporter, with what nobody uses", () => {
    const [exporter] = new MetricRegister(exporters().filter(({ name }) => name === "kserve")).exporters;
    expect(exporterSeries(exporter!)).toBe(4 * 90 * (14 + 1 + 2) + 30 * 90);
  });

  test("come for each exporter, the widest first", () => {
    const rows = seriesEstimates();
    expect(rows).toHaveLength(exporters().length);
    expect(rows.map(({ series }) => series)).toEqual(rows.map(({ series }) => series).sort((a, b) => b - a));
    const total = rows.reduce((sum, { series }) => sum + series, 0);
    expect(total).toBeGreaterThan(200_000);
    expect(total).toBeLessThan(2_000_000);
    expect(rows.find(({ exporter }) => exporter === "dcgm-exporter")).toMatchObject({
      widest: { metric: "DCGM_EXP_GPU_HEALTH_STATUS", series: 2_400 },
    });
  });
});
