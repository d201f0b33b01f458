import { PropChecks } from "../../../constructs/core/prop-checks";
import type { ObjectLock } from "../../../constructs/storage/object-lock";
import { retentionUnder, validateObjectLock } from "../../../constructs/storage/object-lock";
import { failure } from "../../support/fixtures";

const check = (lock: ObjectLock | undefined, noncurrentRetentionDays?: number) => {
  const checks = new PropChecks(undefined, "INVALID");
  validateObjectLock(checks, lock, noncurrentRetentionDays);
  checks.throwIfAny();
};

describe("validateObjectLock", () => {
  test.each<[ObjectLock | undefined, number | undefined]>([
    [undefined, 1],
    [{ mode: "governance", days: 1 }, 1],
    [{ mode: "compliance", days: 36_500 }, undefined],
    [{ mode: "governance", days: 30 }, 31],
  ])("takes %p with older versions kept for %p days", (lock, days) => {
    expect(() => check(lock, days)).not.toThrow();
  });

  test.each<[ObjectLock, number | undefined, string]>([
    [
      { mode: "governance", days: 0 },
      undefined,
      "`objectLock.days` must be a whole number of days from 1 to 36500, got 0",
    ],
    [
      { mode: "governance", days: 36_501 },
      undefined,
      "`objectLock.days` must be a whole number of days from 1 to 36500, got 36501",
    ],
    [
      { mode: "governance", days: 1.5 },
      undefined,
      "`objectLock.days` must be a whole number of days from 1 to 36500, got 1.5",
    ],
    [
      { mode: "legal" as "governance", days: 1 },
      undefined,
      '`objectLock.mode` must be one of governance, compliance, got "legal"',
    ],
    [
      { mode: "compliance", days: 365 },
      364,
      "`noncurrentRetentionDays` must be at least `objectLock.days` (365), since no version can be deleted before, got 364",
    ],
  ])("refuses %p with older versions kept for %p days", (lock, days, message) => {
    expect(failure(() => check(lock, days)).message).toBe(message);
  });
});

test.each<[ObjectLock | undefined, number | undefined, number]>([
  [undefined, undefined, 30],
  [undefined, 7, 7],
  [{ mode: "governance", days: 7 }, undefined, 30],
  [{ mode: "governance", days: 365 }, undefined, 365],
  [{ mode: "governance", days: 365 }, 400, 400],
])("under %p and with %p chosen, older versions stay for %i days", (lock, chosen, days) => {
  expect(retentionUnder(lock, chosen)).toBe(days);
});
