import { logGroupOwnKey } from "../../../../policy/rules/logs/log-group-own-key";
import { answersOf } from "../answers-of";

const answerTo = (key: unknown, data = {}) =>
  answersOf(
    logGroupOwnKey,
    { aws_kms_key: { logs: {} }, aws_cloudwatch_log_group: { app: { name: "app", kms_key_id: key } } },
    { data },
  );

test.each([
  ["the ARN of a key", "arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000000"],
  ["an alias", "alias/atlas-prod"],
  ["a reference to a key", "${aws_kms_key.logs.arn}"],
])("%s is a key of one's own", (_what, key) => {
  expect(answerTo(key)).toEqual(["pass"]);
});

test.each([
  ["an alias", "alias/aws/logs"],
  ["the ARN of an alias", "arn:aws:kms:us-east-1:111111111111:alias/aws/logs"],
  ["a template of one", "arn:aws:kms:us-east-1:${data.aws_caller_identity.me.account_id}:alias/aws/logs"],
])("a key of AWS, as %s, is none", (_what, key) => {
  expect(answerTo(key, { aws_caller_identity: { me: {} } })).toEqual([
    `fail: \`kms_key_id\` must be a key of the account's own, got one that AWS manages: ${key.startsWith("arn:aws:kms:us-east-1:$") ? key : JSON.stringify(key)}`,
  ]);
});

test("a key of AWS that was looked up is none", () => {
  const data = { aws_kms_alias: { aws: { name: "alias/aws/logs" } } };
  const [answer] = answerTo("${data.aws_kms_alias.aws.target_key_arn}", data);
  expect(answer).toMatch(/^fail: `kms_key_id` must be a key of the account's own/);
});

test.each([undefined, ""])("%j is no key", (key) => {
  expect(answerTo(key)).toEqual([`fail: \`kms_key_id\` must be set, got ${key === "" ? '""' : "nothing"}`]);
});

test("a variable may be null", () => {
  expect(answerTo("${var.key}")).toEqual([
    "unknown: `kms_key_id` must be set, and is known only after apply: ${var.key}",
  ]);
});
