import type { ICluster } from "../../cluster/cluster";
import type { IKarpenterSupport } from "../../cluster/karpenter-support";
import { resourceName } from "../../core/naming";
import { POOL_TAG } from "../../core/tags";
import type { ManifestObject } from "../../kubernetes/manifest-object";
import type { KarpenterLimits } from "../karpenter-node-pool-options";
import { ACCELERATOR_RESOURCES, type KarpenterPoolKind, type KarpenterPoolSettings } from "./karpenter-settings";

/** Longest value of an EC2 tag. */
const LONGEST_TAG = 256;

/** How the instances of a pool start: metadata with a token only and out of the reach of pods, disks encrypted, all tagged. */
export function nodeClass(
  settings: KarpenterPoolSettings,
  cluster: ICluster,
  support: IKarpenterSupport,
): ManifestObject {
  const { options, operatingSystem, imageRelease } = settings;
  const { poolName, localStorage = "none", reservations = [], instanceTags } = options;
  const { project, stage } = cluster.identity;
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: poolName },
    spec: {
      amiSelectorTerms: [{ alias: `${operatingSystem}@${imageRelease}` }],
      role: support.nodeRoleName,
      subnetSelectorTerms: [{ tags: support.discoveryTags }],
      securityGroupSelectorTerms: [{ tags: support.discoveryTags }],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        httpPutResponseHopLimit: 1,
        httpTokens: "required",
      },
      blockDeviceMappings: disks(settings, cluster),
      ...(localStorage === "raid0" && { instanceStorePolicy: "RAID0" }),
      ...(reservations.length > 0 && {
        capacityReservationSelectorTerms: reservations.map(({ reservationId: id, tags }) =>
          id === undefined ? { tags } : { id },
        ),
      }),
      tags: {
        ...instanceTags,
        ...support.nodeTags,
        Name: resourceName([project, stage, poolName], { max: LONGEST_TAG }),
        [POOL_TAG]: poolName,
      },
    },
  };
}

/** Bottlerocket keeps its system on a small disk of its own, whose size its image knows, and images and pods on a second. */
function disks({ operatingSystem, diskGiB }: KarpenterPoolSettings, { diskKey }: ICluster): object[] {
  const ebs = (sizeGiB: number) => ({
    volumeSize: `${sizeGiB}Gi`,
    volumeType: "gp3",
    encrypted: true,
    deleteOnTermination: true,
    ...(diskKey !== undefined && { kmsKeyID: diskKey.keyArn }),
  });
  if (operatingSystem === "al2023") return [{ deviceName: "/dev/xvda", ebs: ebs(diskGiB) }];
  return [
    { deviceName: "/dev/xvda", ebs: ebs(BOTTLEROCKET_SYSTEM_GIB) },
    { deviceName: "/dev/xvdb", ebs: ebs(diskGiB) },
  ];
}

/** As large as Karpenter itself makes it; a node class must say a size. @see https://karpenter.sh/v1.14/concepts/nodeclasses/#specblockdevicemappings */
const BOTTLEROCKET_SYSTEM_GIB = 4;

/** Which nodes there may be, how many, and when they go. */
export function nodePool(settings: KarpenterPoolSettings): ManifestObject {
  const { options, kind, labels, taints, expireAfter, consolidation, budgets } = settings;
  const { poolName, terminationGracePeriod, weight, limits } = options;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: poolName },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: poolName },
          requirements: requirements(settings),
          ...(taints.length > 0 && { taints }),
          expireAfter,
          ...(terminationGracePeriod !== undefined && { terminationGracePeriod }),
        },
      },
      disruption: {
        consolidationPolicy: consolidation.policy,
        consolidateAfter: consolidation.after,
        budgets: budgets.map((budget) => ({ ...budget })),
      },
      limits: limitsOf(limits, kind),
      ...(weight !== undefined && { weight }),
    },
  };
}

function requirements({ options, types, capacity }: KarpenterPoolSettings): object[] {
  const isIn = (key: string, values: readonly string[]) => ({ key, operator: "In", values: [...values] });
  const architectures = [...new Set(types.map(({ arch }) => arch))];
  return [
    isIn("kubernetes.io/os", ["linux"]),
    isIn("kubernetes.io/arch", architectures),
    isIn(
      "node.kubernetes.io/instance-type",
      types.map(({ name }) => name),
    ),
    isIn("karpenter.sh/capacity-type", capacity),
    ...(options.zones === undefined ? [] : [isIn("topology.kubernetes.io/zone", options.zones)]),
  ];
}

function limitsOf({ cpus, memoryGiB, accelerators, nodes }: KarpenterLimits, kind: KarpenterPoolKind): object {
  return {
    ...(cpus !== undefined && { cpu: String(cpus) }),
    ...(memoryGiB !== undefined && { memory: `${memoryGiB}Gi` }),
    ...(accelerators !== undefined && kind !== "cpu" && { [ACCELERATOR_RESOURCES[kind]]: String(accelerators) }),
    ...(nodes !== undefined && { nodes: String(nodes) }),
  };
}
