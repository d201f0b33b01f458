import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ILoadBalancerSupport } from "../cluster/load-balancer-support";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ICertManager } from "./cert-manager";
import { installChart } from "../components/install-chart";
import {
  checkNamespace,
  checkPlace,
  CRITICAL_PRIORITY,
  replicaSettings,
  resources,
  spread,
} from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";

/** What a `LoadBalancerController` is made of. */
export interface LoadBalancerControllerProps extends ReplicatedComponentProps {
  /** The role of the controller, and what it may use. */
  readonly support: ILoadBalancerSupport;
  /**
   * cert-manager, which then makes and renews the certificate of the webhooks.
   *
   * @default - a certificate of ten years that the chart makes once
   */
  readonly certManager?: ICertManager;
  /**
   * AWS tags of everything the controller makes, which the provider's default tags do not reach.
   *
   * @default - the controller's own tags alone
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Policy of TLS listeners that name none.
   *
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   * @default - TLS 1.2 and 1.3
   */
  readonly sslPolicy?: string;
}

const RELEASE = "aws-load-balancer-controller";
/** The controller's own default still speaks TLS 1.0. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const SSL_POLICY_NAME = /^ELBSecurityPolicy-[A-Za-z0-9-]+$/;
const RESERVED_TAGS = /^(aws:|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/|service\.k8s\.aws\/)/;

/**
 * The AWS Load Balancer Controller: an application load balancer for an `Ingress` of class `alb`, a network load balancer for a
 * service of class `service.k8s.aws/nlb`. They are internal unless an object asks for more, and send traffic to pods without a
 * detour over nodes.
 *
 * Its webhook for services is off: it would refuse every service of the cluster for as long as no controller answers. So a
 * service must name its class. The webhooks for ingresses remain: what makes an ingress depends on `ready`.
 *
 * @example
 * new LoadBalancerController(this, "LoadBalancers", { cluster, namespace: kubeSystem, support });
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 */
export class LoadBalancerController extends Construct {
  /** The strictest level its pods run under: they drop no capabilities. */
  static readonly podSecurity: PodSecurityLevel = "baseline";

  /** What must stand before an ingress or a target group binding is made. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_LOAD_BALANCER_CONTROLLER_PROPS` */
  constructor(scope: Construct, id: string, props: LoadBalancerControllerProps) {
    super(scope, id);
    this.validateProps(props);

    const values = this.values(props);
    const chart = installChart(this, "Chart", props, { chart: RELEASE, values, after: props.certManager?.ready });

    this.ready = [chart.resource];
  }

  private values(props: LoadBalancerControllerProps): Record<string, unknown> {
    const { cluster, support, certManager, tags = {}, monitoring = false } = props;
    const { replicas: replicaCount, nodeSelector, tolerations, highAvailability } = replicaSettings(props);
    return {
      clusterName: cluster.clusterName,
      region: cluster.identity.region,
      vpcId: cluster.vpc.vpcId,
      serviceAccount: { create: true, name: support.serviceAccountName },
      replicaCount,
      nodeSelector,
      tolerations,
      priorityClassName: CRITICAL_PRIORITY,
      podDisruptionBudget: highAvailability ? { minAvailable: 1 } : {},
      topologySpreadConstraints: spread({
        "app.kubernetes.io/name": "aws-load-balancer-controller",
        "app.kubernetes.io/instance": RELEASE,
      }),
      resources: resources("100m", "200Mi", "500Mi"),
      ...(certManager === undefined ? { keepTLSSecret: true } : { enableCertManager: true }),
      enableServiceMutatorWebhook: false,
      defaultTargetType: "ip",
      defaultLoadBalancerScheme: "internal",
      defaultSSLPolicy: props.sslPolicy ?? SSL_POLICY,
      defaultTags: tags,
      enableWaf: false,
      enableWafv2: support.webAcls,
      enableShield: support.shieldAdvanced,
      serviceMonitor: { enabled: monitoring },
    };
  }

  private validateProps(props: LoadBalancerControllerProps): void {
    const { namespace, support, tags = {}, sslPolicy } = props;
    const checks = new PropChecks(this, "INVALID_LOAD_BALANCER_CONTROLLER_PROPS");
    checkPlace(checks, props);
    checkNamespace(checks, namespace, support.namespaceName);
    const named = sslPolicy === undefined || SSL_POLICY_NAME.test(sslPolicy);
    checks.require(named, "sslPolicy", "must be the name of a policy, as `ELBSecurityPolicy-…`", sslPolicy);
    for (const [key, value] of Object.entries(tags)) {
      const own = "must not be a key that AWS or the controller keeps for itself";
      checks.require(!RESERVED_TAGS.test(key), `tags["${key}"]`, own, key);
      // The controller is given tags as `key=value,key=value`.
      const plain = "must have no commas, equals signs or quotes, which the controller could not tell from its own";
      checks.require(!/[,="]/.test(key + value), `tags["${key}"]`, plain, value);
    }
    checks.throwIfAny();
  }
}
