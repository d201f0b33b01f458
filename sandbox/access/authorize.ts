import type { AccessParts, ClusterPlace } from "./access-parts";
import { policyAllows } from "./access-policies";
import type { AccessWish } from "./access-policies";
import { PRINCIPAL_EXTRA } from "./authenticate";
import { withoutPath } from "./caller-principal";
import { findCluster } from "./find-cluster";

/** Who wants to do what. */
export interface AccessReview extends AccessWish {
  /** What the token review has told of the user beside his name. */
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** What the access policies say of it; never a denial, since RBAC may allow more. */
export interface AccessVerdict {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Says whether an access policy of the user's access entry allows what he wants. */
export function authorize(
  parts: Pick<AccessParts, "snapshot">,
  place: ClusterPlace,
  review: AccessReview,
): AccessVerdict {
  const [principal] = review.extra[PRINCIPAL_EXTRA] ?? [];
  if (principal === undefined) return noOpinion("the user has no IAM principal");
  const cluster = findCluster(parts.snapshot(), place);
  const entry = cluster?.accessEntries.find(({ principalArn }) => withoutPath(principalArn) === principal);
  if (entry === undefined) return noOpinion(`${principal} has no access entry in cluster ${place.name}`);
  const policy = entry.policies.find((one) => policyAllows(one, review));
  if (policy !== undefined) return { allowed: true, reason: `EKS access policy ${nameOf(policy.policyArn)}` };
  const names = entry.policies.map(({ policyArn }) => nameOf(policyArn));
  return noOpinion(
    names.length === 0
      ? `the access entry of ${principal} has no access policy`
      : `no access policy of ${principal} allows it (${names.join(", ")})`,
  );
}

function noOpinion(reason: string): AccessVerdict {
  return { allowed: false, reason };
}

function nameOf(policyArn: string): string {
  return policyArn.split("/").at(-1) ?? policyArn;
}
