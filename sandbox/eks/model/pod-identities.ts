import { eksArn, type Place } from "./arns";
import type { IdFactory } from "./ids";
import { epochSeconds } from "./lifecycle";
import type { ClusterRecord, PodIdentityRecord, Tags } from "./types";

/** A new association of a role with a service account. */
export interface NewPodIdentity {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly place: Place;
  readonly now: number;
  readonly ids: IdFactory;
  readonly targetRoleArn?: string;
  readonly disableSessionTags?: boolean;
  readonly policy?: string;
  readonly tags?: Tags;
  readonly ownerArn?: string;
}

/** @returns the association of a service account, of which there is at most one */
export function findAssociation(
  cluster: ClusterRecord,
  namespace: string,
  serviceAccount: string,
): PodIdentityRecord | undefined {
  return [...cluster.podIdentities.values()].find(
    (known) => known.namespace === namespace && known.serviceAccount === serviceAccount,
  );
}

/** Adds an association to a cluster. */
export function addPodIdentity(cluster: ClusterRecord, made: NewPodIdentity): PodIdentityRecord {
  const { ids, now, place } = made;
  const id = `a-${ids.base36(17)}`;
  const record: PodIdentityRecord = {
    id,
    arn: eksArn(place, `podidentityassociation/${cluster.name}/${id}`),
    namespace: made.namespace,
    serviceAccount: made.serviceAccount,
    createdAt: now,
    modifiedAt: now,
    roleArn: made.roleArn,
    ...(made.targetRoleArn !== undefined && { targetRoleArn: made.targetRoleArn, externalId: ids.uuid() }),
    disableSessionTags: made.disableSessionTags ?? false,
    ...(made.policy !== undefined && { policy: made.policy }),
    tags: made.tags ?? {},
    ...(made.ownerArn !== undefined && { ownerArn: made.ownerArn }),
  };
  cluster.podIdentities.set(id, record);
  return record;
}

/** @returns the `PodIdentityAssociation` of the API */
export function podIdentityView(cluster: ClusterRecord, record: PodIdentityRecord): object {
  const { targetRoleArn, externalId, policy, ownerArn } = record;
  return {
    clusterName: cluster.name,
    namespace: record.namespace,
    serviceAccount: record.serviceAccount,
    roleArn: record.roleArn,
    associationArn: record.arn,
    associationId: record.id,
    tags: record.tags,
    createdAt: epochSeconds(record.createdAt),
    modifiedAt: epochSeconds(record.modifiedAt),
    disableSessionTags: record.disableSessionTags,
    ...(ownerArn !== undefined && { ownerArn }),
    ...(targetRoleArn !== undefined && { targetRoleArn, externalId }),
    ...(policy !== undefined && { policy }),
  };
}
