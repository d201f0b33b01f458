import { inUse, invalidRequest } from "../errors";
import { accessEntryView, addAccessEntry, defaultUsername } from "../model/access";
import { findAccessEntry } from "../model/access-entry-lookup";
import type { Tags } from "../model/types";
import { requireAccessEntryMode, requireEntryShape, requirePrincipal } from "../validation/access-rules";
import { requireStandingCluster } from "../validation/cluster-state-rules";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface EntryName {
  readonly clusterName: string;
  readonly principalArn: string;
}

interface CreateEntryInput extends EntryName {
  readonly kubernetesGroups?: readonly string[];
  readonly tags?: Tags;
  readonly username?: string;
  readonly type?: string;
}

export const createAccessEntry = defineOperation<CreateEntryInput>({
  mutates: true,
  check({ state, place, now }, input) {
    const { clusterName, principalArn } = input;
    const cluster = state.findCluster(place, clusterName, now);
    requireStandingCluster(cluster, now);
    requireAccessEntryMode(cluster, now);
    requirePrincipal(principalArn, { clusterName });
    requireEntryShape(input, { clusterName });
    if (cluster.accessEntries.has(principalArn)) {
      throw inUse(`The specified access entry resource is already in use on this cluster: ${principalArn}`, {
        clusterName,
      });
    }
  },
  execute({ state, place, now, ids }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const entry = addAccessEntry(cluster, { ...input, type: input.type ?? "STANDARD", place, now, ids });
    return { accessEntry: accessEntryView(cluster, entry) };
  },
});

export const describeAccessEntry = defineOperation<EntryName>({
  mutates: false,
  execute({ state, place, now }, { clusterName, principalArn }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireAccessEntryMode(cluster, now);
    return { accessEntry: accessEntryView(cluster, findAccessEntry(cluster, principalArn)) };
  },
});

export const listAccessEntries = defineOperation<PageInput & { clusterName: string; associatedPolicyArn?: string }>({
  mutates: false,
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    requireAccessEntryMode(cluster, now);
    const { associatedPolicyArn: policyArn } = input;
    const principals = [...cluster.accessEntries.values()]
      .filter((entry) => policyArn === undefined || entry.policies.has(policyArn))
      .map((entry) => entry.principalArn)
      .sort();
    const { page, nextToken } = paginate(principals, input);
    return { accessEntries: page, nextToken };
  },
});

export const updateAccessEntry = defineOperation<CreateEntryInput>({
  mutates: true,
  check({ state, place, now }, input) {
    const { clusterName, principalArn } = input;
    const cluster = state.findCluster(place, clusterName, now);
    requireAccessEntryMode(cluster, now);
    const { type } = findAccessEntry(cluster, principalArn);
    if (type !== "STANDARD") {
      throw invalidRequest(`An access entry of type ${type} cannot be updated`, { clusterName });
    }
    const { username, kubernetesGroups } = input;
    requireEntryShape({ ...(username !== "" && { username }), kubernetesGroups }, { clusterName });
  },
  execute({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    const entry = findAccessEntry(cluster, input.principalArn);
    entry.modifiedAt = now;
    if (input.kubernetesGroups !== undefined) entry.kubernetesGroups = input.kubernetesGroups;
    if (input.username === "") entry.username = defaultUsername(entry.type, entry.principalArn, place);
    else if (input.username !== undefined) entry.username = input.username;
    return { accessEntry: accessEntryView(cluster, entry) };
  },
});

export const deleteAccessEntry = defineOperation<EntryName>({
  mutates: true,
  check({ state, place, now }, { clusterName, principalArn }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireAccessEntryMode(cluster, now);
    findAccessEntry(cluster, principalArn);
  },
  execute({ state, place, now }, { clusterName, principalArn }) {
    state.findCluster(place, clusterName, now).accessEntries.delete(principalArn);
    return {};
  },
});
