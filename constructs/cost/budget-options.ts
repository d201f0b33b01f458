/** What a caller chooses about a budget. */
export interface BudgetOptions {
  /** What may be spent in a calendar month, in USD, more than 0. */
  readonly monthlyUsd: number;
  /**
   * E-mail addresses that are told, at most 10.
   *
   * @default - none; without an address a topic is required
   */
  readonly emailAddresses?: readonly string[];
  /**
   * ARN of the SNS topic that is told. Its policy, and that of its key, must let `budgets.amazonaws.com` publish.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   * @default - none; without a topic an address is required
   */
  readonly topicArn?: string;
  /**
   * Percentages of the budget whose spending is told.
   *
   * @default [50, 80, 100]
   */
  readonly spentPercentages?: readonly number[];
  /**
   * Percentages of the budget that are told as soon as AWS forecasts them for the end of the month. AWS needs about five weeks
   * of use before it forecasts.
   *
   * @default [100]
   */
  readonly forecastPercentages?: readonly number[];
}
