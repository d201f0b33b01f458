import { LaunchTemplate, type LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import type { Construct } from "constructs";
import type { EnvironmentIdentity } from "../../core/naming";
import { resourceName } from "../../core/naming";
import type { PoolSettings } from "./pool-settings";

/** EC2 allows 128 characters; the provider appends a hyphen and 26 of its own to make the name unique. */
const LONGEST_PREFIX = 98;
const TAGGED_RESOURCES = ["instance", "volume", "network-interface"] as const;

/** How the instances of a pool start: metadata with a token only and out of the reach of pods, disks encrypted, all tagged. */
export function defineLaunchTemplate(
  scope: Construct,
  identity: EnvironmentIdentity,
  settings: PoolSettings,
): LaunchTemplate {
  const { project, stage } = identity;
  const name = resourceName([project, stage, settings.poolName], { max: LONGEST_PREFIX });
  return new LaunchTemplate(scope, "LaunchTemplate", {
    namePrefix: `${name}-`,
    description: `Nodes of pool ${settings.poolName} of ${project}/${stage}`,
    updateDefaultVersion: true,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: renderDisks(settings),
    tagSpecifications: TAGGED_RESOURCES.map((resourceType) => ({
      resourceType,
      tags: { Name: name, ...settings.instanceTags },
    })),
  });
}

/** Bottlerocket keeps its system on a small disk of its own, whose size its image knows, and images and pods on a second. */
function renderDisks({ operatingSystem, diskGiB, diskKey }: PoolSettings): LaunchTemplateBlockDeviceMappings[] {
  const encrypted = { encrypted: "true", kmsKeyId: diskKey?.keyArn, volumeType: "gp3", deleteOnTermination: "true" };
  const data = { ...encrypted, volumeSize: diskGiB };
  return operatingSystem === "bottlerocket"
    ? [
        { deviceName: "/dev/xvda", ebs: encrypted },
        { deviceName: "/dev/xvdb", ebs: data },
      ]
    : [{ deviceName: "/dev/xvda", ebs: data }];
}
