import { healthOf } from "./model/addon-view";
import { phaseOf, valueAt } from "./model/lifecycle";
import { alive, type EksState } from "./model/state";
import type { ScalingConfig, Taint } from "./model/types";

/** A cluster as other parts of the sandbox see it. */
export interface ClusterSnapshot {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly version: string;
  readonly endpoint: string;
  readonly issuer: string;
  readonly vpcId: string;
  readonly authenticationMode: string;
  readonly nodeGroups: readonly NodeGroupSnapshot[];
  readonly addons: readonly { readonly name: string; readonly version: string; readonly status: string }[];
  readonly accessEntries: readonly AccessEntrySnapshot[];
  readonly podIdentityAssociations: readonly PodIdentitySnapshot[];
}

/** A node group: what its nodes are, how many, and how they are marked. */
export interface NodeGroupSnapshot {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly amiType: string;
  readonly capacityType: string;
  readonly instanceTypes: readonly string[];
  readonly scaling: ScalingConfig;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly subnets: readonly string[];
  readonly nodeRole: string;
  /** Kubernetes version; absent with a custom image. */
  readonly version?: string;
}

/** Who may do what in a cluster. */
export interface AccessEntrySnapshot {
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly policies: readonly { readonly policyArn: string; readonly namespaces: readonly string[] }[];
}

/** Which role a service account has. */
export interface PodIdentitySnapshot {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/** Everything that exists, in all accounts and regions. */
export interface EksSnapshot {
  readonly clusters: readonly ClusterSnapshot[];
}

/** @returns plain data, by account, region and name */
export function takeSnapshot(state: EksState, now: number): EksSnapshot {
  return { clusters: state.allClusters(now).map((cluster) => clusterSnapshot(cluster, now)) };
}

function clusterSnapshot(cluster: ReturnType<EksState["allClusters"]>[number], now: number): ClusterSnapshot {
  const { account, region, name, arn, endpoint, issuer, vpcId } = cluster;
  const config = valueAt(cluster.life, now);
  return {
    ...{ account, region, name, arn, endpoint, issuer, vpcId },
    status: phaseOf(cluster.life, now),
    version: config.version,
    authenticationMode: config.authenticationMode,
    nodeGroups: alive(cluster.nodegroups, now).map((nodegroup) => {
      const { scaling, labels, taints, version } = valueAt(nodegroup.life, now);
      const { amiType, capacityType, effectiveInstanceTypes: instanceTypes, subnets, nodeRole } = nodegroup;
      return {
        ...{ name: nodegroup.name, arn: nodegroup.arn, status: phaseOf(nodegroup.life, now) },
        ...{ amiType, capacityType, instanceTypes, scaling, labels, taints, subnets, nodeRole },
        ...(version !== undefined && { version }),
      };
    }),
    addons: alive(cluster.addons, now).map((addon) => ({
      name: addon.name,
      version: valueAt(addon.life, now).version,
      status: healthOf(cluster, addon, now).status,
    })),
    accessEntries: [...cluster.accessEntries.values()].map(
      ({ principalArn, type, username, kubernetesGroups, policies }) => ({
        ...{ principalArn, type, username, kubernetesGroups },
        policies: [...policies.values()].map(({ policyArn, accessScope }) => ({
          policyArn,
          namespaces: accessScope.namespaces,
        })),
      }),
    ),
    podIdentityAssociations: [...cluster.podIdentities.values()].map(({ namespace, serviceAccount, roleArn }) => ({
      ...{ namespace, serviceAccount, roleArn },
    })),
  };
}
