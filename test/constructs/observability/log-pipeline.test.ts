import type { TerraformStack } from "cdktf";
import { LogPipeline, type LokiPipelineOptions } from "../../../constructs/observability/log-pipeline";
import { FIRST_LINE } from "../../../constructs/observability/private/log-pipeline-lines";
import { REDACTED, SECRET_EXPRESSIONS } from "../../../constructs/observability/private/log-pipeline-redaction";
import { ObjectStore } from "../../../constructs/storage/object-store";
import { importedCluster, importedKey, KEY_ARN } from "../../support/cluster";
import { systemPool } from "../../support/controllers";
import { failure, IDENTITY } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf, valuesOf } from "../../support/releases";

type Options = Partial<Omit<LokiPipelineOptions, "backend" | "cluster" | "namespace" | "agentsNamespace" | "store">>;

/** One cluster for pool and pipeline. */
const clusters = new WeakMap<TerraformStack, ReturnType<typeof importedCluster>>();
function importedClusterOf(stack: TerraformStack): ReturnType<typeof importedCluster> {
  const cluster = clusters.get(stack) ?? importedCluster(stack);
  clusters.set(stack, cluster);
  return cluster;
}

function defineLoki(stack: TerraformStack, options: Options = {}): LogPipeline {
  const encryptionKey = importedKey(stack);
  return new LogPipeline(stack, "Logs", {
    backend: "loki",
    cluster: importedClusterOf(stack),
    namespace: namespace(stack, "monitoring"),
    agentsNamespace: namespace(stack, "monitoring-agents"),
    store: new ObjectStore(stack, "Store", {
      identity: IDENTITY,
      storeName: "logs",
      noncurrentRetentionDays: 30,
      encryptionKey,
    }),
    retentionDays: 30,
    ...options,
  });
}

function configOf(values: Record<string, unknown>): string {
  const { configMap } = values["alloy"] as { readonly configMap: { readonly content: string } };
  return configMap.content;
}

describe("LogPipeline with Loki and minimal props", () => {
  const out = synthesizeKubernetes((stack) => void defineLoki(stack));
  const loki = valuesOf(out.resource("helm_release", "Logs/Loki/Resource"));
  const agents = valuesOf(out.resource("helm_release", "Logs/Agents/Resource"));
  const events = valuesOf(out.resource("helm_release", "Logs/Events/Resource"));

  test("runs Loki three times, each line on three volumes", () => {
    expect(loki).toMatchObject({
      deploymentMode: "Monolithic",
      singleBinary: { replicas: 3, persistence: { enabled: true, size: "20Gi", storageClass: null } },
      loki: { auth_enabled: false, commonConfig: { replication_factor: 3 } },
    });
  });

  test("keeps logs under a prefix of the store for the days that were said", () => {
    expect(loki["loki"]).toMatchObject({
      storage: {
        type: "s3",
        use_thanos_objstore: true,
        object_store: { storage_prefix: "loki", s3: { endpoint: "s3.eu-central-1.amazonaws.com" } },
      },
      compactor: { retention_enabled: true, delete_request_store: "s3" },
      limits_config: { retention_period: "720h", max_query_lookback: "720h", ingestion_rate_mb: 10 },
      schemaConfig: { configs: [{ store: "tsdb", schema: "v13", object_store: "s3" }] },
    });
  });

  test("brings neither caches nor a gateway, nor anything that tests itself", () => {
    const off = { enabled: false };
    expect(loki).toMatchObject({ gateway: off, test: off, lokiCanary: off, chunksCache: off, resultsCache: off });
  });

  test("lets Loki read, write and delete under its prefix alone", () => {
    expect(out.policy("aws_iam_role_policy", "Logs/LokiRole/Policy")).toMatchObject({
      Statement: [
        { Action: expect.arrayContaining(["kms:Decrypt", "kms:GenerateDataKey"]) as unknown, Resource: KEY_ARN },
        { Action: "s3:GetBucketLocation" },
        { Action: "s3:ListBucket", Condition: { StringLike: { "s3:prefix": "loki/*" } } },
        { Resource: expect.stringMatching(/\/loki\/\*$/) as unknown },
      ],
    });
  });

  test("starts Loki when its role stands, and agents when Loki does", () => {
    expect(out.resource("helm_release", "Logs/Loki/Resource")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role\./),
      expect.stringMatching(/^aws_eks_pod_identity_association\./),
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
    expect(out.resource("helm_release", "Logs/Agents/Resource")["depends_on"]).toEqual([
      expect.stringMatching(/^helm_release\.Logs_Loki_/),
    ]);
  });

  test("runs an agent on every node, which remembers how far it has read", () => {
    expect(agents).toMatchObject({
      controller: {
        type: "daemonset",
        tolerations: [{ operator: "Exists" }],
        volumes: { extra: [{ hostPath: { path: "/var/lib/flightdeck-logs", type: "DirectoryOrCreate" } }] },
      },
      alloy: { storagePath: "/var/lib/flightdeck-logs", mounts: { varlog: true } },
    });
  });

  test("reads the pods of the own node, with few labels", () => {
    const config = configOf(agents);
    expect(config).toContain('field = "spec.nodeName=" + sys.env("K8S_NODE_NAME")');
    const labels = [...config.matchAll(/target_label\s+= "(\w+)"/g)].map(([, label]) => label);
    expect(new Set(labels)).toEqual(new Set(["namespace", "container", "node", "pod", "app", "__path__"]));
    expect(config).toContain('values = { pod = "" }');
    expect(config).toContain('url                 = "http://loki.monitoring.svc.cluster.local:3100/loki/api/v1/push"');
    expect(config).not.toContain("stage.drop");
  });

  test("hands nothing to Helm that it would take for a template", () => {
    expect(configOf(agents) + configOf(events)).not.toContain("{{");
  });

  test("reads events once", () => {
    expect(out.resource("helm_release", "Logs/Events/Resource")).toMatchObject({
      name: "alloy-events",
      namespace: "monitoring",
    });
    expect(events).toMatchObject({ controller: { type: "deployment", replicas: 1 } });
    expect(configOf(events)).toContain('loki.source.kubernetes_events "events"');
  });
});

test("LogPipeline with Loki and every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const pool = systemPool(importedClusterOf(stack));
    defineLoki(stack, {
      ...{ pool, highAvailability: false, volumeGiB: 50, storageClassName: "gp3", ingestionMbPerSecond: 40 },
      ...{ maxStreams: 50_000, events: false, monitoring: true, redactSecrets: false, dropDebug: true },
    });
  });
  const loki = valuesOf(out.resource("helm_release", "Logs/Loki/Resource"));
  expect(loki).toMatchObject({
    singleBinary: {
      replicas: 1,
      nodeSelector: { "flightdeck.dev/pool": "system" },
      podDisruptionBudget: { enabled: false },
      persistence: { size: "50Gi", storageClass: "gp3" },
    },
    loki: {
      limits_config: { ingestion_rate_mb: 40, ingestion_burst_size_mb: 80, max_global_streams_per_user: 50_000 },
    },
    monitoring: { serviceMonitor: { enabled: true } },
  });
  const agents = valuesOf(out.resource("helm_release", "Logs/Agents/Resource"));
  expect(configOf(agents)).toContain("stage.drop");
  expect(configOf(agents)).not.toContain("stage.replace");
  expect(agents["serviceMonitor"]).toMatchObject({ enabled: true });
  expect(Object.keys(out.resources("helm_release"))).toEqual(["Logs/Agents/Resource", "Logs/Loki/Resource"]);
});

describe("LogPipeline with CloudWatch", () => {
  const made: LogPipeline[] = [];
  const out = synthesizeKubernetes((stack) => {
    made.push(
      new LogPipeline(stack, "Logs", {
        backend: "cloudwatch",
        cluster: importedCluster(stack),
        agentsNamespace: namespace(stack, "monitoring-agents"),
        encryptionKey: importedKey(stack),
        retentionDays: 90,
        monitoring: true,
        dropDebug: true,
      }),
    );
  });
  const objects = objectsOf(out.resource("helm_release"));
  const files = objects.find(({ kind }) => kind === "ConfigMap")?.["data"] as Record<string, string>;

  test("writes to an encrypted log group of the days that were said", () => {
    expect(out.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/flightdeck/atlas-dev/pods",
      retention_in_days: 90,
      kms_key_id: KEY_ARN,
    });
    expect(made[0]).toMatchObject({ logGroupName: "/flightdeck/atlas-dev/pods", queryUrl: undefined });
    expect(LogPipeline.logGroupArn(IDENTITY)).toBe(
      "arn:aws:logs:eu-central-1:111111111111:log-group:/flightdeck/atlas-dev/pods",
    );
  });

  test("lets the agents write to that group, and make none", () => {
    expect(out.policy("aws_iam_role_policy")).toMatchObject({
      Statement: [
        {
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/) as unknown,
        },
      ],
    });
    expect(files["fluent-bit.conf"]).toContain("auto_create_group          false");
  });

  test("runs an agent on every node, with its role, configuration and monitor", () => {
    expect(objects.map(({ kind }) => kind)).toEqual([
      "ServiceAccount",
      "ConfigMap",
      "ClusterRole",
      "ClusterRoleBinding",
      "DaemonSet",
      "PodMonitor",
    ]);
    const { spec } = objects.find(({ kind }) => kind === "DaemonSet") as { spec?: unknown };
    expect(spec).toMatchObject({
      template: { spec: { tolerations: [{ operator: "Exists" }], serviceAccountName: "fluent-bit" } },
    });
  });

  test("joins tracebacks, drops debug lines and takes secrets out on the node", () => {
    expect(files["fluent-bit.conf"]).toContain("multiline.parser           python, java, go");
    expect(files["fluent-bit.conf"]).toContain("Exclude                    log (?i)");
    expect(files["fluent-bit.conf"]).toContain("call                       redact");
    expect(files["redact.lua"]).toContain("function redact(tag, timestamp, record)");
  });
});

function redacted(line: string): string {
  return SECRET_EXPRESSIONS.reduce(
    (text, expression) =>
      text.replace(new RegExp(expression, "g"), (whole, secret: string) => whole.replace(secret, REDACTED)),
    line,
  );
}

test.each([
  ["key AKIAIOSFODNN7EXAMPLE used", "key <redacted> used"],
  [`aws_secret_access_key = ${"a1B/".repeat(10)}`, "aws_secret_access_key = <redacted>"],
  ["Authorization: Bearer abcdefghijklmnop1234", "Authorization: Bearer <redacted>"],
  ["postgresql://mlflow:hunter2@db:5432/mlflow", "postgresql://mlflow:<redacted>@db:5432/mlflow"],
  ['{"password": "hunter2hunter"}', '{"password": "<redacted>"}'],
  ["hf_abcdefghijklmnopqrstuvwx pulled", "<redacted> pulled"],
  ["epoch 3 loss=0.31 tokens=4096 max_tokens: 512", "epoch 3 loss=0.31 tokens=4096 max_tokens: 512"],
  ["GET http://mlflow.tracking.svc:5000/api?x=a@b 200", "GET http://mlflow.tracking.svc:5000/api?x=a@b 200"],
])("what looks like a secret is taken out of %p", (line, expected) => {
  expect(redacted(line)).toBe(expected);
});

test.each([
  ["Traceback (most recent call last):", true],
  ['  File "train.py", line 3, in <module>', false],
  ["torch.OutOfMemoryError: CUDA out of memory", false],
  ["java.lang.RuntimeException: no", false],
  ["", false],
  ["2026-11-22 10:00:00 INFO ready", true],
  ["INFO:root:ready", true],
  ["loss: 0.31", true],
  ["Epoch 1/10", true],
  ['{"level": "info"}', true],
  ["[rank0]: ready", true],
])("a line starts an entry, or goes on with one: %p", (line, starts) => {
  expect(new RegExp(FIRST_LINE).test(line)).toBe(starts);
});

test("LogPipeline reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const pool = addGpuPool(importedClusterOf(stack), "l4");
  const wrong = { pool, retentionDays: 0, volumeGiB: 9, maxStreams: 99, ingestionMbPerSecond: 0.5 };
  expect(failure(() => defineLoki(stack, wrong))).toEqual({
    code: "INVALID_LOG_PIPELINE_PROPS",
    message: [
      '`pool` must be a pool without accelerators, which would be kept busy by what needs none, got "l4 (gpu)"',
      "`retentionDays` must be a whole number, 1 or more, got 0",
      "`volumeGiB` must be a whole number, 10 or more, got 9",
      "`maxStreams` must be a whole number, 100 or more, got 99",
      "`ingestionMbPerSecond` must be a whole number, 1 or more, got 0.5",
      "  in test/Logs",
    ].join("\n"),
  });
});

test("CloudWatch keeps logs for certain numbers of days alone", () => {
  const stack = kubernetesStack();
  const define = () =>
    new LogPipeline(stack, "Logs", {
      backend: "cloudwatch",
      cluster: importedCluster(stack),
      agentsNamespace: namespace(stack, "monitoring-agents"),
      encryptionKey: importedKey(stack),
      retentionDays: 31,
    });
  expect(failure(define).message).toMatch(
    /^`retentionDays` must be a number of days that CloudWatch keeps logs: 1, 3, 5, .*, got 31\n {2}in test\/Logs$/,
  );
});
