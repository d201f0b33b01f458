import { queuePolicyNotPublic } from "../../../../policy/rules/data/queue-policy-not-public";
import { answersOf } from "../answers-of";

const answerTo = (statement: object) =>
  answersOf(queuePolicyNotPublic, {
    aws_sqs_queue_policy: {
      jobs: {
        policy: JSON.stringify({
          Statement: [{ Sid: "In", Effect: "Allow", Action: "sqs:SendMessage", ...statement }],
        }),
      },
    },
  });
const OPEN = ["fail: `policy` must not let everyone in, got statement In that allows sqs:SendMessage"];

test.each([
  ["*", "*"],
  ["AWS *", { AWS: "*" }],
  ["AWS * among others", { AWS: ["arn:aws:iam::111111111111:root", "*"] }],
])("everyone, as %s", (_form, principal) => {
  expect(answerTo({ Principal: principal })).toEqual(OPEN);
});

test("everyone but some is everyone", () => {
  expect(answerTo({ NotPrincipal: { AWS: "arn:aws:iam::111111111111:root" } })).toEqual(OPEN);
});

test("denying everyone lets nobody in", () => {
  expect(answerTo({ Effect: "Deny", Principal: "*" })).toEqual(["pass"]);
});

test.each([
  ["an account", { StringEquals: { "AWS:SourceAccount": "111111111111" } }],
  ["an organisation", { StringEquals: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5"] } }],
  ["a range of addresses", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }],
  ["a topic of an account", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:111111111111:*" } }],
  ["a bucket, whose ARN has no account", { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::atlas-prod-models" } }],
  ["one of several keys", { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/*"] } }],
])("a condition on %s leaves known callers", (_what, condition) => {
  expect(answerTo({ Principal: "*", Condition: condition })).toEqual(["pass"]);
});

test.each([
  ["no caller", { Bool: { "aws:SecureTransport": "true" } }],
  ["all addresses", { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"] } }],
  ["any account", { StringLike: { "aws:SourceAccount": "*" } }],
  ["any topic of any account", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }],
  ["an account, if there is one", { StringEqualsIfExists: { "aws:SourceAccount": "111111111111" } }],
  ["all but an account", { StringNotEquals: { "aws:SourceAccount": "111111111111" } }],
  ["all of possibly no keys", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }],
])("a condition on %s leaves everyone", (_what, condition) => {
  expect(answerTo({ Principal: "*", Condition: condition })).toEqual(OPEN);
});

test("a statement that allows all but some actions says so", () => {
  expect(answerTo({ Sid: undefined, Principal: "*", Action: undefined, NotAction: "sqs:DeleteQueue" })).toEqual([
    "fail: `policy` must not let everyone in, got a statement that allows all but sqs:DeleteQueue",
  ]);
});

test("every open statement is a finding of its own", () => {
  const statement = { Effect: "Allow", Principal: "*" };
  const policy = JSON.stringify({
    Statement: [
      { ...statement, Sid: "Send", Action: "sqs:SendMessage" },
      { ...statement, Sid: "Take", Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"] },
    ],
  });
  expect(answersOf(queuePolicyNotPublic, { aws_sqs_queue_policy: { jobs: { policy } } })).toEqual([
    "fail: `policy` must not let everyone in, got statement Send that allows sqs:SendMessage",
    "fail: `policy` must not let everyone in, got statement Take that allows sqs:ReceiveMessage, sqs:DeleteMessage",
  ]);
});

test("a policy in a data source is read", () => {
  const data = {
    aws_iam_policy_document: {
      jobs: {
        statement: [{ sid: "In", actions: ["sqs:SendMessage"], principals: [{ type: "*", identifiers: ["*"] }] }],
      },
    },
  };
  const policy = "${data.aws_iam_policy_document.jobs.json}";
  expect(answersOf(queuePolicyNotPublic, { aws_sqs_queue_policy: { jobs: { policy } } }, { data })).toEqual(OPEN);
});

test("a queue without a policy of its own is not asked", () => {
  expect(answersOf(queuePolicyNotPublic, { aws_sqs_queue: { jobs: { name: "atlas-prod-jobs" } } })).toEqual([
    "not applicable",
  ]);
});
