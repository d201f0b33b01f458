import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import type { IKey } from "../../encryption/key";
import type { DatabaseSettings } from "./database-settings";

/** A log that RDS can send to CloudWatch, and the construct id of its group. */
interface DatabaseLog {
  readonly type: string;
  readonly id: string;
}

const SERVER_LOGS: readonly DatabaseLog[] = [
  { type: "postgresql", id: "ServerLogs" },
  { type: "upgrade", id: "UpgradeLogs" },
];
const SIGN_IN_LOG: DatabaseLog = { type: "iam-db-auth-error", id: "SignInErrorLogs" };

/** What every log group of an instance starts with. RDS chooses the names. */
export function logGroupPrefix(instanceName: string): string {
  return `/aws/rds/instance/${instanceName}/`;
}

/** The types of log that a database sends. */
export function logTypes({ iamAuthentication }: DatabaseSettings): readonly string[] {
  return logsOf(iamAuthentication).map(({ type }) => type);
}

/** Defines a group for each log. RDS makes groups of its own, unencrypted and kept for ever, when it finds none. */
export function defineLogGroups(
  scope: Construct,
  instanceName: string,
  encryptionKey: IKey,
  { iamAuthentication, logRetentionDays }: DatabaseSettings,
): CloudwatchLogGroup[] {
  return logsOf(iamAuthentication).map(({ type, id }) => {
    const name = `${logGroupPrefix(instanceName)}${type}`;
    return new CloudwatchLogGroup(scope, id, {
      name,
      retentionInDays: logRetentionDays,
      kmsKeyId: encryptionKey.keyArn,
      tags: { Name: name },
    });
  });
}

function logsOf(iamAuthentication: boolean): readonly DatabaseLog[] {
  return iamAuthentication ? [...SERVER_LOGS, SIGN_IN_LOG] : SERVER_LOGS;
}
