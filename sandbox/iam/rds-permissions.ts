import type { AwsCall } from "../aws/aws-call";

type Get = (name: string) => string | undefined;

/** Kinds in ARNs, by the parameter that names one. */
const NAMING: readonly (readonly [parameter: string, kind: string])[] = [
  ["DBInstanceIdentifier", "db"],
  ["NewDBInstanceIdentifier", "db"],
  ["DBParameterGroupName", "pg"],
  ["DBSubnetGroupName", "subgrp"],
  ["OptionGroupName", "og"],
  ["DBSnapshotIdentifier", "snapshot"],
  ["FinalDBSnapshotIdentifier", "snapshot"],
];
/** Parameters that hold a key. */
const KEYS = ["KmsKeyId", "PerformanceInsightsKMSKeyId", "MasterUserSecretKmsKeyId"];

/** ARNs of what an RDS call is about, keys and the secret of the master user among them. */
export function rdsResources(call: AwsCall, get: Get): string[] {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${call.region}:${call.account}:${rest}`;
  const tagged = get("ResourceName");
  if (tagged !== undefined) return [tagged];
  const named = NAMING.flatMap(([parameter, kind]) => {
    const id = get(parameter);
    return id === undefined ? [] : [arn("rds", `${kind}:${id}`)];
  });
  // An instance has an option group, RDS's own when none is named; one is searched by an id that is AWS's to choose.
  if (call.action === "CreateDBInstance") named.push(arn("rds", "og:*"));
  if (call.action === "DescribeDBInstances" && named.length === 0) named.push(arn("rds", "db:*"));
  return [
    ...named,
    ...(hasKey(get) ? [arn("kms", "key/*")] : []),
    ...(managesPassword(get) ? [arn("secretsmanager", "secret:rds!db-*")] : []),
  ];
}

/**
 * Actions that AWS checks besides the call's own.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function rdsDependencies({ action }: AwsCall, get: Get): string[] {
  const snapshot = action === "DeleteDBInstance" && get("FinalDBSnapshotIdentifier") !== undefined;
  const managed = managesPassword(get);
  return [
    ...(snapshot ? ["rds:AddTagsToResource", "rds:CreateDBSnapshot"] : []),
    ...(hasKey(get) ? ["kms:CreateGrant", "kms:DescribeKey"] : []),
    ...(managed ? ["secretsmanager:CreateSecret", "secretsmanager:TagResource"] : []),
    ...(managed && get("MasterUserSecretKmsKeyId") !== undefined ? ["kms:Decrypt", "kms:GenerateDataKey"] : []),
  ];
}

function hasKey(get: Get): boolean {
  return KEYS.some((parameter) => get(parameter) !== undefined);
}

function managesPassword(get: Get): boolean {
  return get("ManageMasterUserPassword") === "true";
}
