import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { installChart } from "../components/install-chart";
import {
  checkPlace,
  CRITICAL_PRIORITY,
  replicaSettings,
  type Resources,
  resources,
  spread,
} from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";

/** What a `Keda` is made of. */
export interface KedaProps extends ReplicatedComponentProps {
  /**
   * Names of the secrets that the operator may get, in every namespace: those that a `TriggerAuthentication` names. Where some
   * are named, it scales Deployments and StatefulSets alone: what the chart lets it do to scale all kinds of objects is to get
   * every object, secrets among them.
   *
   * This does not keep secrets from the operator: the chart lets it list and watch all of them in any case.
   *
   * @default - every secret of the cluster
   */
  readonly readableSecrets?: readonly string[];
}

/** By these labels the chart tells its three deployments apart. */
const PARTS = {
  operator: "keda-operator",
  metricsServer: "keda-operator-metrics-apiserver",
  webhooks: "keda-admission-webhooks",
};

/**
 * KEDA: scales workloads by queues, metrics and schedules, down to zero. Its definitions come with the chart and stay when it is
 * removed, since every `ScaledObject` would go with them. The operator makes the certificates of the three parts, and renews
 * them.
 *
 * The webhook lets objects pass while it does not answer, so nothing waits for it. A cluster has one server of external metrics,
 * which is KEDA's.
 *
 * @example
 * new Keda(this, "Keda", { cluster, namespace });
 *
 * @see https://keda.sh/docs/2.20/operate/cluster/
 */
export class Keda extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Ports on which the API server calls its pods. */
  static readonly webhookPorts: readonly number[] = [6443, 9443];
  /** Ports on which its pods tell their metrics. */
  static readonly metricsPorts: readonly number[] = [8080];

  /** What must stand before a `ScaledObject` or a `ScaledJob` is made. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_KEDA_PROPS` */
  constructor(scope: Construct, id: string, props: KedaProps) {
    super(scope, id);
    this.validateProps(props);

    const chart = installChart(this, "Chart", props, { chart: "keda", values: this.values(props) });

    this.ready = [chart.resource];
  }

  private values(props: KedaProps): Record<string, unknown> {
    const { readableSecrets = [], monitoring = false } = props;
    const { replicas: replicaCount, nodeSelector, tolerations, highAvailability } = replicaSettings(props);
    const budget = highAvailability ? { minAvailable: 1 } : {};
    const metrics = { enabled: monitoring, serviceMonitor: { enabled: monitoring } };
    return {
      crds: { install: true, additionalAnnotations: { "helm.sh/resource-policy": "keep" } },
      operator: { replicaCount },
      metricsServer: { replicaCount },
      webhooks: { enabled: true, replicaCount, failurePolicy: "Ignore" },
      nodeSelector,
      tolerations,
      priorityClassName: CRITICAL_PRIORITY,
      podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
      topologySpreadConstraints: {
        operator: spread({ app: PARTS.operator }),
        metricsServer: spread({ app: PARTS.metricsServer }),
        webhooks: spread({ app: PARTS.webhooks }),
      },
      resources: {
        operator: withoutCpuLimit(resources("100m", "128Mi", "1000Mi")),
        metricServer: withoutCpuLimit(resources("50m", "128Mi", "500Mi")),
        webhooks: withoutCpuLimit(resources("25m", "64Mi", "250Mi")),
      },
      permissions: {
        metricServer: { restrict: { secret: true } },
        operator: { restrict: { namesAllowList: [...readableSecrets] } },
      },
      // Its rule for kinds of all groups gets every object, whatever the list of names says.
      ...(readableSecrets.length > 0 && { rbac: { enabledCustomScaledRefKinds: false } }),
      http: { minTlsVersion: "TLS12" },
      service: { minTlsVersion: "TLS12" },
      prometheus: { operator: metrics, metricServer: metrics, webhooks: metrics },
    };
  }

  private validateProps(props: KedaProps): void {
    const checks = new PropChecks(this, "INVALID_KEDA_PROPS");
    checkPlace(checks, props);
    (props.readableSecrets ?? []).forEach((name, index) => {
      const rule = "must be the name of a secret: lower-case letters, digits, hyphens and dots";
      checks.require(SECRET_NAME.test(name), `readableSecrets[${index}]`, rule, name);
    });
    checks.throwIfAny();
  }
}

/** The chart limits CPU by default. */
function withoutCpuLimit({ requests, limits }: Resources): Resources {
  return { requests, limits: { ...limits, cpu: null } };
}

const SECRET_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
