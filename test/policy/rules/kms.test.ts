import { kmsDeletionWindow } from "../../../policy/rules/kms/kms-deletion-window";
import { kmsEnabled } from "../../../policy/rules/kms/kms-enabled";
import { kmsPolicyWritten } from "../../../policy/rules/kms/kms-policy-written";
import { kmsRotation } from "../../../policy/rules/kms/kms-rotation";
import { answersOf } from "./answers-of";

test.each([
  ["for signing", { key_usage: "SIGN_VERIFY", customer_master_key_spec: "RSA_2048" }],
  ["with two halves", { customer_master_key_spec: "RSA_4096" }],
  ["kept in a store of one's own", { custom_key_store_id: "cks-0a1b2c3d4e5f60718" }],
])("a key %s cannot be rotated", (_what, values) => {
  expect(answersOf(kmsRotation, { aws_kms_key: { data: values } })).toEqual(["not applicable"]);
});

test.each([
  ["a year", { rotation_period_in_days: 365 }, "pass"],
  ["less", { rotation_period_in_days: "90" }, "pass"],
  ["AWS's own", {}, "pass"],
  ["longer", { rotation_period_in_days: 366 }, "fail: `rotation_period_in_days` must be at most 365, got 366"],
  [
    "known after apply",
    { rotation_period_in_days: "${var.days}" },
    "unknown: `rotation_period_in_days` must be at most 365, and is known only after apply: ${var.days}",
  ],
])("a period of rotation may be a year at most: %s", (_what, values, answer) => {
  expect(answersOf(kmsRotation, { aws_kms_key: { data: { enable_key_rotation: true, ...values } } })).toEqual([answer]);
});

test("the period of a rotation that is off is not looked at", () => {
  const key = { aws_kms_key: { data: { enable_key_rotation: false, rotation_period_in_days: 2560 } } };
  expect(answersOf(kmsRotation, key)).toEqual(["fail: `enable_key_rotation` must be true, got false"]);
});

test("a replica is enabled by another argument than its primary", () => {
  expect(answersOf(kmsEnabled, { aws_kms_replica_key: { data: { enabled: false } } })).toEqual([
    "fail: `enabled` must not be false, got false",
  ]);
});

test("the window that AWS takes by itself is long enough everywhere", () => {
  expect(answersOf(kmsDeletionWindow, { aws_kms_key: { data: {} } })).toEqual(["pass"]);
});

test("the stage says how long the window must be", () => {
  const key = { aws_kms_key: { data: { deletion_window_in_days: 7 } } };
  expect(answersOf(kmsDeletionWindow, key, { stage: "dev" })).toEqual(["pass"]);
  expect(answersOf(kmsDeletionWindow, key)).toEqual(["fail: `deletion_window_in_days` must be at least 14, got 7"]);
});

test("a policy may be a resource of its own", () => {
  const policy = { aws_kms_key_policy: { data: { key_id: "${aws_kms_key.data.id}", policy: "{}" } } };
  expect(answersOf(kmsPolicyWritten, { aws_kms_key: { data: {} }, ...policy })).toEqual(["pass"]);
});
