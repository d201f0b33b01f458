import { notFound } from "../errors";
import { accessPolicies, associatedPolicyView } from "../model/access";
import { findAccessEntry } from "../model/access-entry-lookup";
import type { AssociatedPolicy } from "../model/types";
import { requireAccessEntryMode, requireAssociation } from "../validation/access-rules";
import { defineOperation } from "./operation";
import { paginate, type PageInput } from "./paginate";

interface EntryName {
  readonly clusterName: string;
  readonly principalArn: string;
}

interface AssociateInput extends EntryName {
  readonly policyArn: string;
  readonly accessScope: { readonly type?: string; readonly namespaces?: readonly string[] };
}

export const listAccessPolicies = defineOperation<PageInput>({
  mutates: false,
  execute({ place }, input) {
    const { page, nextToken } = paginate(accessPolicies(place.region), input);
    return { accessPolicies: page, nextToken };
  },
});

export const associateAccessPolicy = defineOperation<AssociateInput>({
  mutates: true,
  check({ state, place, now }, input) {
    const cluster = state.findCluster(place, input.clusterName, now);
    requireAccessEntryMode(cluster, now);
    findAccessEntry(cluster, input.principalArn);
    requireAssociation(place, input, { clusterName: input.clusterName });
  },
  execute({ state, place, now }, { clusterName, principalArn, policyArn, accessScope }) {
    const entry = findAccessEntry(state.findCluster(place, clusterName, now), principalArn);
    const policy: AssociatedPolicy = {
      policyArn,
      accessScope: { type: accessScope.type ?? "cluster", namespaces: accessScope.namespaces ?? [] },
      associatedAt: entry.policies.get(policyArn)?.associatedAt ?? now,
      modifiedAt: now,
    };
    entry.policies.set(policyArn, policy);
    return { clusterName, principalArn, associatedAccessPolicy: associatedPolicyView(policy) };
  },
});

export const listAssociatedAccessPolicies = defineOperation<EntryName & PageInput>({
  mutates: false,
  execute({ state, place, now }, input) {
    const { clusterName, principalArn } = input;
    const cluster = state.findCluster(place, clusterName, now);
    requireAccessEntryMode(cluster, now);
    const { policies } = findAccessEntry(cluster, principalArn);
    const { page, nextToken } = paginate([...policies.values()].map(associatedPolicyView), input);
    return { clusterName, principalArn, associatedAccessPolicies: page, nextToken };
  },
});

export const disassociateAccessPolicy = defineOperation<EntryName & { policyArn: string }>({
  mutates: true,
  check({ state, place, now }, { clusterName, principalArn, policyArn }) {
    const cluster = state.findCluster(place, clusterName, now);
    requireAccessEntryMode(cluster, now);
    if (findAccessEntry(cluster, principalArn).policies.has(policyArn)) return;
    throw notFound(`The access policy ${policyArn} is not associated with ${principalArn}`, { clusterName });
  },
  execute({ state, place, now }, { clusterName, principalArn, policyArn }) {
    findAccessEntry(state.findCluster(place, clusterName, now), principalArn).policies.delete(policyArn);
    return {};
  },
});
