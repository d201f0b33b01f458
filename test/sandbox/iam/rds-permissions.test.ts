import { internalCall } from "../../../sandbox/gateway/aws-port";
import { callRecord } from "../../../sandbox/gateway/aws-route";
import { policyFromCalls } from "../../../sandbox/iam/policy-from-calls";

const caller = { account: "111111111111", principal: "atlas-dev-data", region: "eu-west-1", service: "rds" };
const headers = ["content-type", "application/x-www-form-urlencoded"];
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/1";
let ids = 0;
const record = (action: string, parameters: Record<string, string>) => {
  const body = new URLSearchParams({ Action: action, ...parameters }).toString();
  const call = internalCall({ ...caller, method: "POST", url: "/", headers, body });
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
};
const allowed = (...calls: ReturnType<typeof record>[]) =>
  policyFromCalls(calls).Statement.map(({ Action, Resource }) => ({ Action, Resource }));
const arn = (rest: string) => `arn:aws:rds:eu-west-1:111111111111:${rest}`;

test("an instance needs itself and what it is made of, its key, its secret, its roles", () => {
  const monitoringRole = "arn:aws:iam::111111111111:role/monitoring";
  const instance = record("CreateDBInstance", {
    DBInstanceIdentifier: "platform",
    DBParameterGroupName: "settings",
    DBSubnetGroupName: "subnets",
    ManageMasterUserPassword: "true",
    MasterUserSecretKmsKeyId: KEY,
    KmsKeyId: KEY,
    MonitoringRoleArn: monitoringRole,
    "Tags.Tag.1.Key": "Name",
  });

  expect(allowed(instance)).toEqual([
    {
      Action: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
      Resource: ["arn:aws:kms:eu-west-1:111111111111:key/*"],
    },
    {
      Action: ["rds:AddTagsToResource", "rds:CreateDBInstance"],
      Resource: [arn("db:platform"), arn("og:*"), arn("pg:settings"), arn("subgrp:subnets")],
    },
    {
      Action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      Resource: ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:rds!db-*"],
    },
    { Action: ["iam:PassRole"], Resource: [monitoringRole] },
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::111111111111:role/aws-service-role/rds.amazonaws.com/*"],
    },
  ]);
});

test.each([
  ["DescribeDBInstances", { "Filters.Filter.1.Name": "dbi-resource-id" }, ["db:*"]],
  ["DescribeDBInstances", { DBInstanceIdentifier: "platform" }, ["db:platform"]],
  ["ModifyDBParameterGroup", { DBParameterGroupName: "settings" }, ["pg:settings"]],
  ["DeleteDBSubnetGroup", { DBSubnetGroupName: "subnets" }, ["subgrp:subnets"]],
  ["ListTagsForResource", { ResourceName: arn("db:platform") }, ["db:platform"]],
])("%s %j is about %j", (action, parameters, resources) => {
  expect(allowed(record(action, parameters as Record<string, string>))).toEqual([
    { Action: [`rds:${action}`], Resource: resources.map(arn) },
  ]);
});

test("a deletion with a last snapshot makes one", () => {
  const deletion = { DBInstanceIdentifier: "platform", FinalDBSnapshotIdentifier: "platform-final" };

  expect(allowed(record("DeleteDBInstance", deletion))).toEqual([
    {
      Action: ["rds:AddTagsToResource", "rds:CreateDBSnapshot", "rds:DeleteDBInstance"],
      Resource: [arn("db:platform"), arn("snapshot:platform-final")],
    },
  ]);
});
