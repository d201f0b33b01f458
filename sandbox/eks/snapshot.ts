import { healthOf } from "./model/addon-view";
import { phaseOf, valueAt, wantedOf } from "./model/lifecycle";
import { alive, type EksState } from "./model/state";
import type { ClusterSnapshot, EksSnapshot } from "./snapshot-types";

export type {
  AccessEntrySnapshot,
  AddonSnapshot,
  ClusterSnapshot,
  EksSnapshot,
  NodeGroupSnapshot,
  PodIdentitySnapshot,
} from "./snapshot-types";

/** @returns plain data, by account, region and name */
export function takeSnapshot(state: EksState, now: number): EksSnapshot {
  return { clusters: state.allClusters(now).map((cluster) => clusterSnapshot(cluster, now)) };
}

function clusterSnapshot(cluster: ReturnType<EksState["allClusters"]>[number], now: number): ClusterSnapshot {
  const { account, region, name, arn, endpoint, issuer, vpcId } = cluster;
  const { serviceIpv4Cidr: serviceCidr } = cluster.kubernetesNetwork;
  const config = valueAt(cluster.life, now);
  return {
    ...{ account, region, name, arn, endpoint, issuer, vpcId },
    status: phaseOf(cluster.life, now),
    version: config.version,
    ...(serviceCidr !== undefined && { serviceCidr }),
    authenticationMode: config.authenticationMode,
    nodeGroups: alive(cluster.nodegroups, now).map((nodegroup) => {
      const { scaling, labels, taints, version, releaseVersion, launchTemplate, updateConfig } = wantedOf(
        nodegroup.life,
      );
      const { amiType, capacityType, effectiveInstanceTypes: instanceTypes, subnets, nodeRole, diskSize } = nodegroup;
      return {
        ...{ name: nodegroup.name, arn: nodegroup.arn, status: phaseOf(nodegroup.life, now) },
        ...{ amiType, capacityType, instanceTypes, scaling, labels, taints, subnets, nodeRole },
        ...(version !== undefined && { version }),
        ...{ releaseVersion, updateConfig },
        ...(launchTemplate !== undefined && { launchTemplate }),
        ...(diskSize !== undefined && { diskSize }),
      };
    }),
    addons: alive(cluster.addons, now).map((addon) => {
      const { version, configurationValues: configuration } = wantedOf(addon.life);
      const { status } = healthOf(cluster, addon, now);
      return { name: addon.name, version, status, ...(configuration !== undefined && { configuration }) };
    }),
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
