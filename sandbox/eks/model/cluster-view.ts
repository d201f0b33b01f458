import { epochSeconds, phaseOf, valueAt } from "./lifecycle";
import type { ClusterConfig, ClusterRecord } from "./types";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** @returns the `Cluster` of the API at `now` */
export function clusterView(cluster: ClusterRecord, now: number): object {
  const phase = phaseOf(cluster.life, now);
  const config = valueAt(cluster.life, now);
  const created = phase !== "CREATING";
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: epochSeconds(cluster.life.createdAt),
    version: config.version,
    ...(created && {
      endpoint: cluster.endpoint,
      certificateAuthority: { data: cluster.certificateAuthorityData },
      identity: { oidc: { issuer: cluster.issuer } },
    }),
    roleArn: cluster.roleArn,
    resourcesVpcConfig: vpcView(cluster, config),
    kubernetesNetworkConfig: {
      ...cluster.kubernetesNetwork,
      elasticLoadBalancing: { enabled: config.loadBalancing },
    },
    logging: loggingView(config.enabledLogTypes),
    status: phase,
    platformVersion: "eks.1",
    tags: cluster.tags,
    ...(config.encryptionConfig.length > 0 && { encryptionConfig: config.encryptionConfig }),
    health: { issues: [] },
    accessConfig: { authenticationMode: config.authenticationMode },
    upgradePolicy: { supportType: config.supportType },
    deletionProtection: config.deletionProtection,
    controlPlaneScalingConfig: { tier: config.controlPlaneTier },
    ...config.extras,
  };
}

function vpcView(cluster: ClusterRecord, config: ClusterConfig): object {
  return {
    subnetIds: config.subnetIds,
    securityGroupIds: config.securityGroupIds,
    clusterSecurityGroupId: cluster.clusterSecurityGroupId,
    vpcId: cluster.vpcId,
    endpointPublicAccess: config.endpointPublicAccess,
    endpointPrivateAccess: config.endpointPrivateAccess,
    publicAccessCidrs: config.publicAccessCidrs,
  };
}

function loggingView(enabled: readonly string[]): object {
  const groups = [
    { types: LOG_TYPES.filter((type) => enabled.includes(type)), enabled: true },
    { types: LOG_TYPES.filter((type) => !enabled.includes(type)), enabled: false },
  ];
  return { clusterLogging: groups.filter((group) => group.types.length > 0) };
}
