import { BudgetsBudget, type BudgetsBudgetNotification } from "@cdktf/provider-aws/lib/budgets-budget";
import type { Construct } from "constructs";
import type { PropChecks } from "../../core/prop-checks";
import type { BudgetOptions } from "../budget-options";

/** What a budget is made of. */
export interface MonthlyBudgetProps extends BudgetOptions {
  /** Account whose costs are counted. */
  readonly account: string;
  /** Name of the budget, unique in the account. */
  readonly name: string;
  /** The tags, all of which a cost must carry to be counted. */
  readonly countedTags: Readonly<Record<string, string>>;
}

/**
 * Alerts of one budget, and addresses of one alert.
 *
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html
 */
const MOST_ALERTS = 5;
const MOST_ADDRESSES = 10;
/** Above it a percentage is more likely a mistake than a budget. */
const HIGHEST_PERCENTAGE = 1000;
const SPENT_PERCENTAGES = [50, 80, 100];
const FORECAST_PERCENTAGES = [100];
const EMAIL_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;

/** Defines the budget as `Resource` of the construct. Credits and refunds are left out, so that they hide no spending. */
export function defineMonthlyBudget(scope: Construct, props: MonthlyBudgetProps): BudgetsBudget {
  const { spentPercentages = SPENT_PERCENTAGES, forecastPercentages = FORECAST_PERCENTAGES } = props;
  const alert = (notificationType: string) => (threshold: number) => alertAt(notificationType, threshold, props);
  return new BudgetsBudget(scope, "Resource", {
    accountId: props.account,
    name: props.name,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(props.monthlyUsd),
    limitUnit: "USD",
    costFilter: [{ name: "TagKeyValue", values: Object.entries(props.countedTags).map(tagFilter) }],
    costTypes: { includeCredit: false, includeRefund: false },
    notification: [
      ...[...spentPercentages].sort(ascending).map(alert("ACTUAL")),
      ...[...forecastPercentages].sort(ascending).map(alert("FORECASTED")),
    ],
    tags: { Name: props.name },
  });
}

/** Adds the rules that every budget has. */
export function checkBudget(checks: PropChecks, options: BudgetOptions): PropChecks {
  const { monthlyUsd, emailAddresses = [], topicArn } = options;
  const { spentPercentages = SPENT_PERCENTAGES, forecastPercentages = FORECAST_PERCENTAGES } = options;
  checks.require(
    Number.isFinite(monthlyUsd) && monthlyUsd > 0,
    "monthlyUsd",
    "must be an amount in USD of more than 0",
    monthlyUsd,
  );
  checkSubscribers(checks, emailAddresses, topicArn);
  checkPercentages(checks, "spentPercentages", spentPercentages);
  checkPercentages(checks, "forecastPercentages", forecastPercentages);
  const count = spentPercentages.length + forecastPercentages.length;
  const alerts = `must be 1 to ${MOST_ALERTS} percentages, together with \`forecastPercentages\` (AWS Budgets)`;
  return checks.require(count >= 1 && count <= MOST_ALERTS, "spentPercentages", alerts, count);
}

function checkSubscribers(checks: PropChecks, addresses: readonly string[], topicArn: string | undefined): void {
  const someone = "must hold at least one address when there is no `topicArn`";
  checks.require(addresses.length > 0 || topicArn !== undefined, "emailAddresses", someone, addresses);
  const few = `must hold at most ${MOST_ADDRESSES} addresses (AWS Budgets)`;
  checks.require(addresses.length <= MOST_ADDRESSES, "emailAddresses", few, addresses.length);
  addresses.forEach((address, index) => {
    const prop = `emailAddresses[${index}]`;
    checks.require(EMAIL_ADDRESS.test(address), prop, "must be an e-mail address", address);
    checks.require(addresses.indexOf(address) === index, prop, "must be named once only", address);
  });
  const topic = "must be an ARN arn:<partition>:sns:<region>:<account>:<topic>";
  checks.require(topicArn === undefined || TOPIC_ARN.test(topicArn), "topicArn", topic, topicArn);
}

function checkPercentages(checks: PropChecks, prop: string, percentages: readonly number[]): void {
  percentages.forEach((percentage, index) => {
    const inRange = percentage > 0 && percentage <= HIGHEST_PERCENTAGE;
    checks.require(inRange, `${prop}[${index}]`, `must be more than 0 and at most ${HIGHEST_PERCENTAGE}`, percentage);
    const first = percentages.indexOf(percentage) === index || Number.isNaN(percentage);
    checks.require(first, `${prop}[${index}]`, "must be named once only", percentage);
  });
}

function alertAt(
  notificationType: string,
  threshold: number,
  { emailAddresses = [], topicArn }: BudgetOptions,
): BudgetsBudgetNotification {
  return {
    notificationType,
    comparisonOperator: "GREATER_THAN",
    threshold,
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: emailAddresses.length > 0 ? [...emailAddresses] : undefined,
    subscriberSnsTopicArns: topicArn === undefined ? undefined : [topicArn],
  };
}

/** Tags that people set, unlike those that AWS sets, are told apart by `user:`. */
function tagFilter([key, value]: [string, string]): string {
  return `user:${key}$${value}`;
}

function ascending(one: number, other: number): number {
  return one - other;
}
