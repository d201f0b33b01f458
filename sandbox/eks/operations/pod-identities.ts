import { requireRole } from "../effects/roles";
import { inUse, invalidRequest, notFound } from "../errors";
import { addPodIdentity, findAssociation, podIdentityView } from "../model/pod-identities";
import type { ClusterRecord, PodIdentityRecord, Tags } from "../model/types";
import { requireStandingCluster } from "../validation/cluster-state-rules";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface AssociationName {
  readonly clusterName: string;
  readonly associationId: string;
}

interface AssociationSettings {
  readonly targetRoleArn?: string;
  readonly disableSessionTags?: boolean;
  readonly policy?: string;
}

interface CreateAssociationInput extends AssociationSettings {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly tags?: Tags;
}

const ROLE = { field: "roleArn", trusts: "pods.eks.amazonaws.com" };

export const createPodIdentityAssociation = defineOperation<CreateAssociationInput>({
  mutates: true,
  check({ state, place, now }, { clusterName, namespace, serviceAccount }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireStandingCluster(cluster, now);
    const taken = findAssociation(cluster, namespace, serviceAccount);
    if (taken !== undefined) throw inUse(`Association already exists: ${taken.id}`, { clusterName });
  },
  async gather({ place }, { clusterName, roleArn }, aws) {
    await requireRole(aws, place, { ...ROLE, arn: roleArn }, { clusterName });
    return undefined;
  },
  execute({ state, place, now, ids }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    return { association: podIdentityView(cluster, addPodIdentity(cluster, { ...input, place, now, ids })) };
  },
});

export const describePodIdentityAssociation = defineOperation<AssociationName>({
  mutates: false,
  execute({ state, place, now }, { clusterName, associationId }) {
    const cluster = state.findCluster(place, clusterName, now);
    return { association: podIdentityView(cluster, find(cluster, associationId)) };
  },
});

interface ListAssociationsInput extends PageInput {
  readonly clusterName: string;
  readonly namespace?: string;
  readonly serviceAccount?: string;
}

export const listPodIdentityAssociations = defineOperation<ListAssociationsInput>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const { namespace, serviceAccount } = input;
    const summaries = [...cluster.podIdentities.values()]
      .filter((known) => namespace === undefined || known.namespace === namespace)
      .filter((known) => serviceAccount === undefined || known.serviceAccount === serviceAccount)
      .map((known) => ({
        clusterName: cluster.name,
        namespace: known.namespace,
        serviceAccount: known.serviceAccount,
        associationArn: known.arn,
        associationId: known.id,
        ...(known.ownerArn !== undefined && { ownerArn: known.ownerArn }),
      }));
    const { page, nextToken } = paginate(summaries, input);
    return { associations: page, nextToken };
  },
});

export const updatePodIdentityAssociation = defineOperation<
  AssociationName & AssociationSettings & { roleArn?: string }
>({
  mutates: true,
  check({ state, place, now }, { clusterName, associationId }) {
    requireOwnAssociation(find(state.findCluster(place, clusterName, now), associationId), clusterName);
  },
  async gather({ place }, { clusterName, roleArn }, aws) {
    if (roleArn !== undefined) await requireRole(aws, place, { ...ROLE, arn: roleArn }, { clusterName });
    return undefined;
  },
  execute({ state, place, now, ids }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const record = find(cluster, input.associationId);
    record.modifiedAt = now;
    if (input.roleArn !== undefined) record.roleArn = input.roleArn;
    if (input.disableSessionTags !== undefined) record.disableSessionTags = input.disableSessionTags;
    if (input.policy !== undefined) record.policy = input.policy;
    if (input.targetRoleArn === "") {
      delete record.targetRoleArn;
      delete record.externalId;
    } else if (input.targetRoleArn !== undefined) {
      record.targetRoleArn = input.targetRoleArn;
      record.externalId ??= ids.uuid();
    }
    return { association: podIdentityView(cluster, record) };
  },
});

export const deletePodIdentityAssociation = defineOperation<AssociationName>({
  mutates: true,
  check({ state, place, now }, { clusterName, associationId }) {
    requireOwnAssociation(find(state.findCluster(place, clusterName, now), associationId), clusterName);
  },
  execute({ state, place, now }, { clusterName, associationId }) {
    const cluster = state.findCluster(place, clusterName, now);
    const record = find(cluster, associationId);
    cluster.podIdentities.delete(associationId);
    return { association: podIdentityView(cluster, record) };
  },
});

function find(cluster: ClusterRecord, id: string): PodIdentityRecord {
  const record = cluster.podIdentities.get(id);
  if (record !== undefined) return record;
  throw notFound(`No association found for id: ${id} in cluster: ${cluster.name}`, { clusterName: cluster.name });
}

function requireOwnAssociation(record: PodIdentityRecord, clusterName: string): void {
  if (record.ownerArn === undefined) return;
  throw invalidRequest(`Association ${record.id} is owned by ${record.ownerArn}: change it there`, { clusterName });
}
