import { resourceRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass, unknown } from "../../engine/verdict";

const SUBSCRIBERS = ["subscriber_email_addresses", "subscriber_sns_topic_arns"];

const budget = (notification: object): TerraformJson => ({
  resource: { aws_budgets_budget: { all: { budget_type: "COST", limit_amount: "60000", ...notification } } },
});

/** By mail or topic, of what is spent or what is forecast. */
export const costBudgetNotifies = resourceRule({
  id: "FD-COST-002",
  slug: "cost-budget-notifies",
  title: "Somebody hears when a budget is being used up",
  severity: "medium",
  packs: ["cost"],
  why: "A budget without a notification is a figure in a console that nobody opens.",
  fix: "Add a `notification` block with a threshold and `subscriber_email_addresses` or `subscriber_sns_topic_arns`.",
  types: ["aws_budgets_budget"],
  judge: (budget) => {
    const notifications = budget.each("notification");
    const about = { attribute: "notification" };
    const heard = notifications.some((one) =>
      SUBSCRIBERS.some((name) => one.at(name).known && one.at(name).items.length > 0),
    );
    if (heard) return pass();
    const message = `\`notification\` must name a subscriber, got ${budget.at("notification").toString()}`;
    const open = notifications.some((one) => SUBSCRIBERS.some((name) => one.at(name).unknown));
    return open ? unknown(message, about) : fail(message, about);
  },
  examples: {
    failing: { terraform: budget({}) },
    passing: {
      terraform: budget({ notification: [{ threshold: 80, subscriber_email_addresses: ["finops@example.com"] }] }),
    },
    unknown: { terraform: budget({ notification: [{ threshold: 80, subscriber_email_addresses: "${var.to}" }] }) },
  },
});
