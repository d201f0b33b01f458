import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../../constructs/cluster/cluster";
import { CostMonitor, type CostMonitorProps } from "../../../constructs/observability/cost-monitor";
import { partRates, pricesOf } from "../../../constructs/observability/private/cost-monitor-prices";
import { importedCluster } from "../../support/cluster";
import { systemPool } from "../../support/controllers";
import { failure } from "../../support/fixtures";
import { kubernetesStack, synthesizeKubernetes } from "../../support/kubernetes";
import { addGpuPool, namespace, objectsOf, valuesOf } from "../../support/releases";
import type { Synthesized } from "../../support/synth";

type Options = Partial<Omit<CostMonitorProps, "cluster" | "namespace">>;

function define(stack: TerraformStack, cluster: ICluster, options: Options = {}): CostMonitor {
  return new CostMonitor(stack, "Cost", { cluster, namespace: namespace(stack, "monitoring"), ...options });
}

function pricesIn(out: Synthesized): string {
  const [config] = objectsOf(out.resource("helm_release", "Cost/Prices/Resource"));
  return (config?.["data"] as Record<string, string>)["prices.csv"] ?? "";
}

const ROW = (type: string, price: string) =>
  `,${type},,node,metadata.labels.node.kubernetes.io/instance-type,,${price},`;

describe("CostMonitor with minimal props", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    addGpuPool(cluster, "l4");
    define(stack, cluster);
  });
  const values = valuesOf(out.resource("helm_release", "Cost/Chart/Resource"));

  test("knows the price of every instance type of the catalogue, and asks nobody", () => {
    const lines = pricesIn(out).split("\n");
    expect(lines[0]).toBe(
      "EndTimestamp,InstanceID,Region,AssetClass,InstanceIDField,InstanceType,MarketPriceHourly,Version",
    );
    expect(lines).toContain(ROW("g6.xlarge", "0.804800"));
    expect(lines).toContain(ROW("p5.48xlarge", "55.040000"));
    expect(values["opencost"]).toMatchObject({
      exporter: { extraEnv: { USE_CSV_PROVIDER: "true", CSV_PATH: "/etc/opencost/prices.csv" } },
      cloudCost: { enabled: false },
    });
    expect(out.counts()).not.toHaveProperty("aws_eks_pod_identity_association");
  });

  test("divides a node's price by rates of its parts, that of the pools' GPUs among them", () => {
    // What is left of 0.8048 after 4 CPUs and 16 GiB, for the 730 hours of a month.
    expect(values["opencost"]).toMatchObject({
      customPricing: { enabled: true, costModel: { CPU: 23.07603, RAM: 3.09301, GPU: 445.71172, storage: 0.08 } },
    });
  });

  test("reads Prometheus beside it, and shows no pages of its own", () => {
    expect(values["opencost"]).toMatchObject({
      prometheus: { internal: { serviceName: "kps-prometheus", namespaceName: "monitoring", port: 9090 } },
      ui: { enabled: false },
      mcp: { enabled: false },
      metrics: { serviceMonitor: { enabled: false } },
    });
  });

  test("waits for its prices, and starts anew with others", () => {
    expect(out.resource("helm_release", "Cost/Chart/Resource")["depends_on"]).toEqual([
      expect.stringMatching(/^helm_release\.Cost_Prices_/),
    ]);
    expect(values["podAnnotations"]).toEqual({
      "flightdeck.dev/prices-checksum": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });
});

test("CostMonitor with every prop takes own prices as they are, and multiplies those of the catalogue", () => {
  const out = synthesizeKubernetes((stack) => {
    const cluster = importedCluster(stack);
    const prices = { priceFactor: 1.25, nodePrices: { "p5e.48xlarge": 60 }, furtherInstanceTypes: ["p5e.48xlarge"] };
    const rest = { volumeUsdPerGiBMonth: 0.1, prometheus: { serviceName: "prometheus", port: 80 }, monitoring: true };
    define(stack, cluster, { ...prices, ...rest, pool: systemPool(cluster) });
  });
  expect(pricesIn(out).split("\n")).toEqual(
    expect.arrayContaining([ROW("g6.xlarge", "1.006000"), ROW("p5e.48xlarge", "60.000000")]),
  );
  expect(valuesOf(out.resource("helm_release", "Cost/Chart/Resource"))["opencost"]).toMatchObject({
    customPricing: { costModel: { storage: 0.1 } },
    prometheus: { internal: { serviceName: "prometheus", port: 80 } },
    metrics: { serviceMonitor: { enabled: true } },
    nodeSelector: { "flightdeck.dev/pool": "system" },
  });
});

test("without GPUs, the rate of a GPU is OpenCost's own", () => {
  const prices = pricesOf({ region: "us-east-1", nodePrices: {}, priceFactor: 1 });
  expect(partRates([], prices)).toEqual({ cpu: 0.031611, ramGiB: 0.004237, gpu: 0.95 });
});

test("CostMonitor reports all problems of its props at once", () => {
  const stack = kubernetesStack();
  const wrong = {
    nodePrices: { "g6.tiny": 1, "g6.xlarge": 0 },
    priceFactor: 11,
    volumeUsdPerGiBMonth: -1,
    furtherInstanceTypes: ["p5e.48xlarge"],
  };
  expect(failure(() => define(stack, importedCluster(stack), wrong))).toEqual({
    code: "INVALID_COST_MONITOR_PROPS",
    message: [
      '`nodePrices["g6.tiny"]` must be of an instance type of the catalogue, got "g6.tiny"',
      '`nodePrices["g6.xlarge"]` must be above 0, and at most 1000, got 0',
      "`priceFactor` must be above 0, and at most 10, got 11",
      "`volumeUsdPerGiBMonth` must be from 0 to 10, got -1",
      "`nodePrices` must have the price of every instance type in use, which the catalogue has not; OpenCost would make " +
        'one up, got ["p5e.48xlarge"]',
      "  in test/Cost",
    ].join("\n"),
  });
});
