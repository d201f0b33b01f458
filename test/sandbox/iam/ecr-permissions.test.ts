import { internalCall } from "../../../sandbox/gateway/aws-port";
import { callRecord } from "../../../sandbox/gateway/aws-route";
import { policyFromCalls } from "../../../sandbox/iam/policy-from-calls";

const caller = { account: "111111111111", principal: "atlas-dev-data", region: "eu-west-1", service: "ecr" };
let ids = 0;
const record = (action: string, input: object) => {
  const headers = ["x-amz-target", `AmazonEC2ContainerRegistry_V20150921.${action}`];
  const call = internalCall({ ...caller, method: "POST", url: "/", headers, body: JSON.stringify(input) });
  return { id: ++ids, ...callRecord(call, { status: 200, ms: 1 }) };
};
const allowed = (action: string, input: object) =>
  policyFromCalls([record(action, input)]).Statement.map(({ Action, Resource }) => ({ Action, Resource }));
const repository = (name: string) => `arn:aws:ecr:eu-west-1:111111111111:repository/${name}`;

test("a repository with a key needs itself and grants on the key", () => {
  const encryptionConfiguration = { encryptionType: "KMS", kmsKey: "arn:key" };
  const tags = [{ Key: "Name", Value: "a" }];

  expect(allowed("CreateRepository", { repositoryName: "a/b", encryptionConfiguration, tags })).toEqual([
    { Action: ["ecr:CreateRepository", "ecr:TagResource"], Resource: [repository("a/b")] },
    {
      Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
      Resource: ["arn:aws:kms:eu-west-1:111111111111:key/*"],
    },
  ]);
});

test.each([
  ["DescribeRepositories", { repositoryNames: ["a", "b"] }, [repository("a"), repository("b")]],
  ["PutLifecyclePolicy", { repositoryName: "a" }, [repository("a")]],
  ["ListTagsForResource", { resourceArn: repository("a") }, [repository("a")]],
  ["DescribePullThroughCacheRules", { ecrRepositoryPrefixes: ["a"] }, ["*"]],
  ["GetAuthorizationToken", {}, ["*"]],
])("%s %j is about %j", (action, input, resources) => {
  expect(allowed(action, input)).toEqual([{ Action: [`ecr:${action}`], Resource: resources }]);
});

test("a rule needs the role of its service", () => {
  expect(allowed("CreatePullThroughCacheRule", { ecrRepositoryPrefix: "quay" })).toEqual([
    { Action: ["ecr:CreatePullThroughCacheRule"], Resource: ["*"] },
    {
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::111111111111:role/aws-service-role/pullthroughcache.ecr.amazonaws.com/*"],
    },
  ]);
});

test("a template needs what will be done by it, and its role handed on", () => {
  const template = {
    prefix: "quay",
    lifecyclePolicy: "{}",
    repositoryPolicy: "{}",
    customRoleArn: "arn:aws:iam::1:role/r",
  };

  expect(allowed("CreateRepositoryCreationTemplate", template)).toEqual([
    { Action: ["ecr:CreateRepositoryCreationTemplate"], Resource: ["*"] },
    {
      Action: ["ecr:CreateRepository", "ecr:PutLifecyclePolicy", "ecr:SetRepositoryPolicy"],
      Resource: [repository("quay/*")],
    },
    { Action: ["iam:PassRole"], Resource: ["arn:aws:iam::1:role/r"] },
  ]);
});
