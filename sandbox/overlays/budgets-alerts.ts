import type { AwsCall, AwsResponse } from "../aws/aws-call";
import { jsonError, jsonInput, jsonOutput } from "./json-body";
import type { Overlay, OverlayContext } from "./overlay";

interface Alert {
  readonly Notification: Record<string, unknown>;
  readonly Subscribers: readonly unknown[];
}

interface Input {
  readonly AccountId?: string;
  readonly BudgetName?: string;
  readonly Budget?: { readonly BudgetName?: string };
  readonly NewBudget?: { readonly BudgetName?: string };
  readonly Notification?: Record<string, unknown>;
  readonly Subscribers?: readonly unknown[];
  readonly NotificationsWithSubscribers?: readonly Alert[];
}

/**
 * moto keeps the alerts of a budget, but does not tell who is told, and knows no update of a budget: there it is made again
 * with the alerts it had.
 */
export function budgetsAlerts(): Overlay {
  const alerts = new Map<string, readonly Alert[]>();
  return {
    service: "budgets",
    actions: [
      "CreateBudget",
      "CreateNotification",
      "DeleteBudget",
      "DeleteNotification",
      "DescribeSubscribersForNotification",
      "UpdateBudget",
    ],
    answer: async (call, context) => {
      const input = jsonInput<Input>(call);
      if (call.action === "DescribeSubscribersForNotification") return subscribersOf(input, alerts.get(keyOf(input)));
      if (call.action === "UpdateBudget") return remake(call, context, input, alerts.get(keyOf(input)) ?? []);
      return undefined;
    },
    amend: (call, response) => {
      if (response.status < 300) learn(alerts, call.action, jsonInput<Input>(call));
      return response;
    },
  };
}

function learn(alerts: Map<string, readonly Alert[]>, action: string, input: Input): void {
  const key = keyOf(input);
  const known = alerts.get(key) ?? [];
  const others = known.filter(({ Notification }) => !same(Notification, input.Notification));
  if (action === "CreateBudget") alerts.set(key, input.NotificationsWithSubscribers ?? []);
  if (action === "DeleteBudget") alerts.delete(key);
  if (action === "DeleteNotification") alerts.set(key, others);
  if (action === "CreateNotification" && input.Notification !== undefined) {
    alerts.set(key, [...others, { Notification: input.Notification, Subscribers: input.Subscribers ?? [] }]);
  }
}

function subscribersOf(input: Input, alerts: readonly Alert[] = []): AwsResponse {
  const found = alerts.find(({ Notification }) => same(Notification, input.Notification));
  if (found === undefined) return jsonError("NotFoundException", "The notification does not exist.");
  return jsonOutput({ Subscribers: found.Subscribers });
}

async function remake(
  call: AwsCall,
  { moto }: OverlayContext,
  input: Input,
  alerts: readonly Alert[],
): Promise<AwsResponse> {
  const { AccountId, NewBudget } = input;
  const named = { AccountId, BudgetName: NewBudget?.BudgetName };
  const deleted = await moto(as(call, "DeleteBudget", named));
  if (deleted.status >= 300) return deleted;
  return moto(as(call, "CreateBudget", { AccountId, Budget: NewBudget, NotificationsWithSubscribers: alerts }));
}

/** The call as another of the same service. */
function as(call: AwsCall, action: string, input: object): AwsCall {
  const headers = call.headers.map((value) => value.replace(/(?<=^AWSBudgetServiceGateway\.)UpdateBudget$/, action));
  return { ...call, action, headers, body: Buffer.from(JSON.stringify(input)) };
}

function keyOf({ AccountId, BudgetName, Budget, NewBudget }: Input): string {
  return `${AccountId}/${BudgetName ?? Budget?.BudgetName ?? NewBudget?.BudgetName}`;
}

/** What an alert is known by: it has no id. Its state changes by itself. */
function same(one: Record<string, unknown> = {}, other: Record<string, unknown> = {}): boolean {
  return ["NotificationType", "ComparisonOperator", "Threshold", "ThresholdType"].every(
    (name) => (one[name] ?? "PERCENTAGE") === (other[name] ?? "PERCENTAGE"),
  );
}
