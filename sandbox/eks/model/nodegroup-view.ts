import { epochSeconds, modifiedAt, phaseOf, valueAt } from "./lifecycle";
import type { ClusterRecord, NodegroupRecord } from "./types";

/** @returns the `Nodegroup` of the API at `now` */
export function nodegroupView(cluster: ClusterRecord, nodegroup: NodegroupRecord, now: number): object {
  const config = valueAt(nodegroup.life, now);
  const phase = phaseOf(nodegroup.life, now);
  const { diskSize, instanceTypes, remoteAccess, remoteAccessSecurityGroup } = nodegroup;
  const groups = { autoScalingGroups: [{ name: nodegroup.autoScalingGroup }] };
  return {
    nodegroupName: nodegroup.name,
    nodegroupArn: nodegroup.arn,
    clusterName: cluster.name,
    ...(config.version !== undefined && { version: config.version }),
    releaseVersion: config.releaseVersion,
    createdAt: epochSeconds(nodegroup.life.createdAt),
    modifiedAt: epochSeconds(modifiedAt(nodegroup.life, now)),
    status: phase,
    capacityType: nodegroup.capacityType,
    scalingConfig: config.scaling,
    ...(instanceTypes !== undefined && { instanceTypes }),
    subnets: nodegroup.subnets,
    ...(remoteAccess !== undefined && { remoteAccess }),
    amiType: nodegroup.amiType,
    nodeRole: nodegroup.nodeRole,
    labels: config.labels,
    ...(config.taints.length > 0 && { taints: config.taints }),
    ...(phase !== "CREATING" && {
      resources: remoteAccessSecurityGroup === undefined ? groups : { ...groups, remoteAccessSecurityGroup },
    }),
    ...(diskSize !== undefined && { diskSize }),
    health: { issues: [] },
    updateConfig: config.updateConfig,
    nodeRepairConfig: config.nodeRepairConfig,
    ...(config.warmPoolConfig !== undefined && { warmPoolConfig: config.warmPoolConfig }),
    ...(config.launchTemplate !== undefined && { launchTemplate: config.launchTemplate }),
    tags: nodegroup.tags,
  };
}
