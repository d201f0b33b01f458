import { Ec2Tag } from "@cdktf/provider-aws/lib/ec2-tag";
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { Construct } from "constructs";
import { nameInArn } from "../core/arn-name";
import { PropChecks } from "../core/prop-checks";
import { type IPodRole, PodRole } from "../identity/pod-role";
import type { ICluster } from "./cluster";
import { defineInterruptionQueue } from "./private/karpenter-interruptions";
import { karpenterStatements } from "./private/karpenter-policies";
import { defineNodeRole } from "./private/node-role";
import type { ServiceRole } from "./private/service-role";

/** What Karpenter needs of AWS, for those who install it. */
export interface IKarpenterSupport {
  /** Name of the interruption queue: the chart's `settings.interruptionQueue`. */
  readonly queueName: string;
  /** Role of the controller, whose pods run as service account `karpenter` in namespace `kube-system`. */
  readonly controllerRole: IPodRole;
  /** Name of the role of the nodes: `role` of each `EC2NodeClass`. */
  readonly nodeRoleName: string;
  /** ARN of the role of the nodes. */
  readonly nodeRoleArn: string;
  /** Tags by which an `EC2NodeClass` finds subnets and security groups. */
  readonly discoveryTags: Readonly<Record<string, string>>;
  /** Tags that each `EC2NodeClass` must give its nodes: the EBS driver attaches volumes to nodes of its own cluster only. */
  readonly nodeTags: Readonly<Record<string, string>>;
}

/** What a `KarpenterSupport` is made of. */
export interface KarpenterSupportProps {
  /** The cluster that Karpenter starts nodes for. */
  readonly cluster: ICluster;
  /**
   * Whether people may open a shell on the nodes through AWS Systems Manager.
   *
   * @default false
   */
  readonly sessionManager?: boolean;
}

/** What Karpenter needs of AWS, defined elsewhere. */
export interface KarpenterSupportAttributes {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Name of the interruption queue. */
  readonly queueName: string;
  /** ARN of the role of the controller. */
  readonly controllerRoleArn: string;
  /** ARN of the role of the nodes: `arn:<partition>:iam::<account>:role/<path and name>`. */
  readonly nodeRoleArn: string;
}

/**
 * The AWS side of Karpenter, which starts nodes by what pods ask for, beside or instead of node groups: the roles of controller
 * and nodes, the nodes' access to the cluster, and a queue that tells of nodes about to end. The controller may touch what
 * carries the cluster's tags and nothing else. Karpenter itself comes with the Kubernetes layers; it runs on a node pool.
 *
 * The private subnets must carry the discovery tag too: the network sees to that. Spot instances need the account's
 * service-linked role for EC2 Spot, and where the cluster has a `diskKey`, its leave to use the key (`Key.allowSpotInstances`).
 *
 * @example
 * const karpenter = new KarpenterSupport(this, "Karpenter", { cluster });
 *
 * @see https://karpenter.sh/v1.14/reference/cloudformation/
 */
export class KarpenterSupport extends Construct implements IKarpenterSupport {
  /**
   * What is defined elsewhere, in the same account.
   *
   * @throws ValidationError `INVALID_KARPENTER_SUPPORT_ATTRIBUTES` when the ARN of the nodes' role is not that of a role
   * @throws ValidationError `INVALID_POD_ROLE_ATTRIBUTES` when the ARN of the controller's role is not that of a role
   */
  static fromKarpenterSupportAttributes(
    scope: Construct,
    id: string,
    attributes: KarpenterSupportAttributes,
  ): IKarpenterSupport {
    return new ImportedKarpenterSupport(scope, id, attributes);
  }

  readonly queueName: string;
  readonly controllerRole: IPodRole;
  readonly nodeRoleName: string;
  readonly nodeRoleArn: string;
  readonly discoveryTags: Readonly<Record<string, string>>;
  readonly nodeTags: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: KarpenterSupportProps) {
    super(scope, id);
    const { cluster, sessionManager = false } = props;
    const { identity, clusterName, clusterArn } = cluster;

    const queue = defineInterruptionQueue(this, identity);
    const nodeRole = this.defineNodeRole(cluster, sessionManager);
    const controllerRole = new PodRole(this, "ControllerRole", {
      identity,
      clusterName,
      name: "eks-karpenter",
      namespace: "kube-system",
      serviceAccount: "karpenter",
    });
    const parts = { identity, clusterName, clusterArn, nodeRoleArn: nodeRole.roleArn, queueArn: queue.arn };
    karpenterStatements(parts).forEach((statement) => controllerRole.grantPrincipal.addToPolicy(statement));
    cluster.diskKey?.grantVolumeEncryption(controllerRole);

    this.queueName = queue.name;
    this.controllerRole = controllerRole;
    this.nodeRoleName = nodeRole.roleName;
    this.nodeRoleArn = nodeRole.roleArn;
    this.discoveryTags = discoveryTags(clusterName);
    this.nodeTags = nodeTags(clusterName);
    new Ec2Tag(this, "SecurityGroupTag", {
      resourceId: cluster.connections.primaryGroupId,
      key: DISCOVERY_TAG,
      value: clusterName,
    });
  }

  /** EKS lets nodes of its node groups in by itself, but not these. */
  private defineNodeRole(cluster: ICluster, sessionManager: boolean): ServiceRole {
    const { identity, clusterName } = cluster;
    const role = defineNodeRole(this, cluster, {
      purpose: "karpenter-node",
      description: `Nodes that Karpenter starts for ${identity.project}/${identity.stage}`,
      sessionManager,
    });
    new EksAccessEntry(this, "NodeAccess", { clusterName, principalArn: role.roleArn, type: "EC2_LINUX" });
    return role;
  }
}

class ImportedKarpenterSupport extends Construct implements IKarpenterSupport {
  readonly queueName: string;
  readonly controllerRole: IPodRole;
  readonly nodeRoleName: string;
  readonly nodeRoleArn: string;
  readonly discoveryTags: Readonly<Record<string, string>>;
  readonly nodeTags: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, attributes: KarpenterSupportAttributes) {
    super(scope, id);
    const { clusterName, queueName, controllerRoleArn: roleArn, nodeRoleArn } = attributes;
    const rule = "must be an ARN arn:<partition>:iam::<account>:role/<name>";
    new PropChecks(this, "INVALID_KARPENTER_SUPPORT_ATTRIBUTES")
      .require(ROLE_ARN.test(nodeRoleArn), "nodeRoleArn", rule, nodeRoleArn)
      .throwIfAny();
    this.queueName = queueName;
    this.controllerRole = PodRole.fromPodRoleAttributes(this, "ControllerRole", { roleArn });
    this.nodeRoleName = nameInArn(nodeRoleArn);
    this.nodeRoleArn = nodeRoleArn;
    this.discoveryTags = discoveryTags(clusterName);
    this.nodeTags = nodeTags(clusterName);
  }
}

const DISCOVERY_TAG = "karpenter.sh/discovery";
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

function discoveryTags(clusterName: string): Record<string, string> {
  return { [DISCOVERY_TAG]: clusterName };
}

function nodeTags(clusterName: string): Record<string, string> {
  return { "ebs.csi.aws.com/cluster-name": clusterName };
}
