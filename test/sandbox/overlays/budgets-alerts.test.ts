import { type AwsCall, type AwsResponse, headerOf } from "../../../sandbox/aws/aws-call";
import { internalCall } from "../../../sandbox/gateway/aws-port";
import { applyOverlays } from "../../../sandbox/overlays/apply-overlays";
import { budgetsAlerts } from "../../../sandbox/overlays/budgets-alerts";

const done: AwsResponse = { status: 200, headers: [], body: Buffer.from("{}") };
const refused: AwsResponse = { status: 400, headers: [], body: Buffer.from("{}") };
const budgets = (action: string, body: object) =>
  internalCall({
    ...{ account: "111111111111", principal: "p", region: "us-east-1", service: "budgets" },
    ...{ method: "POST", url: "/", headers: ["x-amz-target", `AWSBudgetServiceGateway.${action}`] },
    body: JSON.stringify({ AccountId: "111111111111", ...body }),
  });
const alert = (Threshold: number, Address: string, rest: object = {}) => ({
  Notification: { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold, ...rest },
  Subscribers: [{ SubscriptionType: "EMAIL", Address }],
});
const creation = (...alerts: object[]) =>
  budgets("CreateBudget", { Budget: { BudgetName: "b" }, NotificationsWithSubscribers: alerts });

/** A service whose overlay remembers, and what reached moto. */
function service() {
  const overlays = [budgetsAlerts()];
  const sent: AwsCall[] = [];
  const call = async (request: AwsCall, answer = done) => {
    const moto = (reached: AwsCall) => {
      sent.push(reached);
      return Promise.resolve(answer);
    };
    const response = await applyOverlays(overlays, request, { seq: 1, moto });
    return { status: response.status, body: JSON.parse(response.body.toString()) as Record<string, unknown> };
  };
  const told = (Notification: object) =>
    call(budgets("DescribeSubscribersForNotification", { BudgetName: "b", Notification }));
  return { call, sent, told };
}

test("an alert knows whom it tells, from its budget's creation and from its own", async () => {
  const { call, told } = service();
  await call(creation(alert(50, "a@b.de"), alert(80, "c@d.de")));
  await call(budgets("CreateNotification", { BudgetName: "b", ...alert(100, "e@f.de") }));

  expect(await told(alert(80, "").Notification)).toEqual({
    status: 200,
    body: { Subscribers: [{ SubscriptionType: "EMAIL", Address: "c@d.de" }] },
  });
  expect((await told(alert(100, "").Notification)).body).toEqual({
    Subscribers: [{ SubscriptionType: "EMAIL", Address: "e@f.de" }],
  });
});

test("an alert is known by its kind and threshold, whatever its state; percentages are the default", async () => {
  const { call, told } = service();
  await call(creation(alert(50, "a@b.de")));

  expect(
    (await told(alert(50, "", { ThresholdType: "PERCENTAGE", NotificationState: "OK" }).Notification)).status,
  ).toBe(200);
  expect((await told(alert(50, "", { NotificationType: "FORECASTED" }).Notification)).status).toBe(400);
});

test("nobody is told by an alert or a budget that is gone, or was never made", async () => {
  const { call, told } = service();
  const { Notification } = alert(50, "a@b.de");
  const gone = { status: 400, body: { __type: "NotFoundException", message: "The notification does not exist." } };
  await call(creation(alert(50, "a@b.de")), refused);
  expect(await told(Notification)).toEqual(gone);
  await call(creation(alert(50, "a@b.de")));
  await call(budgets("DeleteNotification", { BudgetName: "b", Notification }));
  expect(await told(Notification)).toEqual(gone);
  await call(creation(alert(50, "a@b.de")));
  await call(budgets("DeleteBudget", { BudgetName: "b" }));
  expect(await told(Notification)).toEqual(gone);
});

test("an update makes the budget again, with the alerts it had", async () => {
  const { call, sent, told } = service();
  await call(creation(alert(50, "a@b.de")));
  const NewBudget = { BudgetName: "b", BudgetLimit: { Amount: "300", Unit: "USD" } };
  const updated = await call(budgets("UpdateBudget", { NewBudget }));

  expect(updated.status).toBe(200);
  expect(
    sent
      .slice(1)
      .map(({ action, headers, body }) => [action, headerOf(headers, "x-amz-target"), JSON.parse(body.toString())]),
  ).toEqual([
    ["DeleteBudget", "AWSBudgetServiceGateway.DeleteBudget", { AccountId: "111111111111", BudgetName: "b" }],
    [
      "CreateBudget",
      "AWSBudgetServiceGateway.CreateBudget",
      { AccountId: "111111111111", Budget: NewBudget, NotificationsWithSubscribers: [alert(50, "a@b.de")] },
    ],
  ]);
  expect((await told(alert(50, "").Notification)).status).toBe(200);
});

test("an update of a budget that is not there is refused", async () => {
  const { call, sent } = service();

  expect((await call(budgets("UpdateBudget", { NewBudget: { BudgetName: "b" } }), refused)).status).toBe(400);
  expect(sent).toHaveLength(1);
});
