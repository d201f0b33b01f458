import { LaunchTemplate, type LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import { resourceName } from "../../core/naming";
import { POOL_TAG } from "../../core/tags";
import type { ICluster } from "../cluster";
import { defineEfa } from "./efa";
import type { PoolSettings } from "./pool-settings";
import { userData } from "./user-data";

/** EC2 allows 128 characters; the provider appends a hyphen and 26 of its own to make the name unique. */
const LONGEST_PREFIX = 98;
const TAGGED_RESOURCES = ["instance", "volume", "network-interface"] as const;

/** How the instances of a pool start: metadata with a token only and out of the reach of pods, disks encrypted, all tagged. */
export function defineLaunchTemplate(scope: Construct, cluster: ICluster, settings: PoolSettings): LaunchTemplate {
  const { project, stage } = cluster.identity;
  const { poolName, ownImage } = settings;
  const name = resourceName([project, stage, poolName], { max: LONGEST_PREFIX });
  return new LaunchTemplate(scope, "LaunchTemplate", {
    namePrefix: `${name}-`,
    description: `Nodes of pool ${poolName} of ${project}/${stage}`,
    updateDefaultVersion: true,
    imageId: ownImage?.imageId,
    userData: userData(cluster, settings),
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: renderDisks(settings),
    ...renderNetwork(scope, cluster, settings),
    ...renderCapacity(settings),
    tagSpecifications: TAGGED_RESOURCES.map((resourceType) => ({
      resourceType,
      tags: { Name: name, ...settings.instanceTags, [POOL_TAG]: poolName },
    })),
  });
}

/** Bottlerocket keeps its system on a small disk of its own, whose size its image knows, and images and pods on a second. */
function renderDisks(settings: PoolSettings): LaunchTemplateBlockDeviceMappings[] {
  const { operatingSystem, diskGiB, diskKey, imageVolume } = settings;
  const encrypted = { encrypted: "true", kmsKeyId: diskKey?.keyArn, volumeType: "gp3", deleteOnTermination: "true" };
  const bottlerocket = operatingSystem === "bottlerocket";
  const images = imageVolume && {
    ...encrypted,
    snapshotId: imageVolume.snapshotId,
    volumeSize: imageVolume.sizeGiB ?? (bottlerocket ? diskGiB : undefined),
    volumeInitializationRate: imageVolume.initializationRateMiBps,
  };
  const data = { ...encrypted, volumeSize: diskGiB };
  const root = { deviceName: "/dev/xvda", ebs: bottlerocket ? encrypted : data };
  const second = images ?? (bottlerocket ? data : undefined);
  return second ? [root, { deviceName: "/dev/xvdb", ebs: second }] : [root];
}

/** EKS adds the cluster's group by itself only as long as the template names none. */
function renderNetwork(scope: Construct, cluster: ICluster, settings: PoolSettings): object {
  const further = settings.securityGroups.map((group) => group.securityGroupId);
  const groups = [cluster.connections.primaryGroupId, ...further];
  const efa = defineEfa(scope, cluster, settings, groups);
  if (efa === undefined) return further.length > 0 ? { vpcSecurityGroupIds: groups } : {};
  const { networkInterfaces, placementGroupName: groupName } = efa;
  return { networkInterfaces, ...(groupName !== undefined && { placement: { groupName } }) };
}

/** A block's type stands here, not on the node group; EKS asks for it so. */
function renderCapacity({ capacity, capacityTarget, instanceTypes }: PoolSettings): object {
  if (capacityTarget === undefined) return {};
  const { reservationId, resourceGroupArn } = capacityTarget;
  return {
    capacityReservationSpecification: {
      capacityReservationTarget: {
        capacityReservationId: reservationId,
        capacityReservationResourceGroupArn: resourceGroupArn,
      },
    },
    ...(capacity === "capacity-block" && {
      instanceType: instanceTypes[0],
      instanceMarketOptions: { marketType: "capacity-block" },
    }),
  };
}
