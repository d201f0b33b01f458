import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { createHash } from "node:crypto";
import { tryFindInstanceType } from "../../catalog";
import type { ComponentProps } from "../components/component-props";
import { installChart } from "../components/install-chart";
import { checkPlace, replicaSettings } from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import { PropChecks } from "../core/prop-checks";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { type PartRates, partRates, pricesCsv, pricesOf } from "./private/cost-monitor-prices";

/** What a `CostMonitor` is made of. */
export interface CostMonitorProps extends ComponentProps, Pick<ReplicatedComponentProps, "pool" | "monitoring"> {
  /**
   * Service of Prometheus in the same namespace that it reads, and its port.
   *
   * @default - `kps-prometheus`, port 9090
   */
  readonly prometheus?: PrometheusService;
  /**
   * What nodes cost, in US dollars for an hour by instance type, where that is not the price of the catalogue: prices of the
   * region, of a contract, of a Capacity Block.
   *
   * @default - the prices on demand that the catalogue has: of the cluster's region, or else of us-east-1
   */
  readonly nodePrices?: Readonly<Record<string, number>>;
  /**
   * What the catalogue's prices are multiplied with, above 0 and at most 10: 1.2 for a region that is a fifth dearer, 0.7 for a
   * discount of 30 percent.
   *
   * @default 1
   */
  readonly priceFactor?: number;
  /**
   * Instance types that nodes may be of besides those of the cluster's pools, as Karpenter starts them. Each must have a price.
   *
   * @default - none
   */
  readonly furtherInstanceTypes?: readonly string[];
  /**
   * US dollars for a GiB of a volume in a month.
   *
   * @default 0.08, the list price of gp3 in us-east-1
   */
  readonly volumeUsdPerGiBMonth?: number;
}

/** Where Prometheus answers. */
export interface PrometheusService {
  /** Name of the service. */
  readonly serviceName: string;
  /** Its port. */
  readonly port: number;
}

/**
 * OpenCost: what nodes, and the shares of them that containers ask for, cost in an hour, as metrics. Prices come from the
 * catalogue, not from AWS, so that it needs neither the internet nor a role. A node costs its price on demand, whatever is
 * really paid for it: spot nodes count for more than they cost.
 *
 * @example
 * new CostMonitor(this, "Cost", { cluster, namespace: monitoring, dependsOn: prometheus.ready });
 *
 * @see https://opencost.io/docs/
 */
export class CostMonitor extends Construct {
  /** The strictest level its pod runs under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Port of its API and its metrics. */
  static readonly metricsPort = 9003;

  /** What must stand before costs are known. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_COST_MONITOR_PROPS` */
  constructor(scope: Construct, id: string, props: CostMonitorProps) {
    super(scope, id);
    const { cluster, namespace, nodePrices = {}, priceFactor = 1, dependsOn = [] } = props;
    const prices = pricesOf({ region: cluster.identity.region, nodePrices, priceFactor });

    this.validateProps(props, prices);

    const csv = pricesCsv(prices);
    const config = new ManifestSet(this, "Prices", {
      name: "opencost-prices",
      namespace: namespace.namespaceName,
      objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: PRICES }, data: { [FILE]: csv } }],
      dependsOn: [...namespace.ready, ...dependsOn],
    });
    const chart = installChart(this, "Chart", props, {
      chart: "opencost",
      values: this.values(props, { csv, rates: partRates(cluster.pools, prices) }),
      after: [config.resource],
    });

    this.ready = [chart.resource];
  }

  private values(props: CostMonitorProps, { csv, rates }: Pricing): Record<string, unknown> {
    const { cluster, namespace, prometheus = PROMETHEUS, monitoring = false, volumeUsdPerGiBMonth = 0.08 } = props;
    const { nodeSelector, tolerations } = replicaSettings(props);
    return {
      podAnnotations: { "flightdeck.dev/prices-checksum": createHash("sha256").update(csv).digest("hex") },
      podSecurityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, ...SECCOMP },
      extraVolumes: [
        { name: "prices", configMap: { name: PRICES } },
        { name: "data", emptyDir: { sizeLimit: "1Gi" } },
      ],
      opencost: {
        exporter: exporter(cluster.plainName),
        customPricing: { enabled: true, configPath: CONFIG_FOLDER, costModel: costModel(rates, volumeUsdPerGiBMonth) },
        prometheus: { internal: { enabled: true, ...prometheus, namespaceName: namespace.namespaceName } },
        metrics: { serviceMonitor: { enabled: monitoring, scrapeInterval: "60s" } },
        ui: { enabled: false },
        mcp: { enabled: false },
        cloudCost: { enabled: false },
        carbonCost: { enabled: false },
        nodeSelector,
        tolerations,
      },
    };
  }

  private validateProps(props: CostMonitorProps, prices: ReadonlyMap<string, number>): void {
    const checks = new PropChecks(this, "INVALID_COST_MONITOR_PROPS");
    checkPlace(checks, props);
    const { cluster, nodePrices = {}, priceFactor = 1, furtherInstanceTypes = [], volumeUsdPerGiBMonth = 0 } = props;
    for (const [type, price] of Object.entries(nodePrices)) {
      const prop = `nodePrices["${type}"]`;
      checks.require(
        tryFindInstanceType(type) !== undefined,
        prop,
        "must be of an instance type of the catalogue",
        type,
      );
      checks.require(price > 0 && price <= DEAREST, prop, `must be above 0, and at most ${DEAREST}`, price);
    }
    checks.require(priceFactor > 0 && priceFactor <= 10, "priceFactor", "must be above 0, and at most 10", priceFactor);
    const volume = "must be from 0 to 10";
    checks.require(
      volumeUsdPerGiBMonth >= 0 && volumeUsdPerGiBMonth <= 10,
      "volumeUsdPerGiBMonth",
      volume,
      volumeUsdPerGiBMonth,
    );
    const types = [...cluster.pools.flatMap((pool) => pool.instanceTypes), ...furtherInstanceTypes];
    const unpriced = [...new Set(types)].filter((type) => !prices.has(type));
    const rule =
      "must have the price of every instance type in use, which the catalogue has not; OpenCost would make one up";
    checks.require(unpriced.length === 0, "nodePrices", rule, unpriced);
    checks.throwIfAny();
  }
}

interface Pricing {
  readonly csv: string;
  readonly rates: PartRates;
}

const PROMETHEUS: PrometheusService = { serviceName: "kps-prometheus", port: 9090 };
const PRICES = "opencost-prices";
const FILE = "prices.csv";
const PRICES_FOLDER = "/etc/opencost";
const CONFIG_FOLDER = "/tmp/custom-config";
/** Dearer in an hour than any instance that EC2 sells. */
const DEAREST = 1000;
const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };

function exporter(clusterName: string): Record<string, unknown> {
  return {
    defaultClusterId: clusterName,
    replicas: 1,
    extraEnv: { USE_CSV_PROVIDER: "true", CSV_PATH: `${PRICES_FOLDER}/${FILE}` },
    extraVolumeMounts: [
      { name: "prices", mountPath: PRICES_FOLDER, readOnly: true },
      { name: "data", mountPath: "/var/configs" },
    ],
    resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "1Gi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

/** OpenCost divides these by the hours of a month. Nothing of it is a price of a node, only how that is divided. */
function costModel({ cpu, ramGiB, gpu }: PartRates, storage: number): Record<string, unknown> {
  const month = (rate: number) => Number((rate * HOURS_IN_MONTH).toFixed(6));
  return {
    description: "How the price of a node is divided among its parts",
    ...{ CPU: month(cpu), spotCPU: month(cpu), RAM: month(ramGiB), spotRAM: month(ramGiB), GPU: month(gpu), storage },
  };
}

const HOURS_IN_MONTH = 730;
