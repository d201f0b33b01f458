import type { AwsCall } from "../aws/aws-call";

/** Kinds in ARNs, by the parameter that names one. */
const NAMING: readonly (readonly [parameter: string, kind: string])[] = [
  ["ReplicationGroupId", "replicationgroup"],
  ["CacheClusterId", "cluster"],
  ["UserId", "user"],
  ["UserGroupId", "usergroup"],
  ["CacheSubnetGroupName", "subnetgroup"],
  ["CacheParameterGroupName", "parametergroup"],
  ["SnapshotName", "snapshot"],
  ["FinalSnapshotIdentifier", "snapshot"],
  ["UserGroupIds.member.1", "usergroup"],
  ["UserGroupIdsToAdd.member.1", "usergroup"],
  ["UserGroupIdsToRemove.member.1", "usergroup"],
];
const USERS = /^UserIds(ToAdd|ToRemove)?\.member\.\d+$/;
/** What AWS asks for when logs are to be delivered, on any resource. */
const LOG_DELIVERY = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** ARNs of what an ElastiCache call is about, the key of the data among them. */
export function elastiCacheResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const arn = (kind: string, id: string) => `arn:aws:elasticache:${call.region}:${call.account}:${kind}:${id}`;
  const tagged = get("ResourceName");
  const named = NAMING.flatMap(([parameter, kind]) => {
    const id = get(parameter);
    return id === undefined ? [] : [arn(kind, id)];
  });
  const form = new URLSearchParams(call.body.toString("utf8"));
  const users = [...form].filter(([name]) => USERS.test(name)).map(([, id]) => arn("user", id));
  // Key ids are AWS's to choose, so any key of the account and region is meant.
  const key = get("KmsKeyId") === undefined ? [] : [`arn:aws:kms:${call.region}:${call.account}:key/*`];
  return [...(tagged === undefined ? named : [tagged]), ...users, ...key];
}

/** Actions of other services that AWS checks: for the key, and for logs that go to CloudWatch. */
export function elastiCacheDependencies({ body }: AwsCall, get: (name: string) => string | undefined): string[] {
  const form = new URLSearchParams(body.toString("utf8"));
  const logs = [...form.keys()].some((name) => name.startsWith("LogDeliveryConfigurations."));
  const key = get("KmsKeyId") === undefined ? [] : ["kms:CreateGrant", "kms:DescribeKey"];
  return [...key, ...(logs ? LOG_DELIVERY : [])];
}
