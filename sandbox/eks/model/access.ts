import data from "./access-policies.json";
import { eksArn, partitionOf, tryParsePrincipalArn, type Place } from "./arns";
import type { IdFactory } from "./ids";
import { epochSeconds } from "./lifecycle";
import type { AccessEntryRecord, AssociatedPolicy, ClusterRecord, Tags } from "./types";

/** A policy that access entries can be given. */
export interface AccessPolicy {
  readonly name: string;
  readonly arn: string;
}

/** @returns the access policies of a region's partition, by name */
export function accessPolicies(region: string): AccessPolicy[] {
  return data.names.map((name) => ({
    name,
    arn: `arn:${partitionOf(region)}:eks::aws:cluster-access-policy/${name}`,
  }));
}

/** A new access entry. */
export interface NewAccessEntry {
  readonly principalArn: string;
  readonly type: string;
  readonly place: Place;
  readonly now: number;
  readonly ids: IdFactory;
  readonly username?: string;
  readonly kubernetesGroups?: readonly string[];
  readonly tags?: Tags;
  readonly ownedByNodegroups?: boolean;
}

/** Adds an access entry to a cluster. */
export function addAccessEntry(cluster: ClusterRecord, entry: NewAccessEntry): AccessEntryRecord {
  const { principalArn, type, place, now, ids } = entry;
  const principal = tryParsePrincipalArn(principalArn);
  const { kind = "role", account = place.account, name = principalArn } = principal ?? {};
  const record: AccessEntryRecord = {
    principalArn,
    arn: eksArn(place, `access-entry/${cluster.name}/${kind}/${account}/${name}/${ids.uuid()}`),
    type,
    createdAt: now,
    modifiedAt: now,
    username: entry.username ?? defaultUsername(type, principalArn, place),
    kubernetesGroups: entry.kubernetesGroups ?? (type === "EC2_LINUX" ? ["system:nodes"] : []),
    tags: entry.tags ?? {},
    ownedByNodegroups: entry.ownedByNodegroups ?? false,
    policies: new Map(),
  };
  cluster.accessEntries.set(principalArn, record);
  return record;
}

/** Adds an access entry with one policy for the whole cluster, as EKS does for the creator. */
export function grantAccess(
  cluster: ClusterRecord,
  grant: {
    readonly principalArn: string;
    readonly policyName: string;
    readonly place: Place;
    readonly now: number;
    readonly ids: IdFactory;
  },
): void {
  const { now, place } = grant;
  const record = addAccessEntry(cluster, { ...grant, type: "STANDARD" });
  const policyArn = `arn:${partitionOf(place.region)}:eks::aws:cluster-access-policy/${grant.policyName}`;
  record.policies.set(policyArn, {
    policyArn,
    accessScope: { type: "cluster", namespaces: [] },
    associatedAt: now,
    modifiedAt: now,
  });
}

/** @returns the user name that EKS gives a principal when none is asked for */
export function defaultUsername(type: string, principalArn: string, place: Place): string {
  if (type === "EC2_LINUX" || type === "EC2_WINDOWS" || type === "EC2" || type === "FARGATE_LINUX") {
    return "system:node:{{EC2PrivateDNSName}}";
  }
  const principal = tryParsePrincipalArn(principalArn);
  if (principal?.kind !== "role") return principalArn;
  return `arn:${partitionOf(place.region)}:sts::${principal.account}:assumed-role/${principal.name}/{{SessionName}}`;
}

/** @returns the `AccessEntry` of the API */
export function accessEntryView(cluster: ClusterRecord, entry: AccessEntryRecord): object {
  return {
    clusterName: cluster.name,
    principalArn: entry.principalArn,
    kubernetesGroups: entry.kubernetesGroups,
    accessEntryArn: entry.arn,
    createdAt: epochSeconds(entry.createdAt),
    modifiedAt: epochSeconds(entry.modifiedAt),
    tags: entry.tags,
    username: entry.username,
    type: entry.type,
  };
}

/** @returns the `AssociatedAccessPolicy` of the API */
export function associatedPolicyView(policy: AssociatedPolicy): object {
  return {
    policyArn: policy.policyArn,
    accessScope: policy.accessScope,
    associatedAt: epochSeconds(policy.associatedAt),
    modifiedAt: epochSeconds(policy.modifiedAt),
  };
}
