import type { IRetrainingTrigger } from "../../../constructs/core/retraining-trigger";
import type {
  ModelMonitorOptions,
  MonitoredColumns,
  MonitoredData,
} from "../../../constructs/observability/model-monitor";
import { ModelMonitor } from "../../../constructs/observability/model-monitor";
import { importedCluster } from "../../support/cluster";
import { systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { configOf, defineMonitor, GATEWAY, monitorStore } from "../../support/model-monitors";
import { addGpuPool } from "../../support/releases";

const TRIGGER: IRetrainingTrigger = {
  triggerName: "ranker-training",
  webhookUrl: "http://training.pipelines.svc.cluster.local:12000/ranker",
  token: undefined,
};

interface CronJobJson {
  readonly depends_on: readonly string[];
  readonly metadata: unknown;
  readonly spec: {
    readonly schedule: string;
    readonly timezone: string;
    readonly job_template: { readonly spec: JobJson };
  };
}

interface JobJson {
  readonly backoff_limit: number;
  readonly active_deadline_seconds: number;
  readonly template: {
    readonly spec: { readonly container: readonly unknown[]; readonly service_account_name: string };
  };
}

function outcome(options: Partial<ModelMonitorOptions> = {}) {
  let monitor: ModelMonitor | undefined;
  const out = synthesizeKubernetes((stack) => {
    monitor = defineMonitor(stack, importedCluster(stack), options);
  });
  const job = out.resource("kubernetes_cron_job_v1") as unknown as CronJobJson;
  return { out, job, thresholds: monitor?.thresholds, config: JSON.parse(configOf(out)) as unknown };
}

function problemsOf(options: Partial<ModelMonitorOptions>): readonly string[] {
  const stack = kubernetesStack();
  const { code, message } = failure(() => defineMonitor(stack, importedCluster(stack), options));
  expect(code).toBe("INVALID_MODEL_MONITOR_PROPS");
  return message.split("\n").slice(0, -1);
}

describe("a monitor with minimal props", () => {
  const { out, job, thresholds, config } = outcome();

  test("runs by the clock as one pod that may be tried again once within the hour", () => {
    const { schedule, timezone, job_template } = job.spec;
    expect([schedule, timezone]).toEqual(["0 5 * * *", "Etc/UTC"]);
    expect(job.metadata).toMatchObject({ name: "model-monitor-ranker", namespace: "monitoring" });
    expect(job_template.spec).toMatchObject({ backoff_limit: 1, active_deadline_seconds: 3600 });
  });

  test("writes to /tmp alone, and is told a file and a region", () => {
    const { container, service_account_name } = job.spec.job_template.spec.template.spec;
    expect(service_account_name).toBe("model-monitor-ranker");
    expect(container).toEqual([
      expect.objectContaining({
        image: "registry.example.com/model-monitor:1.0.0",
        args: ["/etc/model-monitor/config.json"],
        env: [{ name: "AWS_REGION", value: "eu-central-1" }],
        security_context: expect.objectContaining({ read_only_root_filesystem: true }) as unknown,
        resources: expect.objectContaining({ requests: { cpu: "500m", memory: "2Gi" } }) as unknown,
      }),
    ]);
  });

  test("reads its data and writes its reports, and may do no more", () => {
    expect(out.resource("aws_eks_pod_identity_association")).toMatchObject({
      namespace: "monitoring",
      service_account: "model-monitor-ranker",
    });
    const { Statement } = out.policy("aws_iam_role_policy") as { Statement: readonly StatementJson[] };
    const objects = Statement.flatMap(({ Action, Resource }) =>
      [Resource]
        .flat()
        .filter((arn) => arn.includes("/*") || arn.includes("/ranker"))
        .map((arn) => [arn, [Action].flat()] as const),
    );
    expect(Object.fromEntries(objects)).toEqual({
      "arn:aws:s3:::atlas-data/ranker/train/*": ["s3:GetObject", "s3:GetObjectVersion"],
      "arn:aws:s3:::atlas-data/ranker/served/*": ["s3:GetObject", "s3:GetObjectVersion"],
      "arn:aws:s3:::atlas-reports/reports/model-monitor/ranker/*": [
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
    });
  });

  test("compares its columns and leaves answers alone", () => {
    expect(config).toEqual({
      model: "ranker",
      timeZone: "Etc/UTC",
      reference: { uri: "s3://atlas-data/ranker/train/", format: "parquet", maxRows: 100_000 },
      current: { uri: "s3://atlas-data/ranker/served/", format: "parquet", maxRows: 100_000 },
      columns: { numerical: ["age", "price"], categorical: ["country"], timestamps: [] },
      task: { kind: "none" },
      validation: { minRows: 500, maxMissingShare: 0.05, maxInvalidShare: 0, columns: {} },
      drift: { maxShare: 0.3, columns: {} },
      quality: { metrics: [], minRows: 100 },
      report: { uri: "s3://atlas-reports/reports/model-monitor/ranker/" },
      pushGateway: GATEWAY,
    });
  });

  test("has thresholds for the rules", () => {
    const shares = { maxDriftShare: 0.3, maxMissingShare: 0.05 };
    expect(thresholds).toEqual({ model: "ranker", namespace: "monitoring", ...shares, minRows: 500, maxAgeHours: 26 });
  });
});

test("a monitor with every prop", () => {
  const { job, thresholds, config } = outcome({
    timeZone: "Europe/Berlin",
    schedule: "30 6 * * 1",
    columns: { ...ALL_COLUMNS },
    task: { kind: "classification", positiveLabel: "1" },
    validation: {
      maxInvalidShare: 0.01,
      columns: { age: { type: "integer", min: 0, max: 120 }, country: { allowed: ["de", "fr"], optional: true } },
    },
    drift: { age: { method: "psi", threshold: 0.2 }, country: { method: "hellinger" } },
    quality: { metrics: ["f1", "roc_auc"], minRows: 50 },
    thresholds: { maxDriftShare: 0.5, maxMissingShare: 0, minRows: 1, quality: { f1: 0.8 }, maxAgeHours: 170 },
    retrain: TRIGGER,
    ownerNamespace: "training",
    resources: { cpu: "1", memory: "4Gi" },
    timeoutSeconds: 60,
    permissionsBoundaryArn: "arn:aws:iam::111111111111:policy/atlas-dev-boundary",
  });
  expect([job.spec.schedule, job.spec.timezone]).toEqual(["30 6 * * 1", "Europe/Berlin"]);
  expect(thresholds).toEqual({
    ...{ model: "ranker", namespace: "monitoring", maxDriftShare: 0.5, maxMissingShare: 0, minRows: 1 },
    ...{ quality: { f1: 0.8 }, maxAgeHours: 170, retrain: "ranker-training", ownerNamespace: "training" },
  });
  expect(config).toMatchObject({
    timeZone: "Europe/Berlin",
    columns: ALL_COLUMNS,
    task: { kind: "classification", positiveLabel: "1" },
    validation: { minRows: 1, maxMissingShare: 0, maxInvalidShare: 0.01 },
    drift: { maxShare: 0.5, columns: { age: { method: "psi", threshold: 0.2 }, country: { method: "hellinger" } } },
    quality: { metrics: ["f1", "roc_auc"], minRows: 50 },
  });
});

const ALL_COLUMNS: MonitoredColumns = {
  numerical: ["age"],
  categorical: ["country"],
  timestamps: ["asked_at"],
  target: "clicked",
  prediction: "answer",
  probability: "score",
};
const ANSWERS: MonitoredColumns = { numerical: ["age"], target: "clicked", prediction: "answer" };

test.each<[string, Partial<ModelMonitorOptions>, readonly string[]]>([
  ["nothing without a target", { task: { kind: "regression" } }, []],
  ["errors of a regression", { task: { kind: "regression" }, columns: ANSWERS }, ["mae", "rmse", "r2", "mape"]],
  [
    "labels of a classification",
    { task: { kind: "classification" }, columns: ANSWERS },
    ["accuracy", "f1", "precision", "recall"],
  ],
  [
    "the order of probabilities of one label",
    { task: { kind: "classification", positiveLabel: "1" }, columns: ALL_COLUMNS },
    ["accuracy", "f1", "precision", "recall", "roc_auc"],
  ],
])("where no metrics are named it measures %s", (_, options, metrics) => {
  expect(outcome(options).config).toMatchObject({ quality: { metrics } });
});

test.each([
  [100, 100_000],
  [101, 99_009],
  [200, 50_000],
])("of %i columns it compares %i rows where nobody says how many", (count, maxRows) => {
  const numerical = Array.from({ length: count }, (_, index) => `c${index}`);
  const { config } = outcome({ columns: { numerical } });
  expect(config).toMatchObject({ reference: { maxRows }, current: { maxRows } });
});

test("the job waits for its role and all that the role may do", () => {
  const { job } = outcome();
  const awaited = job.depends_on
    .filter((address) => address.includes(".Monitor_Role_"))
    .map((address) => address.split(".")[0]);
  expect(awaited).toEqual(["aws_iam_role", "aws_eks_pod_identity_association", "aws_iam_role_policy"]);
});

test("the job runs on the nodes of its pool", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    defineMonitor(stack, cluster, { pool: systemPool(cluster) });
  });
  expect(JSON.stringify(out.resource("kubernetes_cron_job_v1"))).toContain('"flightdeck.dev/pool":"system"');
});

test("the role may have a boundary", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111111111111:policy/atlas-dev-boundary";
  const { out } = outcome({ permissionsBoundaryArn });
  expect(out.resource("aws_iam_role")).toMatchObject({
    name: "atlas-dev-model-monitor-ranker",
    permissions_boundary: permissionsBoundaryArn,
  });
});

test("a monitor says what its namespace must allow", () => {
  expect(ModelMonitor.podSecurity).toBe("restricted");
});

describe("a monitor reports all problems at once", () => {
  test("of names, data and times", () => {
    const stack = kubernetesStack();
    const cluster = importedCluster(stack);
    const { code, message } = failure(() =>
      defineMonitor(stack, cluster, {
        pool: addGpuPool(cluster, "l4"),
        model: "The Ranker",
        ownerNamespace: "A b",
        timeZone: "Mars",
      }),
    );
    expect(code).toBe("INVALID_MODEL_MONITOR_PROPS");
    expect(message.split("\n")).toEqual([
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      '`model` must be lower-case letters and digits in words joined by single hyphens, at most 38 characters, got "The Ranker"',
      '`ownerNamespace` must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, got "A b"',
      '`timeZone` must be an IANA time zone such as Europe/Berlin, got "Mars"',
      "  in test/Monitor",
    ]);
  });

  test("of columns", () => {
    expect(problemsOf({ columns: { target: "clicked" } })).toEqual([
      '`columns` must name at least one column to compare: a feature or the prediction, got ["clicked"]',
    ]);
    const numerical = ["age", "age", "answer", ""];
    const columns = { numerical, categorical: ["age"], target: "answer", prediction: "answer" };
    expect(problemsOf({ columns, task: { kind: "classification" } })).toEqual([
      '`columns` must not name a column without a name, got ["age","answer",""]',
      '`columns` must name each feature once, as one kind, got ["age","age"]',
      '`columns` must name different columns as target, prediction and probability, got ["answer","answer"]',
      '`columns` must have target and prediction among those of the other kind, or nowhere, since the task is classification, got ["answer"]',
    ]);
    const many = Array.from({ length: 201 }, (_, index) => `c${index}`);
    expect(problemsOf({ columns: { numerical: many } })).toEqual([
      '`columns` must name 1 to 200 columns, got "201 columns"',
    ]);
  });

  test("of validation and drift", () => {
    const columns = { age: { type: "string", min: 5, max: 4 }, height: { min: NaN, allowed: [] } } as const;
    const drift = { age: { threshold: 0 }, country: { method: "ks" }, clicked: {} } as const;
    expect(problemsOf({ validation: { maxInvalidShare: 1.1, columns }, drift })).toEqual([
      "`validation.maxInvalidShare` must be a number from 0 to 1, got 1.1",
      '`validation.columns["age"].max` must be at least `min` (5), got 4',
      '`validation.columns["age"].type` must be integer or number, or left out, where there is a range, got "string"',
      '`validation.columns["height"]` must be of a column that is there (age, price, country), got "height"',
      '`validation.columns["height"].min` must be a finite number, got "NaN"',
      '`validation.columns["height"].allowed` must have at least one value, or be left out, got []',
      '`drift["age"].threshold` must be a number above 0, got 0',
      '`drift["country"].method` must be one of hellinger, jensenshannon, kl_div, psi, since the column is categorical, got "ks"',
      '`drift["clicked"]` must be of a column that is there (country, age, price), got "clicked"',
    ]);
  });

  test("of quality and thresholds", () => {
    expect(
      problemsOf({
        schedule: "0 5 * * 1",
        task: { kind: "classification" },
        quality: { metrics: ["roc_auc", "mae"], minRows: 1 },
        thresholds: {
          maxDriftShare: 1.1,
          maxMissingShare: -0.1,
          minRows: 0,
          quality: { f1: 0.5, roc_auc: 2, mae: -1 },
        },
      }),
    ).toEqual([
      '`quality.metrics` must be different ones of accuracy, f1, precision, recall, roc_auc, those of the task classification, got ["roc_auc","mae"]',
      '`quality.metrics` must be empty unless `columns` names target and prediction, got ["roc_auc","mae"]',
      '`quality.metrics` must not have roc_auc without `columns.probability` and `task.positiveLabel`, got ["roc_auc","mae"]',
      "`quality.minRows` must be a whole number of 2 or more, got 1",
      "`thresholds.maxDriftShare` must be a number from 0 to 1, got 1.1",
      "`thresholds.maxMissingShare` must be a number from 0 to 1, got -0.1",
      "`thresholds.minRows` must be a whole number of 1 or more, got 0",
      "`thresholds.maxAgeHours` must be given, since `schedule` (0 5 * * 1) does not run each day, got nothing",
      '`thresholds.quality.f1` must be of a metric that is measured (roc_auc, mae), got "f1"',
      "`thresholds.quality.roc_auc` must be a number from 0 to 1, got 2",
      "`thresholds.quality.mae` must be a number, 0 or more, got -1",
    ]);
    expect(problemsOf({ quality: { metrics: ["f1"] }, thresholds: { maxAgeHours: 0.5 } })).toEqual([
      '`quality.metrics` must be left out: the task has nothing to measure, got ["f1"]',
      '`quality.metrics` must be empty unless `columns` names target and prediction, got ["f1"]',
      "`thresholds.maxAgeHours` must be a number from 1 to 2208, got 0.5",
    ]);
  });
});

test("names of models, prefixes of reports and times end where Kubernetes and S3 do", () => {
  const stack = kubernetesStack();
  const cluster = importedCluster(stack);
  const store = monitorStore(stack, "Elsewhere", "atlas-elsewhere");
  const good = { model: "m".repeat(38), timeoutSeconds: 60, reports: { store, prefix: "quality/" } };
  expect(() => defineMonitor(stack, cluster, good)).not.toThrow();
  const bad = { model: "m".repeat(39), timeoutSeconds: 59, reports: { store, prefix: "quality" } };
  const other = kubernetesStack();
  const { message } = failure(() => defineMonitor(other, importedCluster(other), bad));
  expect(message.split("\n").map((line) => line.replace(/ .*/, ""))).toEqual([
    ...["`model`", "`reports.prefix`", "`timeoutSeconds`", ""],
  ]);
});

const PREFIX =
  "must be a path that ends with a slash and does not start with one, such as raw/images/, without * ? and $";
const PARTITION = "must not start with a slash nor have * ? $ or braces, but those of {date}, {yesterday} and {date-N}";
const ROWS = "`current.maxRows` must be a whole number from 1000 to 1000000";

test.each<[Partial<MonitoredData>, readonly string[]]>([
  [
    { prefix: "served", partition: "/dt={date}/", maxRows: 999 },
    [
      `\`current.prefix\` ${PREFIX}, got "served"`,
      `\`current.partition\` ${PARTITION}, got "/dt={date}/"`,
      `${ROWS}, got 999`,
    ],
  ],
  [
    { partition: "dt={tomorrow}/", maxRows: 1_000_001 },
    [`\`current.partition\` ${PARTITION}, got "dt={tomorrow}/"`, `${ROWS}, got 1000001`],
  ],
  [
    { partition: "{date-12345}", maxRows: 1500.5 },
    [`\`current.partition\` ${PARTITION}, got "{date-12345}"`, `${ROWS}, got 1500.5`],
  ],
  [{ partition: "dt={date-7}/", maxRows: 1000 }, []],
  [{ partition: "year=2026/{yesterday}", format: "csv", maxRows: 1_000_000 }, []],
])("data is under a prefix, with dates, and a number of rows: %j", (current, problems) => {
  const stack = kubernetesStack();
  const define = () => defineMonitor(stack, importedCluster(stack), {}, current);
  if (problems.length === 0) expect(define).not.toThrow();
  else expect(failure(define).message.split("\n").slice(0, -1)).toEqual(problems);
});

interface StatementJson {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}
