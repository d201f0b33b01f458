import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { EnvironmentIdentity } from "../../core/naming";
import { partitionOf } from "../../core/partition";
import type { PropChecks } from "../../core/prop-checks";
import type { NamespaceEditor } from "../namespace-editor";

/** Who may use a cluster, by the rights they have. */
export interface AccessLists {
  readonly admins: readonly string[];
  readonly deployers: readonly string[];
  readonly editors: readonly NamespaceEditor[];
  readonly viewers: readonly string[];
}

/** The cluster that access is given to. */
export interface AccessTarget {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
}

/** A place in a list, and who stands there. */
interface Named {
  readonly list: keyof AccessLists;
  readonly prop: string;
  readonly arn: string;
}

const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(?:role|user)\/([\w+=,.@/-]{1,512})$/;
const PRINCIPAL_RULE = "must be the ARN of an IAM role or user, path included (not of a session, not of the account)";
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAMESPACE_RULE = "must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens (no pattern)";
const OWN_NAMESPACE = /^kube-/;
const OWN_NAMESPACE_RULE = "must not be one of Kubernetes itself: whoever changes pods there rules the cluster";

/** Adds the rules for those who may use the cluster: each is spelled out, and has one kind of rights. */
export function checkAccess(checks: PropChecks, lists: AccessLists): void {
  const everybody = namesIn(lists);
  everybody.forEach(({ prop, arn, list }, index) => {
    checks.require(PRINCIPAL.test(arn), prop, PRINCIPAL_RULE, described(arn));
    const twice = everybody.slice(0, index).some((other) => other.list === list && other.arn === arn);
    checks.require(!twice, prop, "must not be named twice", arn);
  });
  const { admins } = lists;
  checks.require(admins.length > 0, "admins", "must name at least one role: EKS gives rights to nobody else", admins);
  checkOneList(checks, everybody);
  lists.editors.forEach((editor, index) => checkNamespaces(checks, `editors[${index}].namespaces`, editor.namespaces));
}

/**
 * Lets principals use the cluster. Ids hold the principal and not its rights: who is given other rights keeps the entry, and
 * only the policy is replaced.
 */
export function defineAccess(scope: Construct, target: AccessTarget, lists: AccessLists): void {
  for (const arn of lists.admins) defineEntry(scope, target, arn, { policy: "AmazonEKSClusterAdminPolicy" });
  for (const arn of lists.deployers) defineEntry(scope, target, arn, { policy: "AmazonEKSClusterAdminPolicy" });
  for (const { principalArn, namespaces } of lists.editors) {
    defineEntry(scope, target, principalArn, { policy: "AmazonEKSEditPolicy", namespaces: [...namespaces].sort() });
  }
  for (const arn of lists.viewers) defineEntry(scope, target, arn, { policy: "AmazonEKSViewPolicy" });
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
interface Rights {
  readonly policy: "AmazonEKSClusterAdminPolicy" | "AmazonEKSEditPolicy" | "AmazonEKSViewPolicy";
  /** In these namespaces alone; in the whole cluster when absent. */
  readonly namespaces?: string[];
}

function defineEntry(scope: Construct, target: AccessTarget, principalArn: string, rights: Rights): void {
  const { clusterName, identity } = target;
  const { policy, namespaces } = rights;
  const [, account, name] = PRINCIPAL.exec(principalArn) ?? [];
  const id = `${account}-${name}`;
  const entry = new EksAccessEntry(scope, `Access-${id}`, { clusterName, principalArn, type: "STANDARD" });
  new EksAccessPolicyAssociation(scope, `AccessPolicy-${id}`, {
    clusterName,
    principalArn,
    policyArn: `arn:${partitionOf(identity.region)}:eks::aws:cluster-access-policy/${policy}`,
    accessScope: namespaces ? { type: "namespace", namespaces } : { type: "cluster" },
    dependsOn: [entry],
  });
}

function namesIn({ admins, deployers, editors, viewers }: AccessLists): Named[] {
  const plain = (list: keyof AccessLists, arns: readonly string[]) =>
    arns.map((arn, index) => ({ list, prop: `${list}[${index}]`, arn }));
  return [
    ...plain("admins", admins),
    ...plain("deployers", deployers),
    ...editors.map(({ principalArn: arn }, index) => ({
      list: "editors" as const,
      prop: `editors[${index}].principalArn`,
      arn,
    })),
    ...plain("viewers", viewers),
  ];
}

function checkOneList(checks: PropChecks, everybody: readonly Named[]): void {
  const lists = [...new Set(everybody.map(({ list }) => list))];
  lists.forEach((list, index) => {
    const arns = everybody.filter((one) => one.list === list).map(({ arn }) => arn);
    for (const earlier of lists.slice(0, index)) {
      const both = arns.filter((arn) => everybody.some((other) => other.list === earlier && other.arn === arn));
      checks.require(both.length === 0, list, `must not be in \`${earlier}\` too`, both);
    }
  });
}

function checkNamespaces(checks: PropChecks, prop: string, namespaces: readonly string[]): void {
  checks.require(namespaces.length > 0, prop, "must name at least one namespace", namespaces);
  namespaces.forEach((namespace, index) => {
    const place = `${prop}[${index}]`;
    checks.require(NAMESPACE.test(namespace), place, NAMESPACE_RULE, described(namespace));
    checks.require(!OWN_NAMESPACE.test(namespace), place, OWN_NAMESPACE_RULE, namespace);
    checks.require(namespaces.indexOf(namespace) === index, place, "must not be named twice", namespace);
  });
}

/** A reference cannot be part of an id, so it is given to the checks as something that is not a reference. */
function described(text: string): string {
  return Token.isUnresolved(text) ? "a value known only after apply" : text;
}
