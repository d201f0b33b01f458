import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type {
  S3BucketReplicationConfigurationRule,
  S3BucketReplicationConfigurationRuleDestination,
} from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { PolicyStatement } from "../../core/grants";
import { policyDocument } from "../../core/policy-document";
import {
  REPLICATE_FROM_BUCKET_ACTIONS,
  REPLICATE_FROM_KEY_ACTIONS,
  REPLICATE_FROM_LOCKED_OBJECT_ACTIONS,
  REPLICATE_FROM_OBJECT_ACTIONS,
  REPLICATE_TO_KEY_ACTIONS,
  REPLICATE_TO_OBJECT_ACTIONS,
} from "../perms";
import type { ReplicationOptions } from "../replication";
import type { IObjectStore } from "../store";

/** What is copied, by whom. */
export interface ReplicationSource {
  readonly store: IObjectStore;
  readonly region: string;
  readonly locked: boolean;
  /** Name of the role that S3 copies as. */
  readonly roleName: string;
  readonly versioning: S3BucketVersioningA;
}

/** The minutes that S3 knows, for time control and its metrics. */
const MINUTES = 15;

/** The role that S3 copies as, and the one rule that copies everything. */
export function defineReplication(scope: Construct, source: ReplicationSource, options: ReplicationOptions): void {
  const role = new IamRole(scope, "ReplicationRole", {
    name: source.roleName,
    description: `S3 copies ${source.store.bucketName} to ${options.store.region}`,
    assumeRolePolicy: trustPolicy(),
    tags: { Name: source.roleName },
  });
  const policy = new IamRolePolicy(scope, "ReplicationPolicy", {
    name: "replication",
    role: role.name,
    policy: policyDocument([...readingStatements(source), ...writingStatements(options)]),
  });
  new S3BucketReplicationConfigurationA(scope, "Replication", {
    bucket: source.store.bucketName,
    role: role.arn,
    rule: [replicationRule(options)],
    dependsOn: [source.versioning, policy],
  });
}

/** AWS documents no condition for this trust; other accounts are kept out since nobody can pass a role of this one from there. */
function trustPolicy(): string {
  return policyDocument([
    { principals: { Service: ["s3.amazonaws.com"] }, actions: ["sts:AssumeRole"], resources: [] },
  ]);
}

function readingStatements({ store, region, locked }: ReplicationSource): PolicyStatement[] {
  const lockActions = locked ? REPLICATE_FROM_LOCKED_OBJECT_ACTIONS : [];
  return [
    { actions: REPLICATE_FROM_BUCKET_ACTIONS, resources: [store.bucketArn] },
    { actions: [...REPLICATE_FROM_OBJECT_ACTIONS, ...lockActions], resources: [`${store.bucketArn}/*`] },
    onKey(store, region, REPLICATE_FROM_KEY_ACTIONS),
  ];
}

function writingStatements({ store }: ReplicationOptions): PolicyStatement[] {
  return [
    { actions: REPLICATE_TO_OBJECT_ACTIONS, resources: [`${store.bucketArn}/*`] },
    onKey(store, store.region, REPLICATE_TO_KEY_ACTIONS),
  ];
}

/** S3 names the bucket to KMS where a bucket key is used, and the object where one was put without. */
function onKey(store: IObjectStore, region: string, actions: readonly string[]): PolicyStatement {
  const context = [store.bucketArn, `${store.bucketArn}/*`];
  return {
    actions,
    resources: [store.encryptionKey.keyArn],
    conditions: {
      StringEquals: {
        "kms:ViaService": `s3.${region}.${region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"}`,
      },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": context },
    },
  };
}

function replicationRule(options: ReplicationOptions): S3BucketReplicationConfigurationRule {
  const { deleteMarkers = false } = options;
  return {
    id: "everything",
    priority: 1,
    status: "Enabled",
    filter: {},
    deleteMarkerReplication: { status: deleteMarkers ? "Enabled" : "Disabled" },
    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
    destination: destinationOf(options),
  };
}

function destinationOf(options: ReplicationOptions): S3BucketReplicationConfigurationRuleDestination {
  const { store, timeControl = false, metrics = true } = options;
  const time = { minutes: MINUTES };
  return {
    bucket: store.bucketArn,
    encryptionConfiguration: { replicaKmsKeyId: store.encryptionKey.keyArn },
    replicationTime: timeControl ? { status: "Enabled", time } : undefined,
    metrics: metrics ? { status: "Enabled", eventThreshold: timeControl ? time : undefined } : undefined,
  };
}
