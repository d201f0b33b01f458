import type { Rule } from "../../engine/rule";
import { nodeAsgLaunchTemplate } from "./node-asg-launch-template";
import { nodeAsgTags } from "./node-asg-tags";
import { nodeDisksEncrypted } from "./node-disks-encrypted";
import { nodeDisksOwnKey } from "./node-disks-own-key";
import { nodeGroupSize } from "./node-group-size";
import { nodeImageArchitecture } from "./node-image-architecture";
import { nodeImageMaintained } from "./node-image-maintained";
import { nodeImdsv2Required } from "./node-imdsv2-required";
import { nodeLaunchTemplate } from "./node-launch-template";
import { nodeMetadataHopLimit } from "./node-metadata-hop-limit";
import { nodeNoPublicIp } from "./node-no-public-ip";
import { nodeRepair } from "./node-repair";
import { nodeServingOnDemand } from "./node-serving-on-demand";
import { nodeSeveralZones } from "./node-several-zones";
import { nodeSshLimited } from "./node-ssh-limited";
import { nodeSystemOnDemand } from "./node-system-on-demand";
import { nodeUpdateInParts } from "./node-update-in-parts";
import { nodeUserDataWithoutKeys } from "./node-user-data-without-keys";
import { nodeVersionSkew } from "./node-version-skew";

/** Rules for the nodes of a cluster: node groups, launch templates, autoscaling groups. */
export const nodeRules: readonly Rule[] = [
  nodeImdsv2Required,
  nodeMetadataHopLimit,
  nodeNoPublicIp,
  nodeUserDataWithoutKeys,
  nodeDisksEncrypted,
  nodeDisksOwnKey,
  nodeSshLimited,
  nodeUpdateInParts,
  nodeSeveralZones,
  nodeLaunchTemplate,
  nodeVersionSkew,
  nodeRepair,
  nodeGroupSize,
  nodeSystemOnDemand,
  nodeServingOnDemand,
  nodeImageMaintained,
  nodeImageArchitecture,
  nodeAsgLaunchTemplate,
  nodeAsgTags,
];
