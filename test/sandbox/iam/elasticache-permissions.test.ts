import { internalCall } from "../../../sandbox/gateway/aws-port";
import { callRecord } from "../../../sandbox/gateway/aws-route";
import { policyFromCalls } from "../../../sandbox/iam/policy-from-calls";

const caller = { account: "111111111111", principal: "atlas-dev-data", region: "eu-west-1" };
const headers = ["content-type", "application/x-www-form-urlencoded"];
let ids = 0;
const record = (service: string, action: string, params: Record<string, string>) => {
  const body = new URLSearchParams({ Action: action, ...params }).toString();
  const call = internalCall({ ...caller, service, method: "POST", url: "/", headers, body });
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
};
const json = (service: string, target: string, body: object) => {
  const call = internalCall({
    ...caller,
    service,
    method: "POST",
    url: "/",
    headers: ["x-amz-target", target],
    body: JSON.stringify(body),
  });
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
};
const allowed = (...calls: ReturnType<typeof record>[]) =>
  policyFromCalls(calls).Statement.map(({ Action, Resource }) => ({ Action, Resource }));
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111111111111:${rest}`;

test("a replication group needs itself and what it is made of, the key's grant, log delivery and its service's role", () => {
  const group = record("elasticache", "CreateReplicationGroup", {
    ReplicationGroupId: "features",
    CacheSubnetGroupName: "subnets",
    "UserGroupIds.member.1": "users",
    KmsKeyId: "arn:aws:kms:eu-west-1:111111111111:key/1",
    "Tags.Tag.1.Key": "Name",
    "LogDeliveryConfigurations.LogDeliveryConfigurationRequest.1.LogType": "slow-log",
  });

  expect(allowed(group)).toEqual([
    {
      Action: ["elasticache:AddTagsToResource", "elasticache:CreateReplicationGroup"],
      Resource: [arn("replicationgroup:features"), arn("subnetgroup:subnets"), arn("usergroup:users")],
    },
    { Action: ["kms:CreateGrant", "kms:DescribeKey"], Resource: ["arn:aws:kms:eu-west-1:111111111111:key/*"] },
    {
      Action: expect.arrayContaining(["logs:CreateLogDelivery", "logs:PutResourcePolicy"]) as unknown,
      Resource: ["*"],
    },
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::111111111111:role/aws-service-role/elasticache.amazonaws.com/*"],
    },
  ]);
});

test("users, groups and tags are named; a list of everything needs everything", () => {
  expect(
    allowed(
      record("elasticache", "CreateUserGroup", {
        UserGroupId: "users",
        "UserIds.member.1": "iam",
        "UserIds.member.2": "password",
      }),
      record("elasticache", "ListTagsForResource", { ResourceName: arn("user:iam") }),
      record("elasticache", "DescribeUsers", {}),
    ),
  ).toEqual([
    { Action: ["elasticache:DescribeUsers"], Resource: ["*"] },
    { Action: ["elasticache:ListTagsForResource"], Resource: [arn("user:iam")] },
    {
      Action: ["elasticache:CreateUserGroup"],
      Resource: [arn("user:iam"), arn("user:password"), arn("usergroup:users")],
    },
  ]);
});

describe("a stack needs what CloudFormation does for it in the caller's name", () => {
  const template = {
    Resources: {
      Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "a/b", KmsKeyId: "k" } },
      User: { Type: "AWS::ElastiCache::User", Properties: { UserId: "u" } },
    },
  };
  const stack = "arn:aws:cloudformation:eu-west-1:111111111111:stack/s/*";
  const secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-??????";

  test("to be created", () => {
    const create = record("cloudformation", "CreateStack", { StackName: "s", TemplateBody: JSON.stringify(template) });

    expect(allowed(create)).toEqual([
      { Action: ["cloudformation:CreateStack"], Resource: [stack] },
      {
        Action: ["elasticache:AddTagsToResource", "elasticache:CreateUser", "elasticache:DescribeUsers"],
        Resource: [arn("user:u")],
      },
      {
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: ["arn:aws:kms:eu-west-1:111111111111:key/*"],
      },
      { Action: ["secretsmanager:GetRandomPassword"], Resource: ["*"] },
      {
        Action: [
          "secretsmanager:CreateSecret",
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:TagResource",
        ],
        Resource: [secret],
      },
    ]);
  });

  test("to be deleted, when it does not say what it holds", () => {
    const id = "arn:aws:cloudformation:eu-west-1:111111111111:stack/s/1";

    expect(allowed(record("cloudformation", "DeleteStack", { StackName: id }))).toEqual([
      { Action: ["cloudformation:DeleteStack"], Resource: [id] },
      { Action: ["elasticache:DeleteUser", "elasticache:DescribeUsers"], Resource: [arn("user:*")] },
      {
        Action: ["secretsmanager:DeleteSecret", "secretsmanager:DescribeSecret"],
        Resource: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:*"],
      },
    ]);
  });

  test("not even to be readable", () => {
    expect(allowed(record("cloudformation", "CreateStack", { StackName: "s", TemplateBody: "Resources:" }))).toEqual([
      { Action: ["cloudformation:CreateStack"], Resource: [stack] },
    ]);
  });
});

test("secrets are named without the six characters that AWS adds", () => {
  const named = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:a/b-??????";

  expect(
    allowed(
      json("secretsmanager", "secretsmanager.CreateSecret", { Name: "a/b", Tags: [{ Key: "Name", Value: "a" }] }),
      json("secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "a/b" }),
      json("secretsmanager", "secretsmanager.DescribeSecret", { SecretId: named.replace("??????", "a1B2c3") }),
      json("secretsmanager", "secretsmanager.ListSecrets", {}),
    ),
  ).toEqual([
    { Action: ["secretsmanager:ListSecrets"], Resource: ["*"] },
    {
      Action: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:TagResource",
      ],
      Resource: [named],
    },
  ]);
});
