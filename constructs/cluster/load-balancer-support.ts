import { Construct } from "constructs";
import type { ISecurityGroup } from "../network/security-group";
import { type IPodRole, PodRole } from "../identity/pod-role";
import type { ICluster } from "./cluster";
import { loadBalancerStatements } from "./private/load-balancer-policies";

/** What the AWS Load Balancer Controller needs of AWS, for those who install it. */
export interface ILoadBalancerSupport {
  /** Role of the controller. */
  readonly controllerRole: IPodRole;
  /** Namespace that the controller's pods must run in. */
  readonly namespaceName: string;
  /** Service account that the controller's pods must run as. */
  readonly serviceAccountName: string;
  /** Whether the controller may put web ACLs of AWS WAF before load balancers. */
  readonly webAcls: boolean;
  /** Whether the controller may protect load balancers with AWS Shield Advanced. */
  readonly shieldAdvanced: boolean;
}

/** What the caller chooses about a `LoadBalancerSupport`. */
export interface LoadBalancerSupportOptions {
  /**
   * Security groups of pods that have groups of their own; load balancers must be let into them.
   *
   * @default - the cluster's security group alone, which all nodes carry
   */
  readonly podSecurityGroups?: readonly ISecurityGroup[];
  /**
   * Whether the controller may put web ACLs of AWS WAF before load balancers: any web ACL of the account and region.
   *
   * @default false
   */
  readonly webAcls?: boolean;
  /**
   * Whether the controller may protect load balancers with AWS Shield Advanced, which the account must be subscribed to.
   *
   * @default false
   */
  readonly shieldAdvanced?: boolean;
  /**
   * Whether load balancers may have users log in through user pools of Amazon Cognito.
   *
   * @default false
   */
  readonly cognitoLogin?: boolean;
}

/** What a `LoadBalancerSupport` is made of. */
export interface LoadBalancerSupportProps extends LoadBalancerSupportOptions {
  /** The cluster that gets load balancers. */
  readonly cluster: ICluster;
}

/** What the AWS Load Balancer Controller needs of AWS, defined elsewhere. */
export interface LoadBalancerSupportAttributes {
  /** ARN of the role of the controller. */
  readonly controllerRoleArn: string;
  /**
   * Whether the role may use web ACLs.
   *
   * @default false
   */
  readonly webAcls?: boolean;
  /**
   * Whether the role may use AWS Shield Advanced.
   *
   * @default false
   */
  readonly shieldAdvanced?: boolean;
}

const PODS = { namespaceName: "kube-system", serviceAccountName: "aws-load-balancer-controller" };

/**
 * The AWS side of the AWS Load Balancer Controller, which makes load balancers for services and ingresses: the role of its pods.
 * It may make what it tags with the cluster's name, change and delete only that, and open no security group but the cluster's,
 * its own and those named here. The controller itself comes with the Kubernetes layers.
 *
 * Target groups that are made elsewhere, and given to pods by a `TargetGroupBinding`, must carry the tag
 * `elbv2.k8s.aws/cluster` with the name of the cluster.
 *
 * @example
 * const loadBalancers = new LoadBalancerSupport(this, "LoadBalancers", { cluster });
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/#configure-iam
 */
export class LoadBalancerSupport extends Construct implements ILoadBalancerSupport {
  /**
   * What is defined elsewhere, in the same account.
   *
   * @throws ValidationError `INVALID_POD_ROLE_ATTRIBUTES` when the ARN is not that of a role
   */
  static fromLoadBalancerSupportAttributes(
    scope: Construct,
    id: string,
    attributes: LoadBalancerSupportAttributes,
  ): ILoadBalancerSupport {
    const { controllerRoleArn: roleArn, webAcls = false, shieldAdvanced = false } = attributes;
    const controllerRole = PodRole.fromPodRoleAttributes(new Construct(scope, id), "ControllerRole", { roleArn });
    return { ...PODS, controllerRole, webAcls, shieldAdvanced };
  }

  readonly controllerRole: IPodRole;
  readonly namespaceName = PODS.namespaceName;
  readonly serviceAccountName = PODS.serviceAccountName;
  readonly webAcls: boolean;
  readonly shieldAdvanced: boolean;

  constructor(scope: Construct, id: string, props: LoadBalancerSupportProps) {
    super(scope, id);
    const { cluster, podSecurityGroups = [], webAcls = false, shieldAdvanced = false, cognitoLogin = false } = props;
    const { identity, clusterName, vpc, connections } = cluster;

    const controllerRole = new PodRole(this, "ControllerRole", {
      identity,
      clusterName,
      name: "eks-load-balancers",
      namespace: PODS.namespaceName,
      serviceAccount: PODS.serviceAccountName,
    });
    loadBalancerStatements({
      identity,
      clusterName,
      vpcId: vpc.vpcId,
      podGroupIds: [connections.primaryGroupId, ...podSecurityGroups.map((group) => group.securityGroupId)],
      ...{ webAcls, shieldAdvanced, cognitoLogin },
    }).forEach((statement) => controllerRole.grantPrincipal.addToPolicy(statement));

    this.controllerRole = controllerRole;
    this.webAcls = webAcls;
    this.shieldAdvanced = shieldAdvanced;
  }
}
