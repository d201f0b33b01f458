import { EnvironmentBudget, type EnvironmentBudgetProps } from "../../../constructs/cost/environment-budget";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: EnvironmentBudgetProps = { identity: IDENTITY, monthlyUsd: 4000, emailAddresses: ["ml@example.com"] };
const TOPIC = "arn:aws:sns:eu-central-1:111111111111:alerts";
const budgetWith = (props: Partial<EnvironmentBudgetProps> = {}) =>
  synthesize((stack) => {
    new EnvironmentBudget(stack, "Budget", { ...MINIMAL, ...props });
  });
const refused = (props: Partial<EnvironmentBudgetProps>) =>
  failure(() => new EnvironmentBudget(testStack(), "Budget", { ...MINIMAL, ...props }));
const alertsOf = (props: Partial<EnvironmentBudgetProps> = {}) =>
  budgetWith(props).resource("aws_budgets_budget").notification as Record<string, unknown>[];

describe("EnvironmentBudget", () => {
  test("counts a month's costs of what carries the environment's tags, without credits and refunds", () => {
    expect(budgetWith().resource("aws_budgets_budget")).toEqual({
      account_id: "111111111111",
      name: "atlas-dev",
      budget_type: "COST",
      time_unit: "MONTHLY",
      limit_amount: "4000",
      limit_unit: "USD",
      cost_filter: [{ name: "TagKeyValue", values: ["user:Project$atlas", "user:Stage$dev"] }],
      cost_types: { include_credit: false, include_refund: false },
      notification: expect.any(Array),
      tags: { Name: "atlas-dev" },
    });
  });

  test("tells of half, four fifths and all of it spent, and of all of it forecast", () => {
    const alert = {
      comparison_operator: "GREATER_THAN",
      threshold_type: "PERCENTAGE",
      subscriber_email_addresses: ["ml@example.com"],
    };

    expect(alertsOf()).toEqual([
      { ...alert, notification_type: "ACTUAL", threshold: 50 },
      { ...alert, notification_type: "ACTUAL", threshold: 80 },
      { ...alert, notification_type: "ACTUAL", threshold: 100 },
      { ...alert, notification_type: "FORECASTED", threshold: 100 },
    ]);
  });

  test("tells a topic, with or without addresses", () => {
    expect(alertsOf({ topicArn: TOPIC })[0]).toMatchObject({
      subscriber_email_addresses: ["ml@example.com"],
      subscriber_sns_topic_arns: [TOPIC],
    });
    const [alert] = alertsOf({ topicArn: TOPIC, emailAddresses: [] });
    expect(alert).toMatchObject({ subscriber_sns_topic_arns: [TOPIC] });
    expect(alert).not.toHaveProperty("subscriber_email_addresses");
  });

  test("tells of other percentages, in order", () => {
    const alerts = alertsOf({ spentPercentages: [90, 12.5], forecastPercentages: [] });

    expect(alerts.map(({ notification_type: type, threshold }) => [type, threshold])).toEqual([
      ["ACTUAL", 12.5],
      ["ACTUAL", 90],
    ]);
  });

  test("takes part of a dollar", () => {
    expect(budgetWith({ monthlyUsd: 0.5 }).resource("aws_budgets_budget").limit_amount).toBe("0.5");
  });

  test("keeps its address", () => {
    expect(budgetWith().addresses("aws_budgets_budget")).toEqual({
      "Budget/Resource": "aws_budgets_budget.Budget_69569A1A",
    });
  });
});

describe("EnvironmentBudget refuses", () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("a budget of %p", (monthlyUsd) => {
    const { code, message } = refused({ monthlyUsd });

    expect(code).toBe("INVALID_ENVIRONMENT_BUDGET_PROPS");
    expect(message).toMatch(/^`monthlyUsd` must be an amount in USD of more than 0, got .*\n {2}in test\/Budget$/);
  });

  test("nobody to tell", () => {
    expect(refused({ emailAddresses: [] }).message).toBe(
      "`emailAddresses` must hold at least one address when there is no `topicArn`, got []\n  in test/Budget",
    );
    expect(refused({ emailAddresses: undefined }).message).toContain("must hold at least one address");
  });

  test("11 addresses, and takes 10", () => {
    const addresses = (count: number) => Array.from({ length: count }, (_, index) => `a${index}@example.com`);

    expect(alertsOf({ emailAddresses: addresses(10) })).toHaveLength(4);
    expect(refused({ emailAddresses: addresses(11) }).message).toBe(
      "`emailAddresses` must hold at most 10 addresses (AWS Budgets), got 11\n  in test/Budget",
    );
  });

  test("what is no address, and one twice", () => {
    expect(refused({ emailAddresses: ["ml"] }).message).toBe(
      '`emailAddresses[0]` must be an e-mail address, got "ml"\n  in test/Budget',
    );
    expect(refused({ emailAddresses: ["a@b.de", "a@b.de"] }).message).toBe(
      '`emailAddresses[1]` must be named once only, got "a@b.de"\n  in test/Budget',
    );
  });

  test("what is no topic", () => {
    expect(refused({ topicArn: "alerts" }).message).toBe(
      '`topicArn` must be an ARN arn:<partition>:sns:<region>:<account>:<topic>, got "alerts"\n  in test/Budget',
    );
  });

  test.each([0, -5, 1001, Number.NaN])("the percentage %p, and takes 0.1 and 1000", (percentage) => {
    expect(refused({ spentPercentages: [percentage] }).message).toContain(
      "`spentPercentages[0]` must be more than 0 and at most 1000, got ",
    );
    expect(alertsOf({ spentPercentages: [0.1, 1000] })).toHaveLength(3);
  });

  test("a percentage twice", () => {
    expect(refused({ forecastPercentages: [100, 100] }).message).toBe(
      "`forecastPercentages[1]` must be named once only, got 100\n  in test/Budget",
    );
  });

  test("no alert, and six; takes five", () => {
    const rule = "must be 1 to 5 percentages, together with `forecastPercentages` (AWS Budgets)";

    expect(alertsOf({ spentPercentages: [25, 50, 75, 100] })).toHaveLength(5);
    expect(refused({ spentPercentages: [20, 40, 60, 80, 100] }).message).toBe(
      `\`spentPercentages\` ${rule}, got 6\n  in test/Budget`,
    );
    expect(refused({ spentPercentages: [], forecastPercentages: [] }).message).toBe(
      `\`spentPercentages\` ${rule}, got 0\n  in test/Budget`,
    );
  });
});
