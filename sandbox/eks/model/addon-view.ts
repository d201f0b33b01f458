import { addonDetails } from "./addon-details";
import { toleratesTaints } from "./addon-tolerations";
import { epochSeconds, modifiedAt, phaseOf, valueAt } from "./lifecycle";
import { alive } from "./state";
import { DURATIONS } from "./timing";
import type { AddonRecord, ClusterRecord, NodegroupRecord } from "./types";

/** @returns the `Addon` of the API at `now` */
export function addonView(cluster: ClusterRecord, addon: AddonRecord, now: number): object {
  const config = valueAt(addon.life, now);
  const { status, issues } = healthOf(cluster, addon, now);
  const { configurationValues, serviceAccountRoleArn } = config;
  return {
    addonName: addon.name,
    clusterName: cluster.name,
    status,
    addonVersion: config.version,
    health: { issues },
    addonArn: addon.arn,
    createdAt: epochSeconds(addon.life.createdAt),
    modifiedAt: epochSeconds(modifiedAt(addon.life, now)),
    ...(serviceAccountRoleArn !== undefined && { serviceAccountRoleArn }),
    ...(configurationValues !== undefined && { configurationValues }),
    ...(config.podIdentityAssociations.length > 0 && { podIdentityAssociations: config.podIdentityAssociations }),
    tags: addon.tags,
    publisher: "eks",
    owner: "aws",
    namespaceConfig: { namespace: addon.namespace },
  };
}

/**
 * The status of an add-on. One that runs as a Deployment needs a node that takes its pods: until there is one it is
 * DEGRADED, and its creation fails when none comes.
 */
export function healthOf(
  cluster: ClusterRecord,
  addon: AddonRecord,
  now: number,
): { status: string; issues: object[] } {
  const phase = phaseOf(addon.life, now);
  const waits = addonDetails(addon.name).needsNodes && !hasSchedulableNodes(cluster, addon, now);
  if (phase !== "ACTIVE" || !waits) return { status: phase, issues: [] };
  const neverRan = cluster.firstNodesAt === undefined && now >= addon.life.createdAt + DURATIONS.addonReplicas;
  const issue = {
    code: "InsufficientNumberOfReplicas",
    message:
      "The add-on is unhealthy because it doesn't have the desired number of replicas: no node group has a node without taints that its pods do not tolerate.",
    resourceIds: [],
  };
  return { status: neverRan ? "CREATE_FAILED" : "DEGRADED", issues: [issue] };
}

function hasSchedulableNodes(cluster: ClusterRecord, addon: AddonRecord, now: number): boolean {
  return alive(cluster.nodegroups, now).some((nodegroup) => takesPodsOf(addon, nodegroup, now));
}

function takesPodsOf(addon: AddonRecord, nodegroup: NodegroupRecord, now: number): boolean {
  const phase = phaseOf(nodegroup.life, now);
  const { scaling, taints } = valueAt(nodegroup.life, now);
  const { configurationValues } = valueAt(addon.life, now);
  const tolerated = toleratesTaints(addon.name, configurationValues, taints);
  return (phase === "ACTIVE" || phase === "UPDATING") && scaling.desiredSize > 0 && tolerated;
}
