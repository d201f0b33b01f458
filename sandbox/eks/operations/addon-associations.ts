import type { Place } from "../model/arns";
import type { IdFactory } from "../model/ids";
import { addPodIdentity } from "../model/pod-identities";
import type { ClusterRecord } from "../model/types";

/** An association that an add-on is asked to own. */
export interface AssociationWish {
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/**
 * Makes an add-on's associations be exactly those wished for.
 *
 * @returns their ARNs
 */
export function replaceOwnedAssociations(owner: {
  readonly cluster: ClusterRecord;
  readonly addonArn: string;
  readonly namespace: string;
  readonly wishes: readonly AssociationWish[];
  readonly place: Place;
  readonly now: number;
  readonly ids: IdFactory;
}): string[] {
  const { cluster, addonArn: ownerArn, namespace, wishes, place, now, ids } = owner;
  const owned = [...cluster.podIdentities.values()].filter((known) => known.ownerArn === ownerArn);
  for (const known of owned) {
    if (!wishes.some((wish) => wish.serviceAccount === known.serviceAccount)) cluster.podIdentities.delete(known.id);
  }
  return wishes.map((wish) => {
    const known = owned.find((candidate) => candidate.serviceAccount === wish.serviceAccount);
    if (known === undefined) return addPodIdentity(cluster, { ...wish, namespace, ownerArn, place, now, ids }).arn;
    known.roleArn = wish.roleArn;
    known.modifiedAt = now;
    return known.arn;
  });
}

/** Removes the associations that an add-on owns. */
export function dropOwnedAssociations(cluster: ClusterRecord, addonArn: string): void {
  for (const known of [...cluster.podIdentities.values()]) {
    if (known.ownerArn === addonArn) cluster.podIdentities.delete(known.id);
  }
}
