import { S3BucketInventory } from "@cdktf/provider-aws/lib/s3-bucket-inventory";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import type { Construct } from "constructs";
import { partitionOf } from "../../core/partition";
import type { AccessLogOptions, InventoryOptions } from "../store-reports";

/** The bucket that is reported on. */
export interface ReportedBucket {
  /** Its name as a reference to the bucket. */
  readonly bucket: string;
  /** Its name as text: a reference in the policy of the log store would tie both stores to each other. */
  readonly bucketName: string;
  readonly account: string;
  readonly region: string;
  readonly locked: boolean;
}

/** What a list says of each object, beyond key, version and whether it is the latest. */
const INVENTORY_FIELDS = [
  "Size",
  "LastModifiedDate",
  "StorageClass",
  "IntelligentTieringAccessTier",
  "EncryptionStatus",
  "BucketKeyStatus",
  "ReplicationStatus",
];
const LOCK_FIELDS = ["ObjectLockMode", "ObjectLockRetainUntilDate"];

/** Server access logs, in folders by day of the request, so that queries read only the days they ask for. */
export function defineAccessLogs(scope: Construct, from: ReportedBucket, options: AccessLogOptions): void {
  const { store, prefix = "access/" } = options;
  store.allowServerAccessLogs({ bucketName: from.bucketName, account: from.account, prefix });
  new S3BucketLoggingA(scope, "AccessLogs", {
    bucket: from.bucket,
    targetBucket: store.bucketName,
    targetPrefix: prefix,
    targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
  });
}

/** S3 puts a slash of its own after the prefix. */
export function defineInventory(scope: Construct, from: ReportedBucket, options: InventoryOptions): void {
  const { store, frequency = "weekly", prefix = "inventory/" } = options;
  store.allowInventories({ bucketName: from.bucketName, account: from.account, prefix });
  new S3BucketInventory(scope, "Inventory", {
    bucket: from.bucket,
    name: "everything",
    includedObjectVersions: "All",
    schedule: { frequency: frequency === "daily" ? "Daily" : "Weekly" },
    optionalFields: from.locked ? [...INVENTORY_FIELDS, ...LOCK_FIELDS] : INVENTORY_FIELDS,
    destination: {
      bucket: {
        bucketArn: `arn:${partitionOf(from.region)}:s3:::${store.bucketName}`,
        accountId: from.account,
        format: "Parquet",
        prefix: prefix.slice(0, -1),
        encryption: { sseS3: {} },
      },
    },
  });
}
