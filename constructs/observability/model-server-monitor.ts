import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import type { ManifestObject } from "../kubernetes/manifest-object";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { INamespace } from "../kubernetes/namespace";
import type { ServingEngine } from "./rules/rule-settings";

/** What a `ModelServerMonitor` is made of. */
export interface ModelServerMonitorProps {
  /** Namespace of the monitor; the pods may be in any. */
  readonly namespace: INamespace;
  /**
   * Seconds between two scrapes, 10 to 120.
   *
   * @default - that of Prometheus
   */
  readonly scrapeIntervalSeconds?: number;
  /**
   * Most series that one pod may have, 1,000 to 200,000. A pod with more is not scraped at all, which raises the alert for
   * targets that are down: one label with a value for each user would fill Prometheus for everybody.
   *
   * @default 20000
   */
  readonly seriesPerPod?: number;
  /**
   * What must stand before it: the definitions of the Prometheus operator.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Value of the label `job` of the series, and name of the monitor. */
const NAME = "model-servers";
const ENGINE_LABEL = "flightdeck.dev/serving-engine";
const SERVICE_LABEL = "flightdeck.dev/model-service";
const ENGINES: Readonly<Record<ServingEngine, true>> = {
  fastapi: true,
  kserve: true,
  "ray-serve": true,
  triton: true,
  vllm: true,
};

/**
 * Scrapes every model server of the cluster, whatever serves it and in whatever namespace: each pod with the labels
 * `flightdeck.dev/serving-engine` and `flightdeck.dev/model-service`, at `/metrics` of its port named `metrics`. The series get
 * the labels `model_service`, `serving_engine`, and `variant`: the value of `flightdeck.dev/variant`, or `stable`.
 *
 * @example
 * new ModelServerMonitor(this, "ModelServers", { namespace, dependsOn: prometheus.ready });
 */
export class ModelServerMonitor extends Construct {
  /** The release of the monitor. */
  readonly resource: ITerraformDependable;

  /** @throws ValidationError `INVALID_MODEL_SERVER_MONITOR_PROPS` */
  constructor(scope: Construct, id: string, props: ModelServerMonitorProps) {
    super(scope, id);
    const { namespace, dependsOn = [] } = props;

    this.validateProps(props);

    const set = new ManifestSet(this, "Monitor", {
      name: NAME,
      namespace: namespace.namespaceName,
      objects: [podMonitor(props)],
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });

    this.resource = set.resource;
  }

  private validateProps({ scrapeIntervalSeconds: interval, seriesPerPod: series }: ModelServerMonitorProps): void {
    const checks = new PropChecks(this, "INVALID_MODEL_SERVER_MONITOR_PROPS");
    const within = (value: number | undefined, least: number, most: number) =>
      value === undefined || (Number.isInteger(value) && value >= least && value <= most);
    checks.require(within(interval, 10, 120), "scrapeIntervalSeconds", "must be whole seconds, 10 to 120", interval);
    checks.require(within(series, 1000, 200_000), "seriesPerPod", "must be a whole number, 1000 to 200000", series);
    checks.throwIfAny();
  }
}

function podMonitor({ scrapeIntervalSeconds, seriesPerPod = 20_000 }: ModelServerMonitorProps): ManifestObject {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: NAME },
    spec: {
      namespaceSelector: { any: true },
      selector: {
        matchExpressions: [
          { key: ENGINE_LABEL, operator: "In", values: Object.keys(ENGINES) },
          { key: SERVICE_LABEL, operator: "Exists" },
        ],
      },
      sampleLimit: seriesPerPod,
      podMetricsEndpoints: [
        {
          port: "metrics",
          path: "/metrics",
          ...(scrapeIntervalSeconds !== undefined && { interval: `${scrapeIntervalSeconds}s` }),
          relabelings: RELABELINGS,
          metricRelabelings: [{ action: "drop", sourceLabels: ["__name__"], regex: UNREAD }],
        },
      ],
    },
  };
}

const RELABELINGS = [
  { action: "replace", targetLabel: "job", replacement: NAME },
  fromPodLabel("model_service", "flightdeck_dev_model_service"),
  fromPodLabel("serving_engine", "flightdeck_dev_serving_engine"),
  { action: "replace", targetLabel: "variant", replacement: "stable" },
  // A replacement by nothing would take the label away again.
  { ...fromPodLabel("variant", "flightdeck_dev_variant"), regex: "(.+)" },
];

/** What Python's client tells of itself, and what vLLM counts of the parameters of requests. */
const UNREAD = "python_gc_.+|python_info|.+_created|vllm:(request_params|iteration_tokens)_.+";

function fromPodLabel(targetLabel: string, label: string) {
  return { action: "replace", sourceLabels: [`__meta_kubernetes_pod_label_${label}`], targetLabel };
}
