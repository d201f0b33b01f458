import type { CacheState, LogDelivery, Member, NodeGroup, ReplicationGroup } from "./cache-state";
import { type AnswerFields, type AnswerList, listOf } from "./query-answer";

const SLOTS = 16_384;

/** A replication group as the API tells it: everything is done at once here, so it is always available. */
export function groupView(state: CacheState, group: ReplicationGroup): AnswerFields {
  const members = group.nodeGroups.flatMap((nodes) => nodes.members);
  return {
    ReplicationGroupId: group.id,
    Description: group.description,
    Status: "available",
    PendingModifiedValues: {},
    MemberClusters: listOf(
      members.map(({ id }) => id),
      "ClusterId",
    ),
    NodeGroups: listOf(
      group.nodeGroups.map((nodes, index) => nodeGroupView(state, group, nodes, index)),
      "NodeGroup",
    ),
    SnapshottingClusterId: group.snapshotRetentionLimit > 0 ? members.at(-1)?.id : undefined,
    AutomaticFailover: enabled(group.automaticFailover),
    MultiAZ: enabled(group.multiAz),
    ConfigurationEndpoint: group.clusterMode ? endpoint(state, group, "clustercfg") : undefined,
    SnapshotRetentionLimit: group.snapshotRetentionLimit,
    SnapshotWindow: group.snapshotWindow,
    ClusterEnabled: group.clusterMode,
    CacheNodeType: group.nodeType,
    AuthTokenEnabled: false,
    TransitEncryptionEnabled: group.transitEncryption,
    AtRestEncryptionEnabled: group.atRestEncryption,
    KmsKeyId: group.kmsKeyId,
    ARN: state.arn("replicationgroup", group.id),
    UserGroupIds: listOf(group.userGroupIds),
    LogDeliveryConfigurations: logDeliveryView(group.logDelivery),
    DataTiering: "disabled",
    AutoMinorVersionUpgrade: group.autoMinorVersionUpgrade,
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
    TransitEncryptionMode: group.transitEncryptionMode,
    ClusterMode: enabled(group.clusterMode),
    Engine: group.engine,
  };
}

/** A node as a cache cluster of its own. */
export function clusterView(
  state: CacheState,
  group: ReplicationGroup,
  member: Member,
  withNodes: boolean,
): AnswerFields {
  const node = {
    CacheNodeId: "0001",
    CacheNodeStatus: "available",
    Endpoint: endpoint(state, group, member.id),
    ParameterGroupStatus: "in-sync",
    CustomerAvailabilityZone: member.zone,
  };
  const securityGroups = group.securityGroupIds.map((id) => ({ SecurityGroupId: id, Status: "active" }));
  return {
    CacheClusterId: member.id,
    CacheNodeType: group.nodeType,
    Engine: group.engine,
    // AWS adds the patch it chose; which one that is it tells nobody beforehand.
    EngineVersion: `${group.engineVersion}.0`,
    CacheClusterStatus: "available",
    NumCacheNodes: 1,
    PreferredAvailabilityZone: member.zone,
    PreferredMaintenanceWindow: group.maintenanceWindow,
    PendingModifiedValues: {},
    NotificationConfiguration:
      group.notificationTopicArn === undefined
        ? undefined
        : { TopicArn: group.notificationTopicArn, TopicStatus: "active" },
    CacheSecurityGroups: listOf([]),
    CacheParameterGroup: { CacheParameterGroupName: group.parameterGroup, ParameterApplyStatus: "in-sync" },
    CacheSubnetGroupName: group.subnetGroup,
    CacheNodes: withNodes ? listOf([node], "CacheNode") : undefined,
    AutoMinorVersionUpgrade: group.autoMinorVersionUpgrade,
    SecurityGroups: listOf(securityGroups),
    ReplicationGroupId: group.id,
    SnapshotRetentionLimit: group.snapshotRetentionLimit,
    SnapshotWindow: group.snapshotWindow,
    AuthTokenEnabled: false,
    TransitEncryptionEnabled: group.transitEncryption,
    AtRestEncryptionEnabled: group.atRestEncryption,
    ARN: state.arn("cluster", member.id),
    ReplicationGroupLogDeliveryEnabled: group.logDelivery.length > 0,
    LogDeliveryConfigurations: logDeliveryView(group.logDelivery),
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
    TransitEncryptionMode: group.transitEncryptionMode,
  };
}

function nodeGroupView(state: CacheState, group: ReplicationGroup, nodes: NodeGroup, index: number): AnswerFields {
  const members = nodes.members.map((member, position) => ({
    CacheClusterId: member.id,
    CacheNodeId: "0001",
    ReadEndpoint: group.clusterMode ? undefined : endpoint(state, group, member.id),
    PreferredAvailabilityZone: member.zone,
    CurrentRole: group.clusterMode ? undefined : position === 0 ? "primary" : "replica",
  }));
  const count = group.nodeGroups.length;
  const slot = (position: number) => Math.floor((SLOTS * position) / count);
  return {
    NodeGroupId: nodes.id,
    Status: "available",
    PrimaryEndpoint: group.clusterMode ? undefined : endpoint(state, group, "master"),
    ReaderEndpoint: group.clusterMode ? undefined : endpoint(state, group, "replica"),
    Slots: group.clusterMode ? `${slot(index)}-${slot(index + 1) - 1}` : undefined,
    NodeGroupMembers: listOf(members, "NodeGroupMember"),
  };
}

/** Hosts as AWS names them where TLS is on: what it is, the group, a part of its own, the region in short. */
function endpoint({ region }: CacheState, { id, token, port }: ReplicationGroup, what: string): AnswerFields {
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return { Address: `${what}.${id}.${token}.${shortRegion(region)}.cache.${suffix}`, Port: port };
}

/** `euc1` of `eu-central-1`, `apse2` of `ap-southeast-2`. */
function shortRegion(region: string): string {
  const [area = "", direction = "", number = ""] = region.split(/-(?=[^-]+-\d$)|-(?=\d$)/);
  const letters = direction.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return `${area.replace("-", "")}${letters}${number}`;
}

function logDeliveryView(deliveries: readonly LogDelivery[]): AnswerList {
  const views = deliveries.map(({ logType, logFormat, destinationType, destination }) => ({
    LogType: logType,
    DestinationType: destinationType,
    DestinationDetails:
      destinationType === "cloudwatch-logs"
        ? { CloudWatchLogsDetails: { LogGroup: destination } }
        : { KinesisFirehoseDetails: { DeliveryStream: destination } },
    LogFormat: logFormat,
    Status: "active",
  }));
  return listOf(views, "LogDeliveryConfiguration");
}

function enabled(flag: boolean): string {
  return flag ? "enabled" : "disabled";
}
