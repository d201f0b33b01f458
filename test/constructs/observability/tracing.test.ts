import type { TerraformStack } from "cdktf";
import { Tracing, type TracingProps } from "../../../constructs/observability/tracing";
import { ObjectStore } from "../../../constructs/storage/object-store";
import { importedCluster, importedKey } from "../../support/cluster";
import { systemPool } from "../../support/controllers";
import { failure, IDENTITY } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace, valuesOf } from "../../support/releases";

type Options = Partial<Omit<TracingProps, "cluster" | "namespace" | "store">>;

function define(stack: TerraformStack, options: Options = {}, cluster = importedCluster(stack)): Tracing {
  const encryptionKey = importedKey(stack);
  const names = { identity: IDENTITY, storeName: "logs", noncurrentRetentionDays: 30 };
  const store = new ObjectStore(stack, "Store", { ...names, encryptionKey });
  return new Tracing(stack, "Tracing", {
    ...{ cluster, store, namespace: namespace(stack, "monitoring"), retentionDays: 7 },
    ...options,
  });
}

describe("Tracing with minimal props", () => {
  const made: Tracing[] = [];
  const out = synthesizeKubernetes((stack) => void made.push(define(stack)));
  const values = valuesOf(out.resource("helm_release"));
  const config = JSON.parse(String(values["config"])) as Record<string, unknown>;

  test("takes traces by OTLP alone, and keeps them under a prefix of the store", () => {
    expect(config).toMatchObject({
      distributor: {
        receivers: {
          otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } },
        },
      },
      compactor: { compaction: { block_retention: "168h" } },
      storage: {
        trace: {
          backend: "s3",
          s3: { prefix: "tempo", endpoint: "s3.eu-central-1.amazonaws.com", region: "eu-central-1" },
          wal: { path: "/var/tempo/wal" },
        },
      },
      overrides: { defaults: { ingestion: { rate_limit_bytes: 15_000_000 } } },
    });
  });

  test("runs once, on a volume, without privileges, and tells nobody how it is used", () => {
    expect(values).toMatchObject({
      replicas: 1,
      persistence: { enabled: true, size: "10Gi", storageClassName: null },
      tempo: {
        reportingEnabled: false,
        securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      },
      serviceMonitor: { enabled: false },
    });
  });

  test("starts when its role stands, which reaches its prefix alone", () => {
    expect(out.resource("helm_release")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role\./),
      expect.stringMatching(/^aws_eks_pod_identity_association\./),
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
    expect(JSON.stringify(out.policy("aws_iam_role_policy"))).toContain('/tempo/*"');
  });

  test("says where it is reached", () => {
    expect(made[0]).toMatchObject({
      queryUrl: "http://tempo.monitoring.svc.cluster.local:3200",
      otlpGrpcAddress: "http://tempo.monitoring.svc.cluster.local:4317",
      otlpHttpAddress: "http://tempo.monitoring.svc.cluster.local:4318",
    });
  });
});

test("Tracing with every prop", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const size = { volumeGiB: 50, storageClassName: "gp3", ingestionMbPerSecond: 60, retentionDays: 30 };
    define(stack, { ...size, pool: systemPool(cluster), monitoring: true }, cluster);
  });
  const values = valuesOf(out.resource("helm_release"));
  expect(values).toMatchObject({
    nodeSelector: { "flightdeck.dev/pool": "system" },
    persistence: { size: "50Gi", storageClassName: "gp3" },
    serviceMonitor: { enabled: true },
  });
  expect(values["config"]).toContain('"block_retention": "720h"');
  expect(values["config"]).toContain('"rate_limit_bytes": 60000000');
});

test("Tracing reports all problems of its props at once", () => {
  const wrong = { retentionDays: 0, volumeGiB: 4, ingestionMbPerSecond: 0 };
  expect(failure(() => define(kubernetesStack(), wrong))).toEqual({
    code: "INVALID_TRACING_PROPS",
    message: [
      "`retentionDays` must be a whole number, 1 or more, got 0",
      "`volumeGiB` must be a whole number, 5 or more, got 4",
      "`ingestionMbPerSecond` must be a whole number, 1 or more, got 0",
      "  in test/Tracing",
    ].join("\n"),
  });
});
