import { PropChecks } from "../../../constructs/core/prop-checks";
import type { ObjectLifecycle } from "../../../constructs/storage/object-lifecycle";
import { archiveTiers, lifecycleRules, validateLifecycle } from "../../../constructs/storage/object-lifecycle";
import { failure } from "../../support/fixtures";

const check = (lifecycle: ObjectLifecycle) => {
  const checks = new PropChecks(undefined, "INVALID");
  validateLifecycle(checks, lifecycle);
  checks.throwIfAny();
};

describe("lifecycleRules", () => {
  test("without choices, clean up what nobody sees and keep old versions for 30 days", () => {
    expect(lifecycleRules({})).toEqual([
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
      {
        id: "expire-noncurrent-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
      },
      {
        id: "remove-lone-delete-markers",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
    ]);
  });

  test("add one rule for each choice", () => {
    const rules = lifecycleRules({ noncurrentRetentionDays: 7, infrequentAccessAfterDays: 30, expireAfterDays: 31 });

    expect(rules.slice(1)).toMatchObject([
      { id: "expire-noncurrent-versions", noncurrentVersionExpiration: [{ noncurrentDays: 7 }] },
      { id: "remove-lone-delete-markers" },
      { id: "infrequent-access", transition: [{ days: 30, storageClass: "STANDARD_IA" }] },
      { id: "expire", expiration: [{ days: 31 }] },
    ]);
  });

  test("tier by use, at once where asked", () => {
    expect(lifecycleRules({ intelligentTieringAfterDays: 0 }).at(-1)).toMatchObject({
      id: "intelligent-tiering",
      transition: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }],
    });
  });

  test("tier by use at once where the tiers are chosen and the day is not", () => {
    const transition = (lifecycle: ObjectLifecycle) => lifecycleRules(lifecycle).at(-1)?.transition;

    expect(transition({ intelligentTiering: {} })).toEqual([{ days: 0, storageClass: "INTELLIGENT_TIERING" }]);
    expect(transition({ intelligentTiering: {}, intelligentTieringAfterDays: 14 })).toEqual([
      { days: 14, storageClass: "INTELLIGENT_TIERING" },
    ]);
  });
});

describe("archiveTiers", () => {
  test("name the archives asked for, and no others", () => {
    expect(archiveTiers({})).toEqual([]);
    expect(archiveTiers({ deepArchiveAfterDays: 180 })).toEqual([{ accessTier: "DEEP_ARCHIVE_ACCESS", days: 180 }]);
    expect(archiveTiers({ archiveAfterDays: 90, deepArchiveAfterDays: 365 })).toEqual([
      { accessTier: "ARCHIVE_ACCESS", days: 90 },
      { accessTier: "DEEP_ARCHIVE_ACCESS", days: 365 },
    ]);
  });
});

describe("validateLifecycle", () => {
  test.each<ObjectLifecycle>([
    {},
    { noncurrentRetentionDays: 1, infrequentAccessAfterDays: 30, expireAfterDays: 31 },
    { intelligentTieringAfterDays: 0, expireAfterDays: 1 },
    { expireAfterDays: 1 },
    { intelligentTiering: { archiveAfterDays: 90, deepArchiveAfterDays: 180 }, expireAfterDays: 181 },
    { intelligentTiering: { archiveAfterDays: 729, deepArchiveAfterDays: 730 } },
    { intelligentTiering: { deepArchiveAfterDays: 180 } },
  ])("takes both ends of everything: %p", (lifecycle) => {
    expect(() => check(lifecycle)).not.toThrow();
  });

  test.each<[ObjectLifecycle, string]>([
    [{ noncurrentRetentionDays: 0 }, "`noncurrentRetentionDays` must be a whole number of days, at least 1, got 0"],
    [{ noncurrentRetentionDays: 1.5 }, "`noncurrentRetentionDays` must be a whole number of days, at least 1, got 1.5"],
    [
      { intelligentTieringAfterDays: -1 },
      "`intelligentTieringAfterDays` must be a whole number of days, at least 0, got -1",
    ],
    [
      { infrequentAccessAfterDays: 29 },
      "`infrequentAccessAfterDays` must be a whole number of days, at least 30, got 29",
    ],
    [{ expireAfterDays: 0 }, "`expireAfterDays` must be a whole number of days, at least 1, got 0"],
    [
      { infrequentAccessAfterDays: 30, expireAfterDays: 30 },
      "`expireAfterDays` must be later than `infrequentAccessAfterDays` (30), got 30",
    ],
    [
      { intelligentTieringAfterDays: 5, expireAfterDays: 5 },
      "`expireAfterDays` must be later than `intelligentTieringAfterDays` (5), got 5",
    ],
    [
      { intelligentTieringAfterDays: 5, infrequentAccessAfterDays: 30 },
      "`infrequentAccessAfterDays` must be left out when `intelligentTieringAfterDays` is set: an object can go to one storage class only, got 30",
    ],
    [
      { intelligentTiering: {}, infrequentAccessAfterDays: 30 },
      "`infrequentAccessAfterDays` must be left out when `intelligentTiering` is set: an object can go to one storage class only, got 30",
    ],
    [
      { intelligentTiering: { archiveAfterDays: 89 } },
      "`intelligentTiering.archiveAfterDays` must be a whole number of days from 90 to 730, got 89",
    ],
    [
      { intelligentTiering: { archiveAfterDays: 731 } },
      "`intelligentTiering.archiveAfterDays` must be a whole number of days from 90 to 730, got 731",
    ],
    [
      { intelligentTiering: { deepArchiveAfterDays: 179 } },
      "`intelligentTiering.deepArchiveAfterDays` must be a whole number of days from 180 to 730, got 179",
    ],
    [
      { intelligentTiering: { deepArchiveAfterDays: 731 } },
      "`intelligentTiering.deepArchiveAfterDays` must be a whole number of days from 180 to 730, got 731",
    ],
    [
      { intelligentTiering: { archiveAfterDays: 200, deepArchiveAfterDays: 200 } },
      "`intelligentTiering.deepArchiveAfterDays` must be later than `intelligentTiering.archiveAfterDays` (200), got 200",
    ],
    [
      { intelligentTiering: { archiveAfterDays: 90 }, expireAfterDays: 90 },
      "`expireAfterDays` must be later than `intelligentTiering.archiveAfterDays` (90), got 90",
    ],
    [
      { intelligentTiering: { deepArchiveAfterDays: 180 }, expireAfterDays: 100 },
      "`expireAfterDays` must be later than `intelligentTiering.deepArchiveAfterDays` (180), got 100",
    ],
  ])("refuses %p", (lifecycle, message) => {
    expect(failure(() => check(lifecycle)).message).toBe(message);
  });
});
