import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { checkPlace, replicaSettings } from "../components/replicas";
import { SECRET_STORE } from "../components/secret-store";
import { Grant } from "../core/grants";
import { partitionOf } from "../core/partition";
import { PropChecks } from "../core/prop-checks";
import { PodRole } from "../identity/pod-role";
import { HelmChart } from "../kubernetes/helm-chart";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { REMOTE_WRITE_ACTIONS } from "./perms";
import { alertmanagerValues } from "./private/alertmanager-values";
import { checkRouting } from "./private/alert-routing-checks";
import { exporterValues } from "./private/exporter-values";
import { operatorValues } from "./private/operator-values";
import { prometheusSize } from "./private/prometheus-sizing";
import { checkStack } from "./private/prometheus-stack-checks";
import { prometheusValues, REMOTE_WRITE_SECRET } from "./private/prometheus-values";
import { RECEIVERS_SECRET, receiverSecrets, secretOf } from "./private/receiver-secrets";
import { resourcesOf } from "./private/resources-of";
import { FULL_NAME, NAMES, POD_LABELS } from "./private/stack-names";
import type { PrometheusStackProps, RemoteWriteOptions } from "./prometheus-stack-options";
import type { StoredSecret } from "./stored-secret";

/** An installed monitoring stack, for what brings it rules, monitors and questions. */
export interface IPrometheusStack {
  /** Address of Prometheus within the cluster. */
  readonly prometheusUrl: string;
  /** Address of Alertmanager within the cluster. */
  readonly alertmanagerUrl: string;
  /** What must stand before a monitor or a rule is made. */
  readonly ready: readonly ITerraformDependable[];
}

const CHART = "kube-prometheus-stack";

/**
 * Prometheus, Alertmanager and what they live on: the Prometheus operator, kube-state-metrics, the node exporter, and monitors of
 * API server, kubelets and DNS. Every ServiceMonitor, PodMonitor, Probe, ScrapeConfig and PrometheusRule of the cluster is taken,
 * whoever brings it. The rules of the chart are left out, since `AlertRules` brings the platform's own; so is Grafana, which is
 * a release of its own.
 *
 * The definitions of its kinds are not its own: `MonitoringDefinitions` brings them before, and upgrades them.
 *
 * Secrets of receivers never pass through Terraform: External Secrets brings them from AWS Secrets Manager into files that
 * Alertmanager reads when it sends. A cluster takes one of these stacks.
 *
 * @example
 * new PrometheusStack(this, "Prometheus", { cluster, namespace, agentsNamespace, alerting });
 *
 * @see https://prometheus-operator.dev/docs/
 */
export class PrometheusStack extends Construct implements IPrometheusStack {
  /** The strictest level the pods of `namespace` run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** The strictest level the pods of `agentsNamespace` run under: they share network and processes of their node. */
  static readonly agentsPodSecurity: PodSecurityLevel = "privileged";
  /** Ports on which the API server calls the pods of `namespace`. */
  static readonly webhookPorts: readonly number[] = [10250];
  /** Service account of Prometheus: that of the role which may write to Amazon Managed Service for Prometheus. */
  static readonly serviceAccountName: string = NAMES.prometheus;

  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
  readonly ready: readonly ITerraformDependable[];
  /** Labels of the pods of Prometheus, for network policies. */
  readonly prometheusPodLabels: Readonly<Record<string, string>> = POD_LABELS.prometheus;
  /** Labels of the pods of Alertmanager, for network policies. */
  readonly alertmanagerPodLabels: Readonly<Record<string, string>> = POD_LABELS.alertmanager;

  /** @throws ValidationError `INVALID_PROMETHEUS_STACK_PROPS` */
  constructor(scope: Construct, id: string, props: PrometheusStackProps) {
    super(scope, id);
    const { cluster, namespace, agentsNamespace, source, dependsOn = [] } = props;
    const { namespaceName } = namespace;

    this.validateProps(props);

    const secrets = [...this.defineSecrets(props), ...this.defineRemoteWriteRole(props)];
    const chart = new HelmChart(this, "Chart", {
      chart: CHART,
      namespace: namespaceName,
      kubernetesVersion: cluster.version,
      source,
      values: this.values(props),
      dependsOn: [...new Set([...namespace.ready, ...agentsNamespace.ready, ...dependsOn, ...secrets])],
    });

    this.prometheusUrl = `http://${NAMES.prometheus}.${namespaceName}.svc.cluster.local:9090`;
    this.alertmanagerUrl = `http://${NAMES.alertmanager}.${namespaceName}.svc.cluster.local:9093`;
    this.ready = [chart.resource];
  }

  private values(props: PrometheusStackProps): Record<string, unknown> {
    const settings = replicaSettings(props);
    return {
      fullnameOverride: FULL_NAME,
      defaultRules: { create: false },
      grafana: { enabled: false },
      ...operatorValues(props, settings),
      ...exporterValues(props, settings),
      prometheus: prometheusValues(props, prometheusSize(props), settings),
      alertmanager: alertmanagerValues(props, settings),
    };
  }

  private defineSecrets(props: PrometheusStackProps): readonly ITerraformDependable[] {
    const { namespace, alerting, remoteWrite, secretStore = SECRET_STORE, dependsOn = [] } = props;
    const receivers = receiverSecrets(alerting);
    const token = tokenOf(remoteWrite);
    const { name, key } = REMOTE_WRITE_SECRET;
    const objects = [
      ...(receivers.length > 0 ? [secretOf(RECEIVERS_SECRET, secretStore, receivers)] : []),
      ...(token ? [secretOf(name, secretStore, [{ key, stored: token, prop: "remoteWrite" }])] : []),
    ];
    if (objects.length === 0) return [];
    const set = new ManifestSet(this, "Secrets", {
      name: "prometheus-secrets",
      namespace: namespace.namespaceName,
      objects,
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });
    return [set.resource];
  }

  /** The role of Prometheus, where samples are signed with it: it may write to that one workspace. */
  private defineRemoteWriteRole({ cluster, namespace, remoteWrite }: PrometheusStackProps): ITerraformDependable[] {
    if (remoteWrite?.authentication.kind !== "sigv4") return [];
    const { identity, clusterName } = cluster;
    const pods = { namespace: namespace.namespaceName, serviceAccount: NAMES.prometheus };
    const role = new PodRole(this, "Role", { identity, clusterName, name: "prometheus", ...pods });
    const resources = [workspaceArn(remoteWrite, identity.account)];
    Grant.addToPrincipal({ grantee: role, actions: REMOTE_WRITE_ACTIONS, resources });
    return [...resourcesOf(role)];
  }

  private validateProps(props: PrometheusStackProps): void {
    const { cluster, alerting } = props;
    const checks = new PropChecks(this, "INVALID_PROMETHEUS_STACK_PROPS");
    checkPlace(checks, props);
    checkStack(checks, props);
    checkRouting(checks, alerting, cluster.identity);
    checks.throwIfAny();
  }
}

function tokenOf(remoteWrite: RemoteWriteOptions | undefined): StoredSecret | undefined {
  const { authentication } = remoteWrite ?? {};
  return authentication?.kind === "bearer" ? authentication.token : undefined;
}

/** A workspace of another account takes samples through a role of its own, which is not ours to write to. */
function workspaceArn({ url, authentication }: RemoteWriteOptions, account: string): string {
  const region = authentication.kind === "sigv4" ? authentication.region : "";
  const [, workspace = "*"] = /\/workspaces\/([\w-]+)\//.exec(url) ?? [];
  return `arn:${partitionOf(region)}:aps:${region}:${account}:workspace/${workspace}`;
}
