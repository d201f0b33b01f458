import { PropChecks } from "../../../constructs/core/prop-checks";
import type { ObjectLifecycle } from "../../../constructs/storage/object-lifecycle";
import { lifecycleRules, validateLifecycle } from "../../../constructs/storage/object-lifecycle";
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
});

describe("validateLifecycle", () => {
  test.each<ObjectLifecycle>([
    {},
    { noncurrentRetentionDays: 1, infrequentAccessAfterDays: 30, expireAfterDays: 31 },
    { intelligentTieringAfterDays: 0, expireAfterDays: 1 },
    { expireAfterDays: 1 },
  ])("takes the least of everything: %p", (lifecycle) => {
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
  ])("refuses %p", (lifecycle, message) => {
    expect(failure(() => check(lifecycle)).message).toBe(message);
  });
});
