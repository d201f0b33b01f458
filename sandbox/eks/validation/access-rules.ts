import { invalidParameter, invalidRequest, type ErrorSubject } from "../errors";
import { accessPolicies } from "../model/access";
import { tryParsePrincipalArn, type Place } from "../model/arns";
import { valueAt } from "../model/lifecycle";
import type { ClusterRecord } from "../model/types";

/** Access entries exist only where the cluster authenticates by them. */
export function requireAccessEntryMode(cluster: ClusterRecord, now: number): void {
  if (valueAt(cluster.life, now).authenticationMode !== "CONFIG_MAP") return;
  throw invalidRequest(
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    { clusterName: cluster.name },
  );
}

/**
 * The principal is a role or user, not a session and not a service-linked role. Whether it exists is not asked:
 * administrators are often roles of single sign-on or of other accounts, which the sandbox does not hold.
 */
export function requirePrincipal(principalArn: string, subject: ErrorSubject): void {
  const principal = tryParsePrincipalArn(principalArn);
  const serviceLinked = principalArn.includes(":role/aws-service-role/");
  if (principal !== undefined && principal.kind !== "root" && !serviceLinked) return;
  throw invalidParameter(
    `The specified principalArn is invalid: it must be an IAM role or user, got ${principalArn}`,
    subject,
  );
}

const TYPES = ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"];

/** What is asked of a new access entry. */
export interface AccessEntryWish {
  readonly type?: string;
  readonly username?: string;
  readonly kubernetesGroups?: readonly string[];
}

/** Types of nodes have a fixed user name and group; nobody may take a name of Kubernetes' own. */
export function requireEntryShape(wish: AccessEntryWish, subject: ErrorSubject): void {
  const { type = "STANDARD", username, kubernetesGroups = [] } = wish;
  if (!TYPES.includes(type)) {
    throw invalidParameter(`The type must be one of [${TYPES.join(", ")}], got ${type}`, subject);
  }
  if (type !== "STANDARD" && ((username ?? "") !== "" || kubernetesGroups.length > 0)) {
    throw invalidParameter(`An access entry of type ${type} takes neither username nor kubernetesGroups`, subject);
  }
  const reserved = kubernetesGroups.find((group) => /^(system:|eks:|aws:|amazon:|iam:)/.test(group));
  if (reserved !== undefined) {
    throw invalidParameter(`The kubernetes group name ${reserved} is invalid, it cannot start with system:`, subject);
  }
  if (username !== undefined && /^(system:|eks:|aws:|amazon:|iam:)/.test(username)) {
    throw invalidParameter(`The username ${username} is invalid, it cannot start with a reserved prefix`, subject);
  }
}

/** The policy must be one of EKS's, its scope must name namespaces exactly when it is for namespaces. */
export function requireAssociation(
  place: Place,
  wish: {
    readonly policyArn: string;
    readonly accessScope: { readonly type?: string; readonly namespaces?: readonly string[] };
  },
  subject: ErrorSubject,
): void {
  const policies = accessPolicies(place.region);
  if (!policies.some((policy) => policy.arn === wish.policyArn)) {
    const names = policies.map((policy) => policy.name).join(", ");
    throw invalidParameter(`The policyArn ${wish.policyArn} is not an access policy (known: ${names})`, subject);
  }
  const { type, namespaces = [] } = wish.accessScope;
  if (type === "namespace" && namespaces.length === 0) {
    throw invalidParameter("accessScope of type namespace must name at least one namespace", subject);
  }
  if (type !== "namespace" && namespaces.length > 0) {
    throw invalidParameter("accessScope of type cluster must not name namespaces", subject);
  }
}
