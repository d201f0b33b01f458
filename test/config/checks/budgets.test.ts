import { accepted, refusal, withChange } from "../environment-fixture";

const withBudgets = (budgets: string) => withChange("", `budgets: ${budgets}\n`);

describe("budgets", () => {
  test.each([
    [
      "a budget of a pool that does not exist",
      "{pools: {l5: 100}}",
      'dev.yaml:17 budgets.pools.l5: must be the name of a pool, got "l5"; allowed: system, l4',
    ],
    [
      "a pool that may cost more than its environment",
      "{monthlyUsd: 100, pools: {l4: 101}}",
      "dev.yaml:17 budgets.pools.l4: must be at most budgets.monthlyUsd (100), got 101",
    ],
    ["a budget of nothing", "{monthlyUsd: 0}", "dev.yaml:17 budgets.monthlyUsd: must be more than 0, got 0"],
    [
      "an alert to what is no address",
      "{alertsTo: [ops]}",
      'dev.yaml:17 budgets.alertsTo[0]: must be an e-mail address, got "ops"',
    ],
  ])("refuses %s", (_what, budgets, message) => {
    expect(refusal(withBudgets(budgets))).toBe(message);
  });

  test("accepts a pool that may cost as much as its environment", () => {
    expect(accepted(withBudgets("{monthlyUsd: 100, pools: {l4: 100}}")).budgets.pools).toEqual({ l4: 100 });
  });
});
