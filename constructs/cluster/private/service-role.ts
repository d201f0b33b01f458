import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { IGrantable, IPrincipal } from "../../core/grants";
import type { EnvironmentIdentity } from "../../core/naming";
import { NAME_LIMITS, resourceName } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import { policyDocument } from "../../core/policy-document";
import { InlinePolicy } from "../../identity/inline-policy";

/** What a role for an AWS service is made of. */
export interface ServiceRoleProps {
  /** The environment the role belongs to. */
  readonly identity: EnvironmentIdentity;
  /** Last part of the role's name `<project>-<stage>-eks-<purpose>`, kebab-case; `eks` keeps it apart from the roles of pods. */
  readonly purpose: string;
  /** What the role is for, as a sentence. */
  readonly description: string;
  /** Service that takes the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  /** Names of AWS-managed policies, such as `AmazonEKSClusterPolicy`. */
  readonly managedPolicies: readonly string[];
}

/** A role that an AWS service takes on behalf of the cluster, with policies that AWS manages. */
export class ServiceRole extends Construct implements IGrantable {
  readonly grantPrincipal: IPrincipal;
  readonly roleArn: string;
  readonly roleName: string;
  /** The role's permissions: who uses the role depends on them, so that they are removed after it. */
  readonly permissions: readonly IamRolePolicyAttachment[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { identity, purpose, description, service, managedPolicies } = props;
    const name = resourceName([identity.project, identity.stage, "eks", purpose], { max: NAME_LIMITS.iamRole });
    const trust = { principals: { Service: [service] }, actions: ["sts:AssumeRole"], resources: [] };

    const role = new IamRole(this, "Resource", {
      name,
      description,
      assumeRolePolicy: policyDocument([trust]),
      tags: { Name: name },
    });
    this.permissions = managedPolicies.map((policy) => attachManagedPolicy(this, identity, role.name, policy));
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.grantPrincipal = new InlinePolicy({ scope: this, roleName: role.name });
  }
}

/** Attaches a policy that AWS manages; the attachment's id is the name of the policy. */
export function attachManagedPolicy(
  scope: Construct,
  { region }: EnvironmentIdentity,
  roleName: string,
  policy: string,
): IamRolePolicyAttachment {
  const policyArn = `arn:${partitionOf(region)}:iam::aws:policy/${policy}`;
  return new IamRolePolicyAttachment(scope, policy, { role: roleName, policyArn });
}
