import { QUALITY_METRICS } from "../../catalog";
import { tryFindMetric } from "../../catalog/metrics";
import type { ModelMonitorOptions } from "../../constructs/observability/model-monitor";
import { CATEGORICAL_METHODS, NUMERICAL_METHODS } from "../../constructs/observability/private/model-monitor-methods";
import { PushGateway } from "../../constructs/observability/push-gateway";
import { importedCluster } from "../support/cluster";
import { synthesizeKubernetes } from "../support/kubernetes";
import { ModelMonitorJob, type PushedSeries } from "../support/model-monitor-job";
import { configOf, defineMonitor } from "../support/model-monitors";

jest.setTimeout(1_200_000);

const DAY = "2026-03-02";
let job: ModelMonitorJob;
beforeAll(async () => {
  job = await ModelMonitorJob.start();
  await job.makeBucket("atlas-data");
  await job.makeBucket("atlas-reports");
  await generate("ranker/train/part-0.parquet", "--seed", "1");
});
afterAll(() => job?.stop());

async function generate(key: string, ...options: readonly string[]): Promise<void> {
  const { status, stderr } = await job.module("tests.generate", `s3://atlas-data/${key}`, ...options);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

/** The configuration that the construct gives to the job, from the config map as it is synthesised. */
function configFor(model: string, options: Partial<ModelMonitorOptions> = {}): string {
  const out = synthesizeKubernetes((stack) => {
    const pushGateway = PushGateway.fromPushGatewayAttributes(stack, "RealGateway", { url: job.gatewayUrl });
    const all: Partial<ModelMonitorOptions> = {
      ...{ model, pushGateway },
      columns: { numerical: ["age", "price"], categorical: ["country"], target: "clicked", prediction: "answer" },
      task: { kind: "classification", positiveLabel: "1" },
      validation: { columns: { price: { min: 0 }, country: { allowed: ["de", "fr", "pl"] } } },
      thresholds: { maxDriftShare: 0.3, minRows: 1000, quality: { f1: 0.7 } },
      ...options,
    };
    const current = { prefix: `${model}/served/`, partition: "dt={yesterday}/" };
    defineMonitor(stack, importedCluster(stack), all, current);
  });
  return configOf(out);
}

/** Runs the job on generated rows of yesterday. */
async function runOn(model: string, rows: readonly string[], options?: Partial<ModelMonitorOptions>) {
  await generate(`${model}/served/dt=2026-03-01/part-0.parquet`, "--seed", "3", ...rows);
  const { status, stderr } = await job.run(configFor(model, options), DAY);
  return { status, log: stderr, pushed: await job.pushed(model) };
}

function valueOf(pushed: readonly PushedSeries[], name: string, labels: Readonly<Record<string, string>> = {}) {
  const found = pushed.filter(
    (series) =>
      series.name === `flightdeck_model_${name}` &&
      Object.entries(labels).every(([label, value]) => series.labels[label] === value),
  );
  return found.length === 1 ? found[0]?.value : undefined;
}

test("rows of the same distribution have not drifted, and the report stands in the store", async () => {
  const { status, log, pushed } = await runOn("steady", []);
  expect({ status, log }).toMatchObject({ status: 0 });
  expect(valueOf(pushed, "drift_share")).toBe(0);
  expect(valueOf(pushed, "rows", { dataset: "current" })).toBe(3000);
  expect(valueOf(pushed, "rows", { dataset: "reference" })).toBe(3000);
  expect(valueOf(pushed, "quality", { metric: "f1" })).toBeCloseTo(0.8, 1);
  expect(valueOf(pushed, "column_drifted", { column: "age" })).toBe(0);
  expect(valueOf(pushed, "missing_share", { column: "country" })).toBe(0);
  const success = valueOf(pushed, "last_success_timestamp_seconds") ?? 0;
  expect(Math.abs(Date.now() / 1000 - success)).toBeLessThan(600);
  expect(pushed.filter(({ name, value }) => name.endsWith("validation_failures") && value > 0)).toEqual([]);

  const keys = await job.keys("atlas-reports", "reports/model-monitor/steady/");
  expect(keys.map((key) => key.split("/").at(-1))).toEqual(["drift.html", "quality.html", "report.json"]);
  const report = JSON.parse(await job.object("atlas-reports", keys.at(-1) ?? "")) as unknown;
  expect(report).toMatchObject({ model: "steady", completed: true, error: null, drift: { share: 0 } });
});

test("every series that is pushed is one of the catalogue, with its labels", async () => {
  const pushed = await job.pushed("steady");
  const names = [...new Set(pushed.map(({ name }) => name))];
  expect(names).toHaveLength(10);
  const unknown = pushed.flatMap(({ name, labels }) => {
    const known = tryFindMetric(name)?.labels ?? [];
    return Object.keys(labels).filter((label) => !known.includes(label) && !["job", "instance"].includes(label));
  });
  expect([names.filter((name) => tryFindMetric(name) === undefined), unknown]).toEqual([[], []]);
});

test("rows that have moved are told of, and end the job well", async () => {
  const { status, log, pushed } = await runOn("moved", ["--shift", "1"]);
  expect({ status, log }).toMatchObject({ status: 0 });
  expect(valueOf(pushed, "drift_share")).toBe(0.5);
  expect(valueOf(pushed, "column_drifted", { column: "age" })).toBe(1);
  expect(valueOf(pushed, "column_drift_score", { column: "age", method: "wasserstein" })).toBeGreaterThan(0.5);
});

test("a column that is gone breaks a rule and has drifted, and the others are compared", async () => {
  const { status, log, pushed } = await runOn("narrow", ["--without", "price"]);
  expect({ status, log }).toMatchObject({ status: 0 });
  expect(log).toContain("WARNING validation check=columns price is not in every file\n");
  expect(valueOf(pushed, "validation_failures", { check: "columns" })).toBe(1);
  expect(valueOf(pushed, "column_drifted", { column: "price" })).toBe(1);
  expect(valueOf(pushed, "column_drifted", { column: "age" })).toBe(0);
  expect(valueOf(pushed, "drift_share")).toBe(0.25);
});

test("answers that get worse show in the quality", async () => {
  const { status, pushed } = await runOn("worse", ["--wrong", "0.4"]);
  expect(status).toBe(0);
  expect(valueOf(pushed, "quality", { metric: "f1" })).toBeLessThan(0.7);
});

test("a run without rows fails, and leaves the time of the last success and what was known", async () => {
  const success = valueOf(await job.pushed("steady"), "last_success_timestamp_seconds") ?? NaN;
  const { status, stderr } = await job.run(configFor("steady"), "2026-03-09");
  const pushed = await job.pushed("steady");
  expect(status).toBe(3);
  expect(stderr.trimEnd().split("\n").at(-1)).toBe(
    "ERROR DATA_MISSING: s3://atlas-data/steady/served/dt=2026-03-08/ holds no parquet file",
  );
  expect(valueOf(pushed, "last_success_timestamp_seconds")).toBe(success);
  expect(valueOf(pushed, "last_run_timestamp_seconds")).toBeGreaterThan(success);
  expect(valueOf(pushed, "drift_share")).toBe(0);
});

test("a regression is measured by its errors", async () => {
  const columns = { categorical: ["country"], target: "age", prediction: "price" };
  const { status, pushed } = await runOn("estimator", [], {
    columns,
    task: { kind: "regression" },
    validation: {},
    thresholds: { quality: { mae: 40 } },
  });
  expect(status).toBe(0);
  expect(valueOf(pushed, "quality", { metric: "mae" })).toBeCloseTo(31, -1);
  expect(pushed.filter(({ name }) => name.endsWith("_quality")).map(({ labels }) => labels["metric"])).toEqual(
    [...QUALITY_METRICS.regression].sort(),
  );
});

test("construct and job know the same methods and metrics", async () => {
  const { stdout } = await job.module("tests.known");
  expect(JSON.parse(stdout)).toEqual({
    numerical: NUMERICAL_METHODS,
    categorical: CATEGORICAL_METHODS,
    classification: QUALITY_METRICS.classification,
    regression: QUALITY_METRICS.regression,
  });
});

test("the job's own tests pass", async () => {
  const { status, stderr } = await job.module("unittest", "discover", "-t", ".", "-s", "tests");
  expect({ status, stderr: stderr.slice(-2000) }).toMatchObject({ status: 0 });
});
