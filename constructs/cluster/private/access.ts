import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { Construct } from "constructs";
import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import type { PropChecks } from "../../core/prop-checks";

/** Full rights, or a look at everything in namespaces but secrets. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
export type AccessPolicy = "AmazonEKSClusterAdminPolicy" | "AmazonEKSViewPolicy";

const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(?:role|user)\/([\w+=,.@/-]{1,512})$/;
const PRINCIPAL_RULE = "must be the ARN of an IAM role or user, path included (not of a session, not of the account)";

/** Adds the rules for those who may use the cluster. */
export function checkAccess(checks: PropChecks, admins: readonly string[], viewers: readonly string[]): void {
  for (const [prop, arns] of Object.entries({ admins, viewers })) {
    arns.forEach((arn, index) => {
      checks.require(PRINCIPAL.test(arn), `${prop}[${index}]`, PRINCIPAL_RULE, arn);
      checks.require(arns.indexOf(arn) === index, `${prop}[${index}]`, "must not be named twice", arn);
    });
  }
  checks.require(admins.length > 0, "admins", "must name at least one role: EKS gives rights to nobody else", admins);
  const both = viewers.filter((arn) => admins.includes(arn));
  checks.require(both.length === 0, "viewers", "must not be in `admins` too", both);
}

/**
 * Lets a principal use the cluster. Ids hold the principal and not its rights: who is given other rights keeps the entry, and
 * only the policy is replaced.
 */
export function defineAccess(scope: Construct, target: AccessTarget, principalArn: string, policy: AccessPolicy): void {
  const { clusterName, identity } = target;
  const [, account, name] = PRINCIPAL.exec(principalArn) ?? [];
  const id = `${account}-${name}`;
  const entry = new EksAccessEntry(scope, `Access-${id}`, { clusterName, principalArn, type: "STANDARD" });
  new EksAccessPolicyAssociation(scope, `AccessPolicy-${id}`, {
    clusterName,
    principalArn,
    policyArn: `arn:${partitionOf(identity.region)}:eks::aws:cluster-access-policy/${policy}`,
    accessScope: { type: "cluster" },
    dependsOn: [entry],
  });
}

/** The cluster that access is given to. */
export interface AccessTarget {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
}
