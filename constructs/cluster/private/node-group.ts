import { EksNodeGroup, type EksNodeGroupConfig, type EksNodeGroupTaint } from "@cdktf/provider-aws/lib/eks-node-group";
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { amiTypeFor, findInstanceType } from "../../../catalog";
import type { ICluster } from "../cluster";
import type { Taint } from "../pool-options";
import { PoolSchedule } from "../pool-schedule";
import { defineLaunchTemplate } from "./launch-template";
import { defineNodeRole } from "./node-role";
import { least } from "./pool-facts";
import type { PoolSettings } from "./pool-settings";
import type { ServiceRole } from "./service-role";

/** A reservation's instances are on demand; it only says where they come from. */
const CAPACITY_TYPES = {
  "on-demand": "ON_DEMAND",
  spot: "SPOT",
  reservation: "ON_DEMAND",
  "capacity-block": "CAPACITY_BLOCK",
} as const;
const TAINT_EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** What a pool consists of. */
export interface NodeGroupParts {
  readonly group: EksNodeGroup;
  readonly nodeRole: ServiceRole;
}

/** Defines role, launch template, node group and schedule of a pool whose settings have been checked. */
export function defineNodeGroup(scope: Construct, cluster: ICluster, settings: PoolSettings): NodeGroupParts {
  const { poolName, offHours, minSize, desiredSize, maxSize } = settings;
  const { project, stage } = cluster.identity;
  const nodeRole = defineNodeRole(scope, cluster, {
    purpose: `node-${poolName}`,
    description: `Nodes of pool ${poolName} of ${project}/${stage}`,
    sessionManager: settings.sessionManager,
  });
  const template = defineLaunchTemplate(scope, cluster, settings);
  const { vpc } = cluster;

  const group = new EksNodeGroup(scope, "Resource", {
    clusterName: cluster.clusterName,
    nodeGroupNamePrefix: `${poolName}-`,
    nodeRoleArn: nodeRole.roleArn,
    subnetIds: settings.zones?.map((zone) => vpc.privateSubnetIdFor(zone)) ?? [...vpc.privateSubnetIds],
    ...renderImage(cluster, settings),
    capacityType: CAPACITY_TYPES[settings.capacity],
    instanceTypes: settings.capacity === "capacity-block" ? undefined : [...settings.instanceTypes],
    scalingConfig: { minSize, desiredSize, maxSize },
    launchTemplate: { id: template.id, version: template.getStringAttribute("latest_version") },
    updateConfig: { maxUnavailablePercentage: settings.maxUnavailablePercentage },
    nodeRepairConfig: { enabled: true },
    labels: { ...settings.labels },
    taint: settings.taints.length > 0 ? settings.taints.map(renderTaint) : undefined,
    tags: renderTags(settings),
    // Autoscaling and the schedule own the size; and with a new group first, a replacement takes no capacity away.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ignoredSizes(settings) },
    dependsOn: [...nodeRole.permissions, ...cluster.nodePrerequisites],
  });
  if (offHours !== undefined) {
    const pool = { poolName, nodeGroupName: group.nodeGroupName, nodeGroupArn: group.arn };
    new PoolSchedule(scope, "Schedule", { cluster, ...pool, minSize, desiredSize, offHours });
  }
  warnOfNarrowSpot(scope, settings);
  return { group, nodeRole };
}

/** With an own image the version is the image's, and EKS refuses to be told one. */
function renderImage(cluster: ICluster, settings: PoolSettings): Pick<EksNodeGroupConfig, "amiType" | "version"> {
  const { ownImage, accelerator, operatingSystem: os, instanceTypes } = settings;
  if (ownImage !== undefined) return {};
  const { arch } = findInstanceType(instanceTypes[0] ?? "");
  return { version: cluster.version, amiType: amiTypeFor({ arch, accelerator, os }) };
}

/**
 * What a node will have, for the cluster autoscaler to choose a pool that has no node yet. It reads these tags, like labels
 * and taints, from the node group (since 1.28, and patches down to 1.24), so that the Auto Scaling group needs none.
 *
 * @see https://github.com/kubernetes/autoscaler/pull/5596
 */
function renderTags({ resources, localStorage, diskGiB, instanceTypes }: PoolSettings): Record<string, string> {
  const scratch = localStorage === "raid0" ? `${least(instanceTypes, (type) => type.nvmeGB)}G` : `${diskGiB}Gi`;
  const all = { "ephemeral-storage": scratch, ...resources };
  return Object.fromEntries(
    Object.entries(all).map(([name, quantity]) => [`${RESOURCE_TAG}${name}`, String(quantity)]),
  );
}

const RESOURCE_TAG = "k8s.io/cluster-autoscaler/node-template/resources/";

function ignoredSizes({ offHours }: PoolSettings): string[] {
  const desired = "scaling_config[0].desired_size";
  return offHours === undefined ? [desired] : [desired, "scaling_config[0].min_size"];
}

function renderTaint({ key, value, effect }: Taint): EksNodeGroupTaint {
  return { key, value, effect: TAINT_EFFECTS[effect] };
}

/** Not an error: of some GPUs there is one type only. */
function warnOfNarrowSpot(scope: Construct, { capacity, instanceTypes, poolName }: PoolSettings): void {
  if (capacity !== "spot" || instanceTypes.length > 1) return;
  Annotations.of(scope).addWarning(
    `Spot pool "${poolName}" names one instance type (${instanceTypes[0]}): one shortage takes the whole pool. ` +
      "Name further types with the same GPU in `instanceTypes`.",
  );
}
