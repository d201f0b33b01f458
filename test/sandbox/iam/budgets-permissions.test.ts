import { callPermissions } from "../../../sandbox/iam/call-permissions";
import { internalCall } from "../../../sandbox/gateway/aws-port";

const ARN = "arn:aws:budgets::111111111111:budget/atlas-dev";
const caller = { account: "111111111111", principal: "atlas-dev-cost", region: "us-east-1" };
const budgets = (action: string, body: object) =>
  callPermissions(
    internalCall({
      ...{ ...caller, service: "budgets", method: "POST", url: "/" },
      headers: ["x-amz-target", `AWSBudgetServiceGateway.${action}`],
      body: JSON.stringify({ AccountId: "111111111111", ...body }),
    }),
  );
const iam = (body: string) =>
  callPermissions(
    internalCall({
      ...{ ...caller, service: "iam", method: "POST", url: "/", body },
      headers: ["content-type", "application/x-www-form-urlencoded"],
    }),
  );

test.each([
  ["CreateBudget", { Budget: { BudgetName: "atlas-dev" } }, ["budgets:ModifyBudget"]],
  [
    "CreateBudget",
    { Budget: { BudgetName: "atlas-dev" }, ResourceTags: [{ Key: "a", Value: "b" }] },
    ["budgets:ModifyBudget", "budgets:TagResource"],
  ],
  ["UpdateBudget", { NewBudget: { BudgetName: "atlas-dev" } }, ["budgets:ModifyBudget"]],
  ["DeleteNotification", { BudgetName: "atlas-dev" }, ["budgets:ModifyBudget"]],
  ["DescribeBudget", { BudgetName: "atlas-dev" }, ["budgets:ViewBudget"]],
  ["DescribeSubscribersForNotification", { BudgetName: "atlas-dev" }, ["budgets:ViewBudget"]],
  ["ListTagsForResource", { ResourceARN: ARN }, ["budgets:ListTagsForResource"]],
  ["UntagResource", { ResourceARN: ARN }, ["budgets:UntagResource"]],
])("%s is what IAM calls it, on the budget", (action, body, actions) => {
  expect(budgets(action, body)).toEqual({ actions, resources: [ARN], passes: [] });
});

test("a list of budgets is about none in particular", () => {
  expect(budgets("DescribeBudgets", {})).toEqual({ actions: ["budgets:ViewBudget"], resources: [], passes: [] });
});

test("a provider of pipelines is named by its issuer, that of a cluster is left open", () => {
  const provider = (issuer: string) => `arn:aws:iam::111111111111:oidc-provider/${issuer}`;

  expect(iam("Action=CreateOpenIDConnectProvider&Url=https%3A%2F%2Fgitlab.com").resources).toEqual([
    provider("gitlab.com"),
  ]);
  expect(
    iam(`Action=GetOpenIDConnectProvider&OpenIDConnectProviderArn=${encodeURIComponent(provider("gitlab.com"))}`)
      .resources,
  ).toEqual([provider("gitlab.com")]);
  expect(
    iam("Action=CreateOpenIDConnectProvider&Url=https%3A%2F%2Foidc.eks.eu-central-1.amazonaws.com%2Fid%2FA").resources,
  ).toEqual([provider("*")]);
});
