import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { nameInArn } from "../core/arn-name";
import type { IGrantable, IPrincipal } from "../core/grants";
import { checkIdentity } from "../core/identity-checks";
import { NAME_LIMITS, resourceName } from "../core/naming";
import type { EnvironmentIdentity } from "../core/naming";
import { partitionOf } from "../core/partition";
import { policyDocument } from "../core/policy-document";
import { PropChecks } from "../core/prop-checks";
import { InlinePolicy } from "./inline-policy";
import { checkPolicyArn } from "./permissions-boundary";

/** An IAM role that pods act as. */
export interface IPodRole extends IGrantable {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Name of the role. */
  readonly roleName: string;
}

/** What a caller chooses about a pod role. */
export interface PodRoleOptions {
  /** What the role is for, in kebab-case, such as `training`: the last part of its name `<project>-<stage>-<name>`. */
  readonly name: string;
  /** Kubernetes namespace of the pods: a DNS label (RFC 1123), at most 63 characters. */
  readonly namespace: string;
  /** Kubernetes service account of the pods: a DNS subdomain (RFC 1123), at most 253 characters. */
  readonly serviceAccount: string;
}

/** What a `PodRole` is made of. */
export interface PodRoleProps extends PodRoleOptions {
  /** The environment the role belongs to. */
  readonly identity: EnvironmentIdentity;
  /** Name of the EKS cluster whose pods may act as the role, in the account and region of `identity`. */
  readonly clusterName: string;
  /**
   * ARN of the policy that says what the role may do at most, whatever it is granted, such as that of a `PermissionsBoundary`.
   *
   * @default - none: no more than what it is granted
   */
  readonly permissionsBoundaryArn?: string;
}

/** An existing role. */
export interface PodRoleAttributes {
  /** ARN of the role: `arn:<partition>:iam::<account>:role/<path and name>`. */
  readonly roleArn: string;
}

/**
 * An IAM role for the pods of one service account of one cluster, through EKS Pod Identity. Its trust names account, cluster,
 * namespace and service account, so that no other association can hand it out. The cluster needs the add-on
 * `eks-pod-identity-agent`.
 *
 * @example
 * const training = new PodRole(this, "TrainingRole", {
 *   identity,
 *   clusterName: cluster.clusterName,
 *   name: "training",
 *   namespace: "training",
 *   serviceAccount: "trainer",
 * });
 * datasets.grantRead(training);
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodRole extends Construct implements IPodRole {
  /**
   * A role that is defined elsewhere, in the same account. What is granted to it becomes an inline policy of its own.
   *
   * @throws ValidationError `INVALID_POD_ROLE_ATTRIBUTES` when the ARN is not that of a role
   */
  static fromPodRoleAttributes(scope: Construct, id: string, attributes: PodRoleAttributes): IPodRole {
    return new ImportedPodRole(scope, id, attributes);
  }

  readonly roleArn: string;
  readonly roleName: string;
  readonly grantPrincipal: IPrincipal;

  /** @throws ValidationError `INVALID_POD_ROLE_PROPS` */
  constructor(scope: Construct, id: string, props: PodRoleProps) {
    super(scope, id);
    const { identity, clusterName, name, namespace, serviceAccount } = props;

    this.validateProps(props);

    const roleName = resourceName([identity.project, identity.stage, name], { max: NAME_LIMITS.iamRole });
    const role = new IamRole(this, "Resource", {
      name: roleName,
      description: `Pods of service account ${namespace}/${serviceAccount}`,
      assumeRolePolicy: trustPolicy(props),
      permissionsBoundary: props.permissionsBoundaryArn,
      tags: { Name: roleName },
    });
    new EksPodIdentityAssociation(this, "Association", { clusterName, namespace, serviceAccount, roleArn: role.arn });

    this.roleArn = role.arn;
    this.roleName = role.name;
    this.grantPrincipal = new InlinePolicy({ scope: this, roleName: role.name });
  }

  private validateProps(props: PodRoleProps): void {
    const { clusterName, name, namespace, serviceAccount, permissionsBoundaryArn } = props;
    const words = "must be lower-case letters and digits, in words joined by single hyphens";
    const cluster = "must be 1 to 100 letters, digits, hyphens and underscores, starting with a letter or digit";
    const label =
      "must be a DNS label (RFC 1123): 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends";
    const subdomain = "must be a DNS subdomain (RFC 1123): at most 253 characters, DNS labels joined by dots";
    const checks = checkIdentity(new PropChecks(this, "INVALID_POD_ROLE_PROPS"), props.identity)
      .require(ROLE_WORDS.test(name), "name", words, name)
      .require(CLUSTER_NAME.test(clusterName), "clusterName", cluster, clusterName)
      .require(isDnsLabel(namespace), "namespace", label, namespace)
      .require(isDnsSubdomain(serviceAccount), "serviceAccount", subdomain, serviceAccount);
    if (permissionsBoundaryArn !== undefined) checkPolicyArn(checks, "permissionsBoundaryArn", permissionsBoundaryArn);
    checks.throwIfAny();
  }
}

class ImportedPodRole extends Construct implements IPodRole {
  readonly roleArn: string;
  readonly roleName: string;
  readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, { roleArn }: PodRoleAttributes) {
    super(scope, id);
    new PropChecks(this, "INVALID_POD_ROLE_ATTRIBUTES")
      .require(ROLE_ARN.test(roleArn), "roleArn", "must be an ARN arn:<partition>:iam::<account>:role/<name>", roleArn)
      .throwIfAny();
    this.roleArn = roleArn;
    this.roleName = nameInArn(roleArn);
    this.grantPrincipal = new InlinePolicy({ scope: this, roleName: this.roleName });
  }
}

const ROLE_WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CLUSTER_NAME = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** EKS sets the request tags itself when it assumes the role, so pods cannot choose them. */
function trustPolicy({ identity, clusterName, namespace, serviceAccount }: PodRoleProps): string {
  const { account, region } = identity;
  return policyDocument([
    {
      sid: "PodsOfOneServiceAccount",
      principals: { Service: ["pods.eks.amazonaws.com"] },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      resources: [],
      conditions: {
        StringEquals: {
          "aws:SourceAccount": account,
          "aws:RequestTag/eks-cluster-arn": `arn:${partitionOf(region)}:eks:${region}:${account}:cluster/${clusterName}`,
          "aws:RequestTag/kubernetes-namespace": namespace,
          "aws:RequestTag/kubernetes-service-account": serviceAccount,
        },
      },
    },
  ]);
}

function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split(".").every((label) => DNS_LABEL.test(label));
}
