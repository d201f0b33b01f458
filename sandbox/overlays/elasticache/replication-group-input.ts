import { redisVersions, tryFindCacheNodeType, tryFindRedisVersion } from "../../../catalog";
import { AwsFault } from "./aws-fault";
import type { CacheState, LogDelivery, ParameterGroup, ReplicationGroupSettings } from "./cache-state";
import { requireSecurityGroups } from "./ec2-lookup";
import type { OperationContext } from "./operation";
import { findParameterGroup } from "./parameter-groups";
import type { QueryInput } from "./query-input";
import { findUserGroup } from "./user-groups";

/** What AWS chooses where the caller does not. */
export const UNSET: ReplicationGroupSettings = {
  description: "",
  engine: "redis",
  engineVersion: "",
  nodeType: "",
  automaticFailover: false,
  multiAz: false,
  parameterGroup: "",
  securityGroupIds: [],
  userGroupIds: [],
  logDelivery: [],
  maintenanceWindow: "sun:05:00-sun:06:00",
  snapshotWindow: "03:00-04:00",
  snapshotRetentionLimit: 0,
  autoMinorVersionUpgrade: true,
  transitEncryptionMode: undefined,
  notificationTopicArn: undefined,
};

/** The settings that a call gives, over those that are. */
export function settingsOf(input: QueryInput, current: ReplicationGroupSettings): ReplicationGroupSettings {
  const engine = (input.text("Engine") ?? current.engine).toLowerCase();
  return {
    description: input.text("ReplicationGroupDescription") ?? current.description,
    engine,
    engineVersion: input.text("EngineVersion") ?? (current.engineVersion || newestOf(engine)),
    nodeType: input.text("CacheNodeType") ?? current.nodeType,
    automaticFailover: input.flag("AutomaticFailoverEnabled") ?? current.automaticFailover,
    multiAz: input.flag("MultiAZEnabled") ?? current.multiAz,
    parameterGroup: (input.text("CacheParameterGroupName") ?? current.parameterGroup).toLowerCase(),
    securityGroupIds: input.list("SecurityGroupIds", "SecurityGroupId") ?? current.securityGroupIds,
    userGroupIds: userGroupIds(input, current.userGroupIds),
    logDelivery: logDelivery(input, current.logDelivery),
    maintenanceWindow: (input.text("PreferredMaintenanceWindow") ?? current.maintenanceWindow).toLowerCase(),
    snapshotWindow: input.text("SnapshotWindow") ?? current.snapshotWindow,
    snapshotRetentionLimit: input.number("SnapshotRetentionLimit") ?? current.snapshotRetentionLimit,
    autoMinorVersionUpgrade: input.flag("AutoMinorVersionUpgrade") ?? current.autoMinorVersionUpgrade,
    transitEncryptionMode: input.text("TransitEncryptionMode") ?? current.transitEncryptionMode,
    notificationTopicArn: input.text("NotificationTopicArn") ?? current.notificationTopicArn,
  };
}

/** Refuses settings that AWS would, and answers with the parameter group they name. */
export async function requireSettings(
  settings: ReplicationGroupSettings,
  transitEncryption: boolean,
  context: OperationContext,
): Promise<ParameterGroup> {
  const { state } = context;
  const { engine, engineVersion, nodeType, snapshotRetentionLimit } = settings;
  if (engine !== "valkey" && engine !== "redis") throw AwsFault.invalidValue(`Invalid engine ${engine}.`);
  const version = tryFindRedisVersion(engine, engineVersion);
  if (version === undefined) {
    throw AwsFault.invalidCombination(`Cannot find version ${engineVersion} for ${engine}`);
  }
  if (tryFindCacheNodeType(nodeType) === undefined) {
    throw AwsFault.invalidValue(`Invalid Cache Node Type: ${nodeType}.`);
  }
  if (snapshotRetentionLimit < 0 || snapshotRetentionLimit > 35) {
    throw AwsFault.invalidValue("SnapshotRetentionLimit must be between 0 and 35.");
  }
  if (settings.multiAz && !settings.automaticFailover) {
    throw AwsFault.invalidCombination("Must enable AutomaticFailover to use MultiAZ.");
  }
  requireUserGroups(state, settings, transitEncryption);
  await requireSecurityGroups(settings.securityGroupIds, context);
  const group = findParameterGroup(state, settings.parameterGroup || `default.${version.parameterGroupFamily}`);
  if (group.family === version.parameterGroupFamily) return group;
  const message = `Expected a parameter group of family ${version.parameterGroupFamily} but found one of family ${group.family}`;
  throw AwsFault.invalidCombination(message);
}

function requireUserGroups(
  state: CacheState,
  { userGroupIds: ids, engine }: ReplicationGroupSettings,
  transitEncryption: boolean,
): void {
  if (ids.length > 1) throw AwsFault.invalidValue("Only one user group can be associated with a replication group.");
  const groups = ids.map((id) => findUserGroup(state, id));
  if (groups.length > 0 && !transitEncryption) {
    throw AwsFault.invalidCombination("User group based access control requires encryption-in-transit to be enabled.");
  }
  const foreign = groups.find((group) => group.engine === "valkey" && engine !== "valkey");
  if (foreign === undefined) return;
  throw AwsFault.invalidCombination(`User group ${foreign.id} of engine valkey can't be used with engine ${engine}.`);
}

function newestOf(engine: string): string {
  return engine === "valkey" || engine === "redis" ? (redisVersions(engine)[0]?.version ?? "") : "";
}

function userGroupIds(input: QueryInput, current: readonly string[]): readonly string[] {
  const removed = input.list("UserGroupIdsToRemove") ?? [];
  const kept = (input.list("UserGroupIds") ?? current).filter((id) => !removed.includes(id));
  return [...kept, ...(input.list("UserGroupIdsToAdd") ?? [])];
}

/** A log type that is given replaces its delivery, or ends it with `Enabled=false`. */
function logDelivery(input: QueryInput, current: readonly LogDelivery[]): readonly LogDelivery[] {
  const requests = input.structures("LogDeliveryConfigurations", "LogDeliveryConfigurationRequest");
  const named = requests.map((request) => request.text("LogType"));
  const kept = current.filter(({ logType }) => !named.includes(logType));
  return [...kept, ...requests.filter((request) => request.flag("Enabled") !== false).map(toDelivery)];
}

function toDelivery(request: QueryInput): LogDelivery {
  const group = request.text("DestinationDetails.CloudWatchLogsDetails.LogGroup");
  return {
    logType: request.text("LogType") ?? "",
    logFormat: request.text("LogFormat") ?? "",
    destinationType: request.text("DestinationType") ?? "",
    destination: group ?? request.text("DestinationDetails.KinesisFirehoseDetails.DeliveryStream") ?? "",
  };
}
