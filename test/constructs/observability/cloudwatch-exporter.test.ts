import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import {
  CloudwatchExporter,
  type CloudwatchExporterProps,
} from "../../../constructs/observability/cloudwatch-exporter";
import { importedCluster } from "../../support/cluster";
import { systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { namespace, objectsOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<CloudwatchExporterProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): CloudwatchExporter {
  return new CloudwatchExporter(stack, "Exporter", { cluster, namespace: namespace(stack, "monitoring"), ...options });
}

function synthesized(options: Options = {}): Synthesized {
  return synthesizeKubernetes((stack) => void define(stack, importedCluster(stack), options));
}

function configIn(out: Synthesized): Record<string, unknown> {
  const { data } = out.resource("kubernetes_config_map_v1");
  return JSON.parse((data as Record<string, string>)["config.yml"] ?? "") as Record<string, unknown>;
}

describe("CloudwatchExporter with minimal props", () => {
  const out = synthesized();

  test("finds databases and caches by the tags of the environment", () => {
    const searchTags = [
      { key: "Project", value: "^atlas$" },
      { key: "Stage", value: "^dev$" },
    ];
    const jobs = [
      { type: "AWS/RDS", regions: ["eu-central-1"], searchTags },
      { type: "AWS/ElastiCache", searchTags, dimensionNameRequirements: ["CacheClusterId", "CacheNodeId"] },
    ];
    expect(configIn(out)).toMatchObject({ apiVersion: "v1alpha1", discovery: { jobs } });
    expect(configIn(out)).not.toHaveProperty("static");
  });

  test("may read metrics and find what has tags, and nothing else", () => {
    expect(out.policy("aws_iam_role_policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: [
            "cloudwatch:GetMetricData",
            "cloudwatch:GetMetricStatistics",
            "cloudwatch:ListMetrics",
            "tag:GetResources",
          ],
          Resource: "*",
        },
      ],
    });
  });

  test("runs once, since AWS takes money for each reading", () => {
    expect(out.resource("kubernetes_deployment_v1")).toMatchObject({
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        template: {
          spec: {
            container: [
              {
                image: "quay.io/prometheuscommunity/yet-another-cloudwatch-exporter:v0.67.0",
                args: ["--config.file=/etc/yace/config.yml", "--listen-address=:5000", "--scraping-interval=300"],
              },
            ],
          },
        },
      },
    });
  });

  test("is asked by Prometheus before a series counts as gone", () => {
    expect(objectsOf(out.resource("helm_release"))).toEqual([
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata: { name: "cloudwatch-exporter" },
        spec: {
          selector: { matchLabels: { "app.kubernetes.io/name": "cloudwatch-exporter" } },
          endpoints: [{ port: "metrics", interval: "60s" }],
        },
      },
    ]);
  });
});

test("databases and caches that are named need no API of tags", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const named = { databases: ["atlas-dev"], cacheNodes: ["atlas-dev-features-001"] };
    define(stack, cluster, { ...named, image: "mirror.example.com/yace:v0.67.0", pool: systemPool(cluster) });
  });
  expect(configIn(out)).not.toHaveProperty("discovery");
  expect(configIn(out)).toMatchObject({
    static: [
      { name: "atlas-dev", namespace: "AWS/RDS", dimensions: [{ name: "DBInstanceIdentifier", value: "atlas-dev" }] },
      {
        namespace: "AWS/ElastiCache",
        dimensions: [
          { name: "CacheClusterId", value: "atlas-dev-features-001" },
          { name: "CacheNodeId", value: "0001" },
        ],
      },
    ],
  });
  expect(JSON.stringify(out.policy("aws_iam_role_policy"))).not.toContain("tag:");
  expect(out.resource("kubernetes_deployment_v1")).toMatchObject({
    spec: { template: { spec: { container: [{ image: "mirror.example.com/yace:v0.67.0" }] } } },
  });
});

test("tags of one's own are taken literally", () => {
  const out = synthesized({ tags: { team: "a.b (c)" } });
  expect(configIn(out)).toMatchObject({
    discovery: { jobs: [{ searchTags: [{ key: "team", value: "^a\\.b \\(c\\)$" }] }, {}] },
  });
});

test("CloudwatchExporter reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const wrong = { tags: {}, databases: ["atlas/dev"], cacheNodes: ["-1"] };
  expect(failure(() => define(stack, importedCluster(stack), wrong))).toEqual({
    code: "INVALID_CLOUDWATCH_EXPORTER_PROPS",
    message: [
      "`tags` must name at least one tag, or every database of the account would be read, got {}",
      '`databases[0]` must be the name of an instance: letters, digits and hyphens, got "atlas/dev"',
      '`cacheNodes[0]` must be the name of an instance: letters, digits and hyphens, got "-1"',
      "  in test/Exporter",
    ].join("\n"),
  });
});
