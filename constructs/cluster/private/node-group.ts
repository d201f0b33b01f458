import { EksNodeGroup, type EksNodeGroupTaint } from "@cdktf/provider-aws/lib/eks-node-group";
import type { Construct } from "constructs";
import { type AmiAccelerator, amiTypeFor, findInstanceType } from "../../../catalog";
import type { ICluster } from "../cluster";
import type { Taint } from "../pool-options";
import { defineLaunchTemplate } from "./launch-template";
import { defineNodeRole } from "./node-role";
import type { PoolSettings } from "./pool-settings";
import type { ServiceRole } from "./service-role";

const CAPACITY_TYPES = { "on-demand": "ON_DEMAND", spot: "SPOT" } as const;
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

/** Defines role, launch template and node group of a pool whose settings have been checked. */
export function defineNodeGroup(
  scope: Construct,
  cluster: ICluster,
  settings: PoolSettings,
  accelerator: AmiAccelerator,
): NodeGroupParts {
  const nodeRole = defineNodeRole(scope, cluster, settings);
  const template = defineLaunchTemplate(scope, cluster.identity, settings);
  const { arch } = findInstanceType(settings.instanceTypes[0] ?? "");
  const { vpc } = cluster;

  const group = new EksNodeGroup(scope, "Resource", {
    clusterName: cluster.clusterName,
    version: cluster.version,
    nodeGroupNamePrefix: `${settings.poolName}-`,
    nodeRoleArn: nodeRole.roleArn,
    subnetIds: settings.zones?.map((zone) => vpc.privateSubnetIdFor(zone)) ?? [...vpc.privateSubnetIds],
    amiType: amiTypeFor({ arch, accelerator, os: settings.operatingSystem }),
    capacityType: CAPACITY_TYPES[settings.capacity],
    instanceTypes: [...settings.instanceTypes],
    scalingConfig: { minSize: settings.minSize, desiredSize: settings.desiredSize, maxSize: settings.maxSize },
    launchTemplate: { id: template.id, version: template.getStringAttribute("latest_version") },
    updateConfig: { maxUnavailablePercentage: settings.maxUnavailablePercentage },
    nodeRepairConfig: { enabled: true },
    labels: { ...settings.labels },
    taint: settings.taints.length > 0 ? settings.taints.map(renderTaint) : undefined,
    // Autoscaling owns the size; and with a new group first, a replacement takes no capacity away.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["scaling_config[0].desired_size"] },
    dependsOn: [...nodeRole.permissions, ...cluster.nodePrerequisites],
  });
  return { group, nodeRole };
}

function renderTaint({ key, value, effect }: Taint): EksNodeGroupTaint {
  return { key, value, effect: TAINT_EFFECTS[effect] };
}
