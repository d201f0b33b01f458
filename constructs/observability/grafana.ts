import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PropChecks } from "../core/prop-checks";
import { installChart } from "../components/install-chart";
import { checkPlace, replicaSettings, resources, spread } from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import { SECRET_STORE } from "../components/secret-store";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { GrafanaDatabase, GrafanaDataSources, GrafanaIngress, GrafanaSignIn } from "./grafana-options";
import { DASHBOARD_FOLDER, DASHBOARD_LABEL, FOLDER_ANNOTATION } from "./private/dashboard-files";
import { checkDatabase, checkDataSources, checkIngress, checkSecret, checkSignIn } from "./private/grafana-checks";
import { dataSourcesFile } from "./private/grafana-data-sources";
import { DATABASE_CA_FILE, grafanaIni } from "./private/grafana-ini";
import { ingressValues } from "./private/grafana-ingress";
import { CREDENTIALS, externalSecrets, secretVariables } from "./private/grafana-secrets";

/** What a `Grafana` is made of. */
export interface GrafanaProps extends Omit<ReplicatedComponentProps, "highAvailability"> {
  /**
   * Name of its secret in AWS Secrets Manager, under `<project>/<stage>/`. The value is a JSON object with the keys `admin-user`,
   * `admin-password`, `secret-key` (encrypts what Grafana keeps in its database: long and random, and never changed while there
   * is a `database`), and with `signIn` also `oauth-client-secret`. It must be there before Grafana is installed, or its pods do
   * not start.
   */
  readonly secret: string;
  /**
   * Name of the `ClusterSecretStore` that secrets come through. It must be open to the namespace.
   *
   * @default "aws-secrets-manager"
   */
  readonly secretStore?: string;
  /** Where it asks. */
  readonly dataSources: GrafanaDataSources;
  /**
   * Single sign-on. The login page of the administrator stays reachable in any case.
   *
   * @default - the administrator of the secret alone
   */
  readonly signIn?: GrafanaSignIn;
  /**
   * How people reach it from outside the cluster.
   *
   * @default - `kubectl port-forward` to port 3000 alone, at http://localhost:3000
   */
  readonly ingress?: GrafanaIngress;
  /**
   * A database outside the pod.
   *
   * @default - inside the pod and gone with it: all that the platform defines comes back, what people made by hand does not
   */
  readonly database?: GrafanaDatabase;
  /**
   * Whether it runs as two replicas, spread over zones and nodes, of which a disruption budget keeps one. Needs `database`: it
   * holds who is signed in, so without one each replica would ask people to sign in again.
   *
   * @default - whether there is a `database`
   */
  readonly highAvailability?: boolean;
}

/**
 * Grafana: where people look at what the platform measures. Everything in it is code: data sources are of `dataSources`,
 * dashboards of config maps with a label (`GrafanaDashboards`), people of the provider of `signIn`. Rules are evaluated by
 * Prometheus and people told by Alertmanager; Grafana shows both and does neither.
 *
 * Nothing is rendered at random, so the release changes only when its props or the catalogue do. Plugins are those of the image,
 * nothing is fetched or reported. The sidecar that collects dashboards reads config maps of the namespace and no secrets.
 *
 * @example
 * const grafana = new Grafana(this, "Grafana", {
 *   cluster,
 *   namespace,
 *   secret: "atlas/prod/observability/grafana",
 *   dataSources: { prometheusUrl: "http://kps-prometheus.monitoring.svc:9090" },
 *   ingress: { host: "grafana.example.com", certificateArn },
 *   dependsOn: externalSecrets.ready,
 * });
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 */
export class Grafana extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Port of its pods, where load balancers and Prometheus come. */
  static readonly podPort = 3000;

  /** Address within the cluster. */
  readonly serviceUrl: string;
  /** Address from outside, without a slash at its end; undefined: there is no way in. */
  readonly grafanaUrl: string | undefined;
  /** What must stand before it can be used. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_GRAFANA_PROPS` */
  constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    const { namespace, ingress, database, highAvailability = database !== undefined } = props;

    this.validateProps({ ...props, highAvailability });

    const role = this.defineRole(props);
    const secrets = this.defineSecrets(props);
    const authorities = this.defineAuthorities(props);
    const chart = installChart(this, "Chart", props, {
      chart: "grafana",
      values: this.values({ ...props, highAvailability }),
      after: [role, secrets.resource, ...(authorities ? [authorities] : [])],
    });

    this.serviceUrl = `http://${NAME}.${namespace.namespaceName}.svc`;
    this.grafanaUrl = ingress && `https://${ingress.host}`;
    this.ready = [chart.resource];
  }

  /** The role of the chart would let the sidecar read the secrets of the namespace too. */
  private defineRole({ namespace }: GrafanaProps): RoleV1 {
    return new RoleV1(this, "Role", {
      metadata: { name: ROLE, namespace: namespace.namespaceName, labels: LABELS },
      rule: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
      dependsOn: [...namespace.ready],
    });
  }

  private defineSecrets(props: GrafanaProps): ManifestSet {
    const { namespace, secret, secretStore = SECRET_STORE, database, dependsOn = [] } = props;
    return new ManifestSet(this, "Secrets", {
      name: "grafana-secrets",
      namespace: namespace.namespaceName,
      objects: externalSecrets(secret, secretStore, database),
      dependsOn: [...namespace.ready, ...dependsOn],
    });
  }

  private defineAuthorities({ namespace, database }: GrafanaProps): ConfigMapV1 | undefined {
    if (database?.certificateAuthorities === undefined) return undefined;
    return new ConfigMapV1(this, "DatabaseAuthorities", {
      metadata: { name: AUTHORITIES, namespace: namespace.namespaceName, labels: LABELS },
      data: { "ca.pem": database.certificateAuthorities },
      dependsOn: [...namespace.ready],
    });
  }

  private values(props: GrafanaProps): Record<string, unknown> {
    const { signIn, ingress, database, dataSources, monitoring = false } = props;
    const { replicas, nodeSelector, tolerations, highAvailability } = replicaSettings(props);
    return {
      replicas,
      nodeSelector,
      tolerations,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": NAME }),
      podDisruptionBudget: highAvailability ? { minAvailable: 1 } : {},
      // A pod that starts before the old one stops: dashboards are there while Grafana is upgraded.
      deploymentStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      admin: { existingSecret: CREDENTIALS, userKey: "admin-user", passwordKey: "admin-password" },
      envValueFrom: secretVariables(signIn !== undefined, database !== undefined),
      "grafana.ini": grafanaIni({ host: ingress?.host, signIn, database }),
      datasources: { "datasources.yaml": dataSourcesFile(dataSources) },
      ...podValues(database),
      ...sidecarValues(),
      ...(ingress && { ingress: ingressValues(ingress) }),
      serviceMonitor: { enabled: monitoring },
    };
  }

  private validateProps(props: GrafanaProps): void {
    const { cluster, dataSources, signIn, ingress, database, highAvailability = false } = props;
    const checks = new PropChecks(this, "INVALID_GRAFANA_PROPS");
    checkPlace(checks, props);
    checkSecret(checks, props, cluster.identity);
    checkDataSources(checks, dataSources);
    if (signIn !== undefined) checkSignIn(checks, signIn);
    if (ingress !== undefined) checkIngress(checks, ingress);
    if (database !== undefined) checkDatabase(checks, database);
    const rule = "must be false without `database`, which two replicas share: it holds who is signed in";
    checks.require(database !== undefined || !highAvailability, "highAvailability", rule, highAvailability);
    checks.throwIfAny();
  }
}

/** Name of the release, and so of its service. */
const NAME = "grafana";
const ROLE = "grafana-dashboards-reader";
const AUTHORITIES = "grafana-database-authorities";
const LABELS = { "app.kubernetes.io/name": NAME, "app.kubernetes.io/managed-by": "flightdeck" };

/** The pods: a read-only file system with what must be written beside it. */
function podValues(database: GrafanaDatabase | undefined): Record<string, unknown> {
  const authorities = {
    name: "database-authorities",
    configMap: AUTHORITIES,
    mountPath: DATABASE_CA_FILE,
    subPath: "ca.pem",
    readOnly: true,
  };
  const withCa = database?.certificateAuthorities !== undefined;
  return {
    resources: resources("100m", "256Mi", "768Mi"),
    securityContext: { runAsNonRoot: true, runAsUser: 472, runAsGroup: 472, fsGroup: 472, seccompProfile: RUNTIME },
    containerSecurityContext: CONTAINER_SECURITY,
    extraEmptyDirMounts: [{ name: "tmp", mountPath: "/tmp" }],
    ...(withCa && { extraConfigmapMounts: [authorities] }),
    persistence: { enabled: false },
    initChownData: { enabled: false },
    testFramework: { enabled: false },
    imageRenderer: { enabled: false },
    enableServiceLinks: false,
  };
}

/**
 * The sidecar writes what it finds to a folder that Grafana looks at every half minute, so it needs neither Grafana's
 * address nor its administrator's password.
 */
function sidecarValues(): Record<string, unknown> {
  return {
    rbac: { create: true, namespaced: true, useExistingRole: ROLE },
    sidecar: {
      resources: resources("10m", "96Mi", "192Mi"),
      securityContext: CONTAINER_SECURITY,
      dashboards: {
        enabled: true,
        label: DASHBOARD_LABEL.name,
        labelValue: DASHBOARD_LABEL.value,
        resource: "configmap",
        folder: DASHBOARD_FOLDER,
        folderAnnotation: FOLDER_ANNOTATION,
        skipReload: true,
        extraMounts: [{ name: "tmp", mountPath: "/tmp" }],
        provider: { name: "platform", allowUiUpdates: false, foldersFromFilesStructure: true },
      },
    },
  };
}

const RUNTIME = { type: "RuntimeDefault" };
const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: RUNTIME,
};
