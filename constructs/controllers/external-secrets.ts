import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IExternalSecretsSupport } from "../cluster/external-secrets-support";
import { PropChecks } from "../core/prop-checks";
import type { ManifestObject } from "../kubernetes/manifest-object";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { installChart } from "../components/install-chart";
import {
  checkNamespace,
  checkPlace,
  CRITICAL_PRIORITY,
  disruptionBudget,
  replicaSettings,
  resources,
  spread,
} from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";
import { SECRET_STORE } from "../components/secret-store";
import type { SecretStoreOptions } from "./secret-store-options";

/** What an `ExternalSecrets` is made of. */
export interface ExternalSecretsProps extends ReplicatedComponentProps {
  /** The role of the controller. */
  readonly support: IExternalSecretsSupport;
  /**
   * A store of AWS Secrets Manager that namespaces read through.
   *
   * @default - none
   */
  readonly store?: SecretStoreOptions;
}

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * External Secrets: makes Kubernetes secrets of what stands in AWS Secrets Manager, and keeps them the same, so that no secret
 * passes through Terraform. Its definitions come with the chart and stay when it is removed: with them every secret it made
 * would go.
 *
 * The controller acts as its own role alone: it may not take tokens of other service accounts, and writes nothing to AWS. Its
 * webhook checks stores and external secrets; what makes one depends on `ready`.
 *
 * @example
 * new ExternalSecrets(this, "ExternalSecrets", { cluster, namespace, support, store: { namespaces: ["tracking"] } });
 *
 * @see https://external-secrets.io/latest/introduction/overview/
 */
export class ExternalSecrets extends Construct {
  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Ports on which the API server calls its pods. */
  static readonly webhookPorts: readonly number[] = [10250];
  /** Ports on which its pods tell their metrics. */
  static readonly metricsPorts: readonly number[] = [8080];

  /** What must stand before an `ExternalSecret` is made. */
  readonly ready: readonly ITerraformDependable[];
  /** Name of the store; undefined: there is none. */
  readonly storeName: string | undefined;

  /** @throws ValidationError `INVALID_EXTERNAL_SECRETS_PROPS` */
  constructor(scope: Construct, id: string, props: ExternalSecretsProps) {
    super(scope, id);
    const { store } = props;

    this.validateProps(props);

    const chart = installChart(this, "Chart", props, { chart: "external-secrets", values: this.values(props) });
    this.storeName = store && (store.storeName ?? SECRET_STORE);
    const stores = store && this.defineStore(props, store, chart.resource);

    this.ready = [chart.resource, ...(stores ? [stores.resource] : [])];
  }

  private values(props: ExternalSecretsProps): Record<string, unknown> {
    const { support, monitoring = false } = props;
    const settings = replicaSettings(props);
    const { replicas: replicaCount, nodeSelector, tolerations, highAvailability: leaderElect } = settings;
    const part = {
      replicaCount,
      priorityClassName: CRITICAL_PRIORITY,
      podDisruptionBudget: disruptionBudget(settings),
    };
    return {
      installCRDs: true,
      crds: { annotations: { "helm.sh/resource-policy": "keep" } },
      global: { nodeSelector, tolerations, topologySpreadConstraints: spread() },
      ...part,
      leaderElect,
      serviceAccount: { create: true, name: support.serviceAccountName },
      resources: resources("50m", "128Mi", "512Mi"),
      webhook: { ...part, resources: resources("25m", "64Mi", "256Mi") },
      certController: { ...part, resources: resources("25m", "128Mi", "512Mi") },
      processPushSecret: false,
      processClusterPushSecret: false,
      rbac: { serviceAccountTokenCreate: false, servicebindings: { create: false } },
      // Left to itself, the chart leaves its monitor out where it does not see the definition.
      serviceMonitor: { enabled: monitoring, ...(monitoring && { renderMode: "alwaysRender" }) },
    };
  }

  private defineStore(
    { cluster, namespace }: ExternalSecretsProps,
    store: SecretStoreOptions,
    chart: ITerraformDependable,
  ): ManifestSet {
    const object: ManifestObject = {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: store.storeName ?? SECRET_STORE },
      spec: {
        // Without `auth`, the controller acts as its own role, through EKS Pod Identity.
        provider: { aws: { service: "SecretsManager", region: cluster.identity.region } },
        conditions: [{ namespaces: [...store.namespaces] }],
      },
    };
    return new ManifestSet(this, "Store", {
      name: "external-secrets-store",
      namespace: namespace.namespaceName,
      objects: [object],
      dependsOn: [chart],
    });
  }

  private validateProps(props: ExternalSecretsProps): void {
    const { namespace, support, store } = props;
    const checks = new PropChecks(this, "INVALID_EXTERNAL_SECRETS_PROPS");
    checkPlace(checks, props);
    checkNamespace(checks, namespace, support.namespaceName);
    if (store !== undefined) checkStore(checks, store);
    checks.throwIfAny();
  }
}

/** A store without conditions would be open to every namespace, so nobody may be meant by none. */
function checkStore(checks: PropChecks, { storeName, namespaces }: SecretStoreOptions): void {
  const label = "must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens";
  checks.require(storeName === undefined || DNS_LABEL.test(storeName), "store.storeName", label, storeName);
  const some = "must name at least one namespace; leave out `store` when none reads secrets";
  checks.require(namespaces.length > 0, "store.namespaces", some, namespaces);
  namespaces.forEach((name, index) => {
    const prop = `store.namespaces[${index}]`;
    checks.require(DNS_LABEL.test(name), prop, label, name);
    checks.require(namespaces.indexOf(name) === index, prop, "must not be named twice", name);
  });
}
