import { callRecord } from "../../../sandbox/gateway/aws-route";
import type { CallRecord } from "../../../sandbox/gateway/call-log";
import { internalCall, type InternalRequest } from "../../../sandbox/gateway/aws-port";
import { policyFromCalls } from "../../../sandbox/iam/policy-from-calls";

const caller = { account: "111111111111", principal: "atlas-dev-cluster", region: "eu-west-1" };
let ids = 0;
function record(
  request: Pick<InternalRequest, "service" | "method" | "url" | "headers" | "body">,
  given: Partial<CallRecord> = {},
): CallRecord {
  return { id: ++ids, ...callRecord(internalCall({ ...caller, ...request }), { status: 200, ms: 1 }), ...given };
}
const s3 = (method: string, url: string) => record({ service: "s3", method, url });
const form = (service: string, body: string) =>
  record({ service, method: "POST", url: "/", headers: ["content-type", "application/x-www-form-urlencoded"], body });
const json = (service: string, target: string, body: object) =>
  record({ service, method: "POST", url: "/", headers: ["x-amz-target", target], body: JSON.stringify(body) });
const eks = (action: string, method: string, url: string, body: object = {}) => {
  const call = {
    ...internalCall({ ...caller, service: "eks", method, url, body: JSON.stringify(body) }),
    action,
    mutates: method !== "GET",
  };
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
};
const statements = (...calls: CallRecord[]) =>
  policyFromCalls(calls).Statement.map(({ Action, Resource, Condition }) => ({
    Action,
    Resource,
    ...(Condition && { Condition }),
  }));

test("S3 operations become the actions that IAM knows, on the bucket or its objects", () => {
  expect(
    statements(
      s3("HEAD", "/b"),
      s3("GET", "/b?list-type=2"),
      s3("GET", "/b?lifecycle"),
      s3("PUT", "/b/env/x.tfstate"),
      s3("HEAD", "/b/env/x.tfstate"),
    ),
  ).toEqual([
    { Action: ["s3:GetLifecycleConfiguration", "s3:ListBucket"], Resource: ["arn:aws:s3:::b"] },
    { Action: ["s3:GetObject", "s3:PutObject"], Resource: ["arn:aws:s3:::b/env/x.tfstate"] },
  ]);
});

test("a bucket with a lock, its tiers, inventories and copies need the actions that IAM knows, and the role of the copies is passed to S3", () => {
  const roleArn = "arn:aws:iam::111111111111:role/atlas-dev-models-replication";
  const headers = ["x-amz-bucket-object-lock-enabled", "true"];
  const body = `<ReplicationConfiguration><Role>${roleArn}</Role></ReplicationConfiguration>`;
  expect(
    statements(
      record({ service: "s3", method: "PUT", url: "/models", headers }),
      s3("PUT", "/models?intelligent-tiering&id=archives"),
      s3("DELETE", "/models?inventory&id=everything"),
      record({ service: "s3", method: "PUT", url: "/models?replication", body }),
    ),
  ).toEqual([
    {
      Action: [
        "s3:CreateBucket",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketVersioning",
        "s3:PutIntelligentTieringConfiguration",
        "s3:PutInventoryConfiguration",
        "s3:PutReplicationConfiguration",
      ],
      Resource: ["arn:aws:s3:::models"],
    },
    {
      Action: ["iam:PassRole"],
      Resource: [roleArn],
      Condition: { StringEquals: { "iam:PassedToService": "s3.amazonaws.com" } },
    },
  ]);
});

test("EC2 reads need any resource, EC2 changes those of the account and region; tags at creation are an action of their own", () => {
  expect(
    statements(
      form("ec2", "Action=DescribeVpcs"),
      form("ec2", "Action=CreateVpc&TagSpecification.1.ResourceType=vpc"),
      form("ec2", "Action=DeleteVpc"),
    ),
  ).toEqual([
    { Action: ["ec2:DescribeVpcs"], Resource: ["*"] },
    {
      Action: ["ec2:CreateTags", "ec2:CreateVpc", "ec2:DeleteVpc"],
      Resource: ["arn:aws:ec2:eu-west-1:111111111111:*/*"],
    },
  ]);
});

test("roles, keys, aliases and log groups are named as far as they have names before the deploy", () => {
  expect(
    statements(
      form("iam", "Action=CreateRole&RoleName=atlas-dev-node&Tags.member.1.Key=a"),
      json("kms", "TrentService.CreateKey", {}),
      json("kms", "TrentService.CreateAlias", { AliasName: "alias/atlas-dev", TargetKeyId: "1-2-3" }),
      json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/aws/eks/atlas-dev/cluster", tags: { a: "b" } }),
    ),
  ).toEqual([
    { Action: ["iam:CreateRole", "iam:TagRole"], Resource: ["arn:aws:iam::111111111111:role/atlas-dev-node"] },
    { Action: ["kms:CreateKey"], Resource: ["*"] },
    {
      Action: ["kms:CreateAlias"],
      Resource: ["arn:aws:kms:eu-west-1:111111111111:alias/atlas-dev", "arn:aws:kms:eu-west-1:111111111111:key/*"],
    },
    {
      Action: ["logs:CreateLogGroup", "logs:TagResource"],
      Resource: [
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/atlas-dev/cluster",
        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/eks/atlas-dev/cluster:*",
      ],
    },
  ]);
});

test("queues and rules are named, by their addresses and ARNs too; tags at creation are actions of their own", () => {
  const queue = "arn:aws:sqs:eu-west-1:111111111111:atlas-dev-karpenter";
  const rule = "arn:aws:events:eu-west-1:111111111111:rule/atlas-dev-karpenter-rebalance";
  const sqs = (action: string, body: object) => json("sqs", `AmazonSQS.${action}`, body);
  const events = (action: string, body: object) => json("events", `AWSEvents.${action}`, body);
  expect(
    statements(
      sqs("CreateQueue", { QueueName: "atlas-dev-karpenter", tags: { a: "b" } }),
      sqs("SetQueueAttributes", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111111111111/atlas-dev-karpenter" }),
      events("PutRule", { Name: "atlas-dev-karpenter-rebalance", Tags: [{ Key: "a", Value: "b" }] }),
      events("PutTargets", { Rule: "atlas-dev-karpenter-rebalance", EventBusName: "default" }),
      events("ListTagsForResource", { ResourceARN: rule }),
    ),
  ).toEqual([
    {
      Action: ["events:ListTagsForResource", "events:PutRule", "events:PutTargets", "events:TagResource"],
      Resource: [rule],
    },
    { Action: ["sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:TagQueue"], Resource: [queue] },
  ]);
  expect(statements(events("DeleteRule", { Name: "nightly", EventBusName: "ml" }), sqs("ListQueues", {}))).toEqual([
    { Action: ["events:DeleteRule"], Resource: ["arn:aws:events:eu-west-1:111111111111:rule/ml/nightly"] },
    { Action: ["sqs:ListQueues"], Resource: ["*"] },
  ]);
  expect(statements(events("ListRules", {}))).toEqual([{ Action: ["events:ListRules"], Resource: ["*"] }]);
});

test("a role given to EKS must be passed to it, and to nobody else; EKS makes its own linked roles", () => {
  const roleArn = "arn:aws:iam::111111111111:role/atlas-dev-cluster";
  expect(statements(eks("CreateCluster", "POST", "/clusters", { name: "atlas-dev", roleArn }))).toEqual([
    { Action: ["eks:CreateCluster"], Resource: ["arn:aws:eks:eu-west-1:111111111111:cluster/atlas-dev"] },
    {
      Action: ["iam:PassRole"],
      Resource: [roleArn],
      Condition: { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } },
    },
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::111111111111:role/aws-service-role/eks.amazonaws.com/*"],
      Condition: { StringEquals: { "iam:AWSServiceName": "eks.amazonaws.com" } },
    },
  ]);
});

test.each([
  ["/clusters/c/node-groups/gpu", ["cluster/c", "nodegroup/c/*"]],
  ["/clusters/c/addons/vpc-cni", ["addon/c/vpc-cni/*", "cluster/c"]],
  ["/clusters/c/access-entries/arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx", ["access-entry/c/*", "cluster/c"]],
  ["/clusters/c/pod-identity-associations/a-1", ["cluster/c", "podidentityassociation/c/*"]],
  ["/tags/arn%3Aaws%3Aeks%3Aeu-west-1%3A111111111111%3Anodegroup%2Fc%2Fgpu%2Fid", ["nodegroup/c/*"]],
])("EKS resources of %s", (path, resources) => {
  const [statement] = statements(eks("Describe", "GET", path));
  expect(statement?.Resource).toEqual(resources.map((rest) => `arn:aws:eks:eu-west-1:111111111111:${rest}`));
});

test("an endpoint with private names puts a hosted zone on the VPC, one without does not", () => {
  const ec2 = "arn:aws:ec2:eu-west-1:111111111111:*/*";
  expect(
    statements(
      form("ec2", "Action=CreateVpcEndpoint&ServiceName=com.amazonaws.eu-west-1.sts&PrivateDnsEnabled=true"),
      form("ec2", "Action=CreateVpc"),
    ),
  ).toEqual([
    { Action: ["ec2:CreateVpc", "ec2:CreateVpcEndpoint"], Resource: [ec2] },
    {
      Action: ["route53:AssociateVPCWithHostedZone"],
      Resource: ["arn:aws:ec2:eu-west-1:111111111111:vpc/*", "arn:aws:route53:::hostedzone/*"],
    },
  ]);
  expect(statements(form("ec2", "Action=CreateVpcEndpoint&PrivateDnsEnabled=false"))).toEqual([
    { Action: ["ec2:CreateVpcEndpoint"], Resource: [ec2] },
  ]);
});

test("a flow log is given the role that writes it", () => {
  const role = "arn:aws:iam::111111111111:role/atlas-dev-vpc-flow-logs";
  expect(statements(form("ec2", `Action=CreateFlowLogs&DeliverLogsPermissionArn=${encodeURIComponent(role)}`))).toEqual(
    [
      { Action: ["ec2:CreateFlowLogs"], Resource: ["arn:aws:ec2:eu-west-1:111111111111:*/*"] },
      {
        Action: ["iam:PassRole"],
        Resource: [role],
        Condition: { StringEquals: { "iam:PassedToService": "vpc-flow-logs.amazonaws.com" } },
      },
    ],
  );
});

test("what services do among themselves and what needs no permission is left out", () => {
  const internal = record({ service: "ec2", method: "POST", url: "/?Action=CreateSecurityGroup" }, { internal: true });
  expect(policyFromCalls([internal, form("sts", "Action=GetCallerIdentity")])).toEqual({
    Version: "2012-10-17",
    Statement: [],
  });
});

test("each statement has a name of its own", () => {
  const policy = policyFromCalls([s3("HEAD", "/b"), s3("HEAD", "/b/k"), form("ec2", "Action=DescribeVpcs")]);
  expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(["Ec2", "S3", "S3Part2"]);
});
