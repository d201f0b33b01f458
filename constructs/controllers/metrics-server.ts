import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ICertManager } from "./cert-manager";
import { installChart } from "../components/install-chart";
import {
  checkPlace,
  CRITICAL_PRIORITY,
  disruptionBudget,
  replicaSettings,
  resources,
  spread,
} from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";

/** What a `MetricsServer` is made of. */
export interface MetricsServerProps extends ReplicatedComponentProps {
  /**
   * cert-manager, which then makes and renews the certificate that the API server knows the metrics server by.
   *
   * @default - a certificate of ten years that the chart makes once
   */
  readonly certManager?: ICertManager;
}

const RELEASE = "metrics-server";
/** The chart's own default ends after a year, and nothing would renew it. */
const CERTIFICATE_DAYS = 3650;

/**
 * metrics-server: what pods and nodes use of CPU and memory right now, for `kubectl top` and for autoscaling. The API server
 * checks its certificate, which the chart alone would not ask for.
 *
 * @example
 * new MetricsServer(this, "MetricsServer", { cluster, namespace: kubeSystem, certManager });
 *
 * @see https://kubernetes-sigs.github.io/metrics-server/
 */
export class MetricsServer extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";

  /** What must stand before something is scaled by CPU or memory. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_METRICS_SERVER_PROPS` */
  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_METRICS_SERVER_PROPS");
    checkPlace(checks, props);
    checks.throwIfAny();

    const values = this.values(props);
    const chart = installChart(this, "Chart", props, { chart: RELEASE, values, after: props.certManager?.ready });

    this.ready = [chart.resource];
  }

  private values(props: MetricsServerProps): Record<string, unknown> {
    const { certManager, monitoring = false } = props;
    const settings = replicaSettings(props);
    const { replicas, nodeSelector, tolerations } = settings;
    const made = { type: "helm", helm: { lookup: true, certDurationDays: CERTIFICATE_DAYS } };
    return {
      replicas,
      nodeSelector,
      tolerations,
      priorityClassName: CRITICAL_PRIORITY,
      podDisruptionBudget: disruptionBudget(settings),
      topologySpreadConstraints: spread({
        "app.kubernetes.io/name": "metrics-server",
        "app.kubernetes.io/instance": RELEASE,
      }),
      resources: resources("100m", "200Mi", "400Mi"),
      apiService: { insecureSkipTLSVerify: false },
      tls: certManager === undefined ? made : { type: "cert-manager" },
      metrics: { enabled: monitoring },
      serviceMonitor: { enabled: monitoring },
    };
  }
}
