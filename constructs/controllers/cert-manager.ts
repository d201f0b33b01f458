import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
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

/** An installed cert-manager, for what asks it for certificates. */
export interface ICertManager {
  /** What must stand before an issuer or a certificate is made. */
  readonly ready: readonly ITerraformDependable[];
}

/** What a `CertManager` is made of. */
export type CertManagerProps = ReplicatedComponentProps;

const RELEASE = "cert-manager";

/**
 * cert-manager: makes and renews the certificates of webhooks and services. Its definitions come with the chart and stay when
 * it is removed, since every certificate would go with them.
 *
 * The chart ends with a job that asks for a certificate until the webhook answers. So what depends on `ready` never meets a
 * webhook that is not there yet.
 *
 * @example
 * const certManager = new CertManager(this, "CertManager", { cluster, namespace });
 *
 * @see https://cert-manager.io/docs/installation/best-practice/
 */
export class CertManager extends Construct implements ICertManager {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Ports on which the API server calls its pods. */
  static readonly webhookPorts: readonly number[] = [10250];
  /** Ports on which its pods tell their metrics. */
  static readonly metricsPorts: readonly number[] = [9402];

  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_CERT_MANAGER_PROPS` */
  constructor(scope: Construct, id: string, props: CertManagerProps) {
    super(scope, id);
    const checks = new PropChecks(this, "INVALID_CERT_MANAGER_PROPS");
    checkPlace(checks, props);
    checks.throwIfAny();

    const chart = installChart(this, "Chart", props, { chart: RELEASE, values: this.values(props) });

    this.ready = [chart.resource];
  }

  private values(props: CertManagerProps): Record<string, unknown> {
    const settings = replicaSettings(props);
    const { replicas: replicaCount, nodeSelector, tolerations } = settings;
    const part = (component: string) => ({
      replicaCount,
      nodeSelector,
      tolerations,
      podDisruptionBudget: disruptionBudget(settings),
      topologySpreadConstraints: spread({
        "app.kubernetes.io/instance": RELEASE,
        "app.kubernetes.io/component": component,
      }),
    });
    return {
      crds: { enabled: true, keep: true },
      // The network policies of namespaces let out DNS to the cluster's own servers only.
      dns01RecursiveNameserversOnly: true,
      global: { priorityClassName: CRITICAL_PRIORITY, leaderElection: { namespace: props.namespace.namespaceName } },
      ...part("controller"),
      resources: resources("50m", "128Mi", "512Mi"),
      webhook: { ...part("webhook"), resources: resources("25m", "64Mi", "256Mi") },
      cainjector: { ...part("cainjector"), resources: resources("50m", "128Mi", "512Mi") },
      startupapicheck: { nodeSelector, tolerations, resources: resources("10m", "32Mi", "128Mi") },
      prometheus: { servicemonitor: { enabled: props.monitoring ?? false } },
    };
  }
}
