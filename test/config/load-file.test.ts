import { accepted, DEV, refusal, VALID, withChange } from "./environment-fixture";
import { ConfigError } from "../../config";
import { loadText } from "../../config/load-file";

describe("a file", () => {
  test("is refused with all its problems at once, in the order of its lines", () => {
    const text = `project: zeus
stage: dev
account: 111111111111
region: us-esat-1
ownr: ml-platform@example.com
network:
  cidr: 10.0.0.0/8
  zones: [us-east-1a]
cluster:
  version: "1.30"
  admins: [admin]
nodePools:
  gpu:
    l4:
      instanceTypes: [m7i.large]
      maxSize: two
`;

    expect(refusal(text).split("\n")).toEqual([
      'dev.yaml:1 owner: is required; allowed: for example "ml-platform@example.com"',
      'dev.yaml:1 project: must be the name of the folder the file is in, got "zeus"; allowed: atlas',
      'dev.yaml:3 account: must be text, in quotes, got 111111111111; allowed: for example "111111111111"',
      'dev.yaml:4 region: must be an AWS region (did you mean "us-east-1"?), got "us-esat-1"; allowed: for example us-east-1, us-west-2, eu-central-1, eu-west-1, ap-southeast-1',
      'dev.yaml:5 ownr: is not a known key (did you mean "owner"?); allowed: project, stage, account, region, owner, expiresOn, tags, state, protection, network, data, cluster, nodePools, podRoles, teams, controllers, observability, ci, budgets',
      'dev.yaml:7 network.cidr: must not be larger than /16, the limit of a VPC, got "10.0.0.0/8"; allowed: /16 to /22',
      'dev.yaml:8 network.zones: must name 2 or 3 zones, got ["us-east-1a"]; allowed: for example ["us-east-1a","us-east-1b"]',
      'dev.yaml:10 cluster.version: must be a Kubernetes version that EKS still supports (1.30 ended on 2026-07-23), got "1.30"; allowed: 1.36, 1.35, 1.34, 1.33, 1.32, 1.31',
      'dev.yaml:11 cluster.admins[0]: must be the ARN of an IAM role, got "admin"; allowed: for example "arn:aws:iam::111111111111:role/platform-admin"',
      'dev.yaml:15 nodePools.gpu.l4.instanceTypes[0]: must be a GPU instance type, got "m7i.large"; allowed: for example g6.xlarge, g6e.xlarge, p5.48xlarge',
      'dev.yaml:16 nodePools.gpu.l4.maxSize: must be a whole number, got "two"',
    ]);
  });

  test("gives each problem as data too", () => {
    const problems = (): unknown => {
      try {
        return loadText(withChange("region: us-east-1", "region: us-esat-1"), DEV);
      } catch (error) {
        return error instanceof ConfigError ? [error.code, error.problems] : error;
      }
    };

    expect(problems()).toEqual([
      "CONFIG_INVALID",
      [
        {
          file: "dev.yaml",
          line: 4,
          path: "region",
          rule: 'must be an AWS region (did you mean "us-east-1"?)',
          got: "us-esat-1",
          allowed: "for example us-east-1, us-west-2, eu-central-1, eu-west-1, ap-southeast-1",
        },
      ],
    ]);
  });

  test.each([
    ["nothing", "", "dev.yaml:1: must be a map of settings"],
    ["only a comment", "# nothing yet\n", "dev.yaml:1: must be a map of settings"],
    ["one number", "5", "dev.yaml:1: must be a map of settings, got 5"],
    ["a list", "- a", 'dev.yaml:1: must be a map of settings, got ["a"]'],
  ])("is refused when it holds %s", (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test.each([
    [
      "another project than its folder",
      "project: atlas",
      "project: zeus",
      'dev.yaml:1 project: must be the name of the folder the file is in, got "zeus"; allowed: atlas',
    ],
    [
      "another stage than its name",
      "stage: dev",
      "stage: prod",
      'dev.yaml:2 stage: must be the name of the file, got "prod"; allowed: dev',
    ],
  ])("is refused when it claims %s", (_what, before, after, message) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test("tells all that is required when it says almost nothing", () => {
    expect(refusal("project: atlas\n").split("\n")).toEqual([
      "dev.yaml:1 stage: is required; allowed: dev, staging, prod",
      'dev.yaml:1 account: is required; allowed: for example "111111111111"',
      'dev.yaml:1 region: is required; allowed: for example "us-east-1"',
      'dev.yaml:1 owner: is required; allowed: for example "ml-platform@example.com"',
      'dev.yaml:1 network.cidr: is required; allowed: for example "10.20.0.0/16"',
      'dev.yaml:1 network.zones: is required; allowed: for example ["us-east-1a","us-east-1b"]',
      'dev.yaml:1 cluster.version: is required; allowed: for example "1.36"',
      "dev.yaml:1 cluster.admins: is required",
    ]);
  });
});

describe("an accepted environment", () => {
  test("has every value, from file, stage, schema and what follows from them", () => {
    expect(accepted(VALID)).toEqual({
      project: "atlas",
      stage: "dev",
      account: "111111111111",
      region: "us-east-1",
      owner: "ml-platform@example.com",
      tags: {},
      state: { bucket: "flightdeck-state-111111111111-us-east-1" },
      protection: { deletion: false },
      network: {
        cidr: "10.20.0.0/16",
        zones: ["us-east-1a", "us-east-1b"],
        nat: "single",
        flowLogs: { enabled: true, traffic: "reject", retentionDays: 7 },
      },
      data: {
        keyDeletionWindowDays: 7,
        stores: {
          datasets: { noncurrentRetentionDays: 7, replicate: false },
          artifacts: { noncurrentRetentionDays: 7, replicate: false },
          models: { noncurrentRetentionDays: 14, replicate: false },
          logs: { noncurrentRetentionDays: 7, expireAfterDays: 30, replicate: false },
        },
        accessLogs: { enabled: false, retentionDays: 30 },
        database: {
          enabled: true,
          engineVersion: "18",
          instanceClass: "db.t4g.medium",
          storageGiB: 20,
          maxStorageGiB: 100,
          multiAz: false,
          backupRetentionDays: 1,
          finalSnapshot: false,
          allowMajorVersionUpgrade: false,
          applyImmediately: false,
        },
        cache: {
          enabled: true,
          engine: "valkey",
          engineVersion: "8.1",
          nodeType: "cache.t4g.small",
          replicas: 0,
          snapshotRetentionDays: 0,
          applyImmediately: false,
        },
        images: { repositories: {}, pullThrough: [] },
      },
      cluster: {
        version: "1.36",
        endpoint: { public: false, allowedCidrs: [] },
        logRetentionDays: 14,
        admins: ["arn:aws:iam::111111111111:role/platform-admin"],
        viewers: [],
        deployers: [],
        editors: [],
        s3Mounts: { read: [], readWrite: [] },
        karpenter: false,
      },
      nodePools: {
        system: {
          instanceTypes: ["m7i.large", "m6i.large"],
          capacity: "on-demand",
          minSize: 1,
          desiredSize: 2,
          maxSize: 3,
          diskGiB: 50,
          labels: {},
          taints: [],
          operatingSystem: "al2023",
        },
        cpu: {},
        gpu: {
          l4: {
            instanceTypes: ["g6.xlarge", "g6.2xlarge"],
            capacity: "spot",
            minSize: 0,
            desiredSize: 0,
            maxSize: 2,
            diskGiB: 200,
            labels: {},
            taints: [],
            operatingSystem: "al2023",
            efa: false,
            localStorage: "none",
          },
        },
        neuron: {},
        karpenter: {},
      },
      observability: {
        enabled: true,
        metrics: { retentionDays: 7, storageGiB: 20, replicas: 1, activeSeries: 150_000 },
        alerts: {
          receivers: {},
          severities: { critical: [], warning: [], info: [] },
          teams: {},
          deadMansSwitch: "nobody",
          thresholds: {},
        },
        grafana: {},
        logs: { backend: "loki", retentionDays: 7 },
        tracing: { enabled: false, retentionDays: 7 },
        cost: { enabled: true, nodePrices: {}, priceFactor: 1 },
        databases: true,
        services: {},
        retraining: {},
        models: {},
      },
      podRoles: {},
      teams: {},
      controllers: {
        ...{ enabled: true, charts: {}, highAvailability: false, gpus: "device-plugin" },
        ...{
          loadBalancer: true,
          certManager: true,
          externalSecrets: true,
          metricsServer: true,
          queues: true,
          keda: true,
        },
      },
      ci: {},
      budgets: { pools: {}, alertsTo: [] },
    });
  });

  test("cannot be changed, however deep", () => {
    const config = accepted(VALID);
    const change = () => Object.assign(config.nodePools.gpu["l4"] ?? {}, { maxSize: 100 });

    expect(change).toThrow("Cannot assign to read only property 'maxSize' of object '#<Object>'");
    expect(Object.isFrozen(config.network.zones)).toBe(true);
  });

  test("does not share its values with the defaults of the stage", () => {
    expect(accepted(VALID).nodePools.system).not.toBe(accepted(VALID).nodePools.system);
  });
});
