import { imageNotPublic } from "../../../policy/rules/data/image-not-public";
import { queueEncrypted } from "../../../policy/rules/data/queue-encrypted";
import { tableRecovery } from "../../../policy/rules/data/table-recovery";
import { volumeEncrypted } from "../../../policy/rules/data/volume-encrypted";
import { answersOf } from "./answers-of";

test("a queue is encrypted unless that is switched off", () => {
  const queue = (values: object) => ({ aws_sqs_queue: { jobs: { ...values } } });
  expect(answersOf(queueEncrypted, queue({}))).toEqual(["pass"]);
  expect(answersOf(queueEncrypted, queue({ kms_master_key_id: "alias/aws/sqs" }))).toEqual(["pass"]);
  expect(answersOf(queueEncrypted, queue({ sqs_managed_sse_enabled: "false" }))).toEqual([
    'fail: `sqs_managed_sse_enabled` must not be false, got "false"',
  ]);
});

test("a plan that does not say which key of a queue is used is no fault", () => {
  expect(answersOf(queueEncrypted, { aws_sqs_queue: { jobs: { kms_master_key_id: "${var.key}" } } })).toEqual(["pass"]);
});

test("an account may encrypt every volume by default", () => {
  const volume = { aws_ebs_volume: { scratch: { size: 100 } } };
  expect(answersOf(volumeEncrypted, { ...volume, aws_ebs_encryption_by_default: { all: {} } })).toEqual(["pass"]);
  expect(answersOf(volumeEncrypted, { ...volume, aws_ebs_encryption_by_default: { all: { enabled: false } } })).toEqual(
    ["fail: `encrypted` must be true, got nothing"],
  );
});

test("snapshots stay closed to everyone", () => {
  const block = (state: string) => ({ aws_ebs_snapshot_block_public_access: { all: { state } } });
  expect(answersOf(imageNotPublic, block("block-all-sharing"))).toEqual(["pass"]);
  expect(answersOf(imageNotPublic, block("unblocked"))).toEqual([
    'fail: `state` must not be "unblocked", got "unblocked"',
  ]);
});

test("tables are asked in production only", () => {
  expect(answersOf(tableRecovery, { aws_dynamodb_table: { t: {} } }, { stage: "staging" })).toEqual(["not applicable"]);
});
