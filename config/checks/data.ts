import { tryFindRegion } from "../../catalog";
import type { Draft, EnvironmentDraft, Finding } from "../draft";
import type { StoreConfig } from "../environment-config";
import { STORE_NAMES } from "../schema/primitives";
import type { ValuePath } from "../value-path";

const REPLICATION_REGION = ["data", "replicationRegion"] as const;

/** What S3 Intelligent-Tiering takes, in days. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html */
const ARCHIVE_DAYS = { archiveAfterDays: [90, 730], deepArchiveAfterDays: [180, 730] } as const;

/** A tenth. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html */
const LEAST_GROWTH = 10;

/** Object stores and the database: what expires must have had its time before, and copies go elsewhere. */
export function* checkData(draft: EnvironmentDraft): Generator<Finding> {
  for (const name of STORE_NAMES) {
    const store = draft.data?.stores?.[name];
    if (store !== undefined) yield* checkStore(["data", "stores", name], store);
  }
  yield* checkReplication(draft);
  yield* checkDatabase(draft);
}

function* checkStore(path: ValuePath, store: Draft<StoreConfig>): Generator<Finding> {
  const { infrequentAccessAfterDays: cold, expireAfterDays: end, intelligentTiering, objectLock } = store;
  const moves = {
    infrequentAccessAfterDays: cold,
    "intelligentTiering.archiveAfterDays": intelligentTiering?.archiveAfterDays,
    "intelligentTiering.deepArchiveAfterDays": intelligentTiering?.deepArchiveAfterDays,
  };
  for (const [setting, days] of Object.entries(moves)) {
    if (days === undefined || end === undefined || end > days) continue;
    yield { path: [...path, "expireAfterDays"], rule: `must be more than ${setting} (${days})`, got: end };
  }
  if (cold !== undefined && intelligentTiering !== undefined) {
    const rule = "must be left out where intelligentTiering is given: it moves objects by itself";
    yield { path: [...path, "infrequentAccessAfterDays"], rule, got: cold };
  }
  yield* checkArchive([...path, "intelligentTiering"], intelligentTiering ?? {});
  const [locked, kept] = [objectLock?.days, store.noncurrentRetentionDays];
  if (locked !== undefined && kept !== undefined && kept < locked) {
    const rule = `must be at least objectLock.days (${locked}): until then no version can be deleted`;
    yield { path: [...path, "noncurrentRetentionDays"], rule, got: kept };
  }
}

function* checkArchive(
  path: ValuePath,
  tiering: NonNullable<Draft<StoreConfig>["intelligentTiering"]>,
): Generator<Finding> {
  for (const key of ["archiveAfterDays", "deepArchiveAfterDays"] as const) {
    const [least, most] = ARCHIVE_DAYS[key];
    const days = tiering[key];
    if (days === undefined || (days >= least && days <= most)) continue;
    yield { path: [...path, key], rule: `must be ${least} to ${most}`, got: days };
  }
  const { archiveAfterDays: archive, deepArchiveAfterDays: deep } = tiering;
  if (archive === undefined || deep === undefined || deep > archive) return;
  yield { path: [...path, "deepArchiveAfterDays"], rule: `must be more than archiveAfterDays (${archive})`, got: deep };
}

function* checkReplication({ data, region }: EnvironmentDraft): Generator<Finding> {
  const target = data?.replicationRegion;
  const copied = STORE_NAMES.filter((name) => data?.stores?.[name]?.replicate === true);
  if (target === undefined) {
    for (const name of copied) {
      const rule = "must be false while data.replicationRegion is left out";
      yield { path: ["data", "stores", name, "replicate"], rule, got: true };
    }
    return;
  }
  const [partition, own] = [target, region].map((name) => name && tryFindRegion(name)?.partition);
  if (partition === undefined) {
    yield { path: REPLICATION_REGION, rule: "must be an AWS region", got: target, allowed: "for example eu-west-1" };
  }
  if (partition !== undefined && own !== undefined && partition !== own) {
    const rule = `must be a region of the partition that ${region} is in (${own}): S3 copies nothing to another`;
    yield { path: REPLICATION_REGION, rule, got: target };
  }
  if (target === region) {
    yield { path: REPLICATION_REGION, rule: "must be another region than the environment's own", got: target };
  }
  if (copied.length === 0) {
    const rule = "must be left out while no store has replicate: true";
    yield { path: REPLICATION_REGION, rule, got: target };
  }
}

function* checkDatabase({ data, protection }: EnvironmentDraft): Generator<Finding> {
  const { storageGiB: size, maxStorageGiB: most, finalSnapshot } = data?.database ?? {};
  if (size !== undefined && most !== undefined && most !== size && most < size + size / LEAST_GROWTH) {
    const rule = `must be storageGiB (${size}), for no growth, or at least a tenth more`;
    yield { path: ["data", "database", "maxStorageGiB"], rule, got: most };
  }
  if (protection?.deletion === true && finalSnapshot === false) {
    const rule = "must be true while protection.deletion is true";
    yield { path: ["data", "database", "finalSnapshot"], rule, got: false };
  }
}
