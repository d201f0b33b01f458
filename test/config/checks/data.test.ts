import { refusal, withChange } from "../environment-fixture";

describe("object stores and keys", () => {
  test.each([
    {
      behaviour: "refuses a key deletion window below what KMS allows",
      before: "",
      after: "data: {keyDeletionWindowDays: 6}\n",
      message: "dev.yaml:17 data.keyDeletionWindowDays: must be 7 to 30, the waiting period KMS allows, got 6",
    },
    {
      behaviour: "refuses a key deletion window above what KMS allows",
      before: "",
      after: "data: {keyDeletionWindowDays: 31}\n",
      message: "dev.yaml:17 data.keyDeletionWindowDays: must be 7 to 30, the waiting period KMS allows, got 31",
    },
    {
      behaviour: "refuses a move to infrequent access that S3 refuses",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 29}}}\n",
      message:
        "dev.yaml:17 data.stores.models.infrequentAccessAfterDays: must be at least 30: S3 moves no younger object to Standard-IA, got 29",
    },
    {
      behaviour: "refuses an expiry on the day of the move",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 40, expireAfterDays: 40}}}\n",
      message:
        "dev.yaml:17 data.stores.models.expireAfterDays: must be more than infrequentAccessAfterDays (40), got 40",
    },
    {
      behaviour: "refuses to keep old versions for no day",
      before: "",
      after: "data: {stores: {models: {noncurrentRetentionDays: 0}}}\n",
      message: "dev.yaml:17 data.stores.models.noncurrentRetentionDays: must be more than 0, got 0",
    },
    {
      behaviour: "refuses a store that does not exist and names the nearest",
      before: "",
      after: "data: {stores: {model: {}}}\n",
      message:
        'dev.yaml:17 data.stores.model: is not a known key (did you mean "models"?); allowed: datasets, artifacts, models, logs',
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts the shortest key deletion window", before: "", after: "data: {keyDeletionWindowDays: 7}\n" },
    { behaviour: "accepts the longest key deletion window", before: "", after: "data: {keyDeletionWindowDays: 30}\n" },
    {
      behaviour: "accepts an expiry one day after the move",
      before: "",
      after: "data: {stores: {models: {infrequentAccessAfterDays: 30, expireAfterDays: 31}}}\n",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});

describe("tiers, locks and copies of object stores", () => {
  const withModels = (settings: string, more = "") =>
    withChange("", `data: {${more}stores: {models: {${settings}}}}\n`);

  test.each([
    [
      "two ways of moving objects",
      "infrequentAccessAfterDays: 30, intelligentTiering: {}",
      "dev.yaml:17 data.stores.models.infrequentAccessAfterDays: must be left out where intelligentTiering is given: it moves objects by itself, got 30",
    ],
    [
      "an archive earlier than S3 has it",
      "intelligentTiering: {archiveAfterDays: 89}",
      "dev.yaml:17 data.stores.models.intelligentTiering.archiveAfterDays: must be 90 to 730, got 89",
    ],
    [
      "an archive later than S3 has it",
      "intelligentTiering: {deepArchiveAfterDays: 731}",
      "dev.yaml:17 data.stores.models.intelligentTiering.deepArchiveAfterDays: must be 180 to 730, got 731",
    ],
    [
      "a deep archive before the archive",
      "intelligentTiering: {archiveAfterDays: 200, deepArchiveAfterDays: 200}",
      "dev.yaml:17 data.stores.models.intelligentTiering.deepArchiveAfterDays: must be more than archiveAfterDays (200), got 200",
    ],
    [
      "an expiry on the day of the archive",
      "expireAfterDays: 90, intelligentTiering: {archiveAfterDays: 90}",
      "dev.yaml:17 data.stores.models.expireAfterDays: must be more than intelligentTiering.archiveAfterDays (90), got 90",
    ],
    [
      "an expiry before the deep archive",
      "expireAfterDays: 179, intelligentTiering: {archiveAfterDays: 90, deepArchiveAfterDays: 180}",
      "dev.yaml:17 data.stores.models.expireAfterDays: must be more than intelligentTiering.deepArchiveAfterDays (180), got 179",
    ],
    [
      "old versions that end before their lock",
      "objectLock: {mode: governance, days: 15}",
      "dev.yaml:17 data.stores.models.noncurrentRetentionDays: must be at least objectLock.days (15): until then no version can be deleted, got 14",
    ],
    [
      "a lock of a kind that does not exist",
      "objectLock: {mode: legal, days: 1}",
      'dev.yaml:17 data.stores.models.objectLock.mode: must be one of the allowed values, got "legal"; allowed: governance, compliance',
    ],
    [
      "copies without a place for them",
      "replicate: true",
      "dev.yaml:17 data.stores.models.replicate: must be false while data.replicationRegion is left out, got true",
    ],
  ])("refuses %s", (_what, settings, message) => {
    expect(refusal(withModels(settings))).toBe(message);
  });

  test.each([
    [
      "copies in the environment's own region",
      "us-east-1",
      'dev.yaml:17 data.replicationRegion: must be another region than the environment\'s own, got "us-east-1"',
    ],
    [
      "copies in another partition",
      "cn-north-1",
      'dev.yaml:17 data.replicationRegion: must be a region of the partition that us-east-1 is in (aws): S3 copies nothing to another, got "cn-north-1"',
    ],
    [
      "a region that does not exist",
      "eu-moon-1",
      'dev.yaml:17 data.replicationRegion: must be an AWS region, got "eu-moon-1"; allowed: for example eu-west-1',
    ],
  ])("refuses %s", (_what, region, message) => {
    expect(refusal(withModels("replicate: true", `replicationRegion: ${region}, `))).toBe(message);
  });

  test("refuses a region for copies that nothing has", () => {
    expect(refusal(withChange("", "data: {replicationRegion: us-west-2}\n"))).toBe(
      'dev.yaml:17 data.replicationRegion: must be left out while no store has replicate: true, got "us-west-2"',
    );
  });

  test.each([
    "intelligentTiering: {archiveAfterDays: 90, deepArchiveAfterDays: 180}",
    "intelligentTiering: {archiveAfterDays: 729, deepArchiveAfterDays: 730}",
    "objectLock: {mode: compliance, days: 14}",
    "expireAfterDays: 181, intelligentTiering: {archiveAfterDays: 90, deepArchiveAfterDays: 180}",
  ])("accepts %s", (settings) => {
    expect(refusal(withModels(settings))).toBe("");
  });

  test("refuses an archive later than the stage's own expiry, until the file switches that off", () => {
    const logs = (more: string) =>
      withChange("", `data: {stores: {logs: {intelligentTiering: {archiveAfterDays: 90}${more}}}}\n`);

    expect(refusal(logs(""))).toBe(
      "dev.yaml:17 data.stores.logs.expireAfterDays: must be more than intelligentTiering.archiveAfterDays (90), got 30",
    );
    expect(refusal(logs(", expireAfterDays: null"))).toBe("");
  });

  test("accepts copies in another region", () => {
    expect(refusal(withModels("replicate: true", "replicationRegion: us-west-2, "))).toBe("");
  });
});

describe("the database", () => {
  const withDatabase = (settings: string, more = "") => withChange("", `data: {database: {${settings}}}\n${more}`);

  test.each([
    [
      "a limit below what it starts with",
      "storageGiB: 50, maxStorageGiB: 49",
      "dev.yaml:17 data.database.maxStorageGiB: must be storageGiB (50), for no growth, or at least a tenth more, got 49",
    ],
    [
      "a limit too near to what it starts with",
      "storageGiB: 50, maxStorageGiB: 54",
      "dev.yaml:17 data.database.maxStorageGiB: must be storageGiB (50), for no growth, or at least a tenth more, got 54",
    ],
    [
      "less storage than RDS has",
      "storageGiB: 19",
      "dev.yaml:17 data.database.storageGiB: must be 20 to 65536, got 19",
    ],
    ["no backups", "backupRetentionDays: 0", "dev.yaml:17 data.database.backupRetentionDays: must be 1 to 35, got 0"],
    [
      "backups for longer than RDS keeps them",
      "backupRetentionDays: 36",
      "dev.yaml:17 data.database.backupRetentionDays: must be 1 to 35, got 36",
    ],
  ])("refuses %s", (_what, settings, message) => {
    expect(refusal(withDatabase(settings))).toBe(message);
  });

  test("refuses to protect an environment and throw its database away", () => {
    expect(refusal(withDatabase("finalSnapshot: false", "protection: {deletion: true}\n"))).toBe(
      "dev.yaml:17 data.database.finalSnapshot: must be true while protection.deletion is true, got false",
    );
  });

  test.each([
    "storageGiB: 20, maxStorageGiB: 20",
    "storageGiB: 50, maxStorageGiB: 55",
    "backupRetentionDays: 1",
    "backupRetentionDays: 35",
  ])("accepts %s", (settings) => {
    expect(refusal(withDatabase(settings))).toBe("");
  });
});
