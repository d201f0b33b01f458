import { environment, synthesizedStack } from "../../support/platform";

test("there is a budget of the environment and one of each pool that the config names, told to those it names", () => {
  const out = synthesizedStack(environment("atlas/prod"), "cluster");
  const budgets = Object.values(out.resources("aws_budgets_budget"));
  expect(budgets.map((budget) => budget["limit_amount"]).sort()).toEqual(["15000", "30000", "60000"]);
  for (const budget of budgets) {
    expect(JSON.stringify(budget["notification"])).toContain('["ml-oncall@example.com","finops@example.com"]');
  }
});

test("the owner is told where the config names nobody", () => {
  const out = synthesizedStack(environment("atlas/staging"), "cluster");
  expect(JSON.stringify(out.resource("aws_budgets_budget")["notification"])).toContain('["ml-platform@example.com"]');
});
