import type { AwsCall } from "../aws/aws-call";

/** ARNs of what a KMS call is about. Key ids are AWS's to choose, so any key of the account and region is meant. */
export function kmsResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const arn = (rest: string) => `arn:aws:kms:${call.region}:${call.account}:${rest}`;
  const alias = get("AliasName");
  const key = get("KeyId") ?? get("TargetKeyId");
  const resources = alias === undefined ? [] : [arn(alias)];
  return key === undefined && alias === undefined ? [] : [...resources, arn("key/*")];
}

/** ARNs of what a CloudWatch Logs call is about: the group, and the group with its streams. */
export function logsResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const given = get("resourceArn") ?? get("logGroupName") ?? get("logGroupIdentifier");
  if (given === undefined) return [];
  const name = given.startsWith("arn:") ? given.split(":").slice(6, 7).join("") : given;
  const group = `arn:aws:logs:${call.region}:${call.account}:log-group:${name}`;
  return [group, `${group}:*`];
}
