import type { AwsCall, AwsResponse } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { budgetsTags } from "../../../sandbox/overlays/budgets-tags";

const ResourceARN = "arn:aws:budgets::111111111111:budget/b";
const budgets = (action: string, body: object) =>
  internalCall({
    ...{ account: "111111111111", principal: "p", region: "us-east-1", service: "budgets" },
    ...{ method: "POST", url: "/", headers: ["x-amz-target", `AWSBudgetServiceGateway.${action}`] },
    body: JSON.stringify({ AccountId: "111111111111", ...body }),
  });
const creation = (ResourceTags?: object[]) => budgets("CreateBudget", { Budget: { BudgetName: "b" }, ResourceTags });
const tag = (Key: string, Value: string) => ({ Key, Value });

function service() {
  const overlays = [budgetsTags()];
  const call = (request: AwsCall, status = 200) => {
    const answer: AwsResponse = { status, headers: [], body: Buffer.from("{}") };
    return applyOverlays(overlays, request, { seq: 1, moto: () => Promise.resolve(answer) });
  };
  const tags = async () => {
    const { body } = await call(budgets("ListTagsForResource", { ResourceARN }));
    return (JSON.parse(body.toString()) as { ResourceTags: unknown }).ResourceTags;
  };
  return { call, tags };
}

test("a budget keeps the tags it was made with", async () => {
  const { call, tags } = service();
  await call(creation([tag("Project", "atlas")]));

  expect(await tags()).toEqual([tag("Project", "atlas")]);
});

test("tags are added, replaced and taken away", async () => {
  const { call, tags } = service();
  await call(creation([tag("Project", "atlas"), tag("Stage", "dev")]));
  await call(budgets("TagResource", { ResourceARN, ResourceTags: [tag("Stage", "prod"), tag("Owner", "ml")] }));
  expect(await tags()).toEqual([tag("Project", "atlas"), tag("Stage", "prod"), tag("Owner", "ml")]);
  await call(budgets("UntagResource", { ResourceARN, ResourceTagKeys: ["Owner", "Project"] }));
  expect(await tags()).toEqual([tag("Stage", "prod")]);
});

test("there are none without a budget, after it, or where none were given", async () => {
  const { call, tags } = service();
  await call(creation([tag("Project", "atlas")]), 400);
  expect(await tags()).toEqual([]);
  await call(creation([tag("Project", "atlas")]));
  await call(budgets("DeleteBudget", { BudgetName: "b" }));
  expect(await tags()).toEqual([]);
  await call(creation());
  expect(await tags()).toEqual([]);
});
