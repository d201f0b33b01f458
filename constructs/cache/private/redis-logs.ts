import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ElasticacheReplicationGroupLogDeliveryConfiguration } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import type { Construct } from "constructs";
import type { IKey } from "../../encryption/key";
import type { RedisNames } from "./redis-names";

const LOGS = [
  { id: "SlowLog", logType: "slow-log" },
  { id: "EngineLog", logType: "engine-log" },
] as const;

/** Defines a log group for each log of the cache, and says how the logs get there. */
export function defineLogs(
  scope: Construct,
  names: RedisNames,
  encryptionKey: IKey,
  retentionInDays: number,
): ElasticacheReplicationGroupLogDeliveryConfiguration[] {
  return LOGS.map(({ id, logType }) => {
    const name = names.logGroup(logType);
    const group = new CloudwatchLogGroup(scope, id, {
      name,
      retentionInDays,
      kmsKeyId: encryptionKey.keyArn,
      tags: { Name: name },
    });
    return { logType, logFormat: "json", destinationType: "cloudwatch-logs", destination: group.name };
  });
}
