import { POOL_TAG } from "../../../constructs/core/tags";
import { PoolBudget, type PoolBudgetProps } from "../../../constructs/cost/pool-budget";
import { failure, IDENTITY } from "../../support/fixtures";
import { synthesize, testStack } from "../../support/synth";

const MINIMAL: PoolBudgetProps = {
  identity: IDENTITY,
  poolName: "training",
  monthlyUsd: 2500,
  emailAddresses: ["ml@example.com"],
};
const budgetWith = (props: Partial<PoolBudgetProps> = {}) =>
  synthesize((stack) => {
    new PoolBudget(stack, "Budget", { ...MINIMAL, ...props });
  });
const refused = (props: Partial<PoolBudgetProps>) =>
  failure(() => new PoolBudget(testStack(), "Budget", { ...MINIMAL, ...props }));

describe("PoolBudget", () => {
  test("counts what carries the tags of pool and environment", () => {
    expect(budgetWith().resource("aws_budgets_budget")).toMatchObject({
      account_id: "111111111111",
      name: "atlas-dev-pool-training",
      limit_amount: "2500",
      cost_filter: [
        {
          name: "TagKeyValue",
          values: ["user:Project$atlas", "user:Stage$dev", "user:flightdeck:pool$training"],
        },
      ],
      tags: { Name: "atlas-dev-pool-training" },
    });
  });

  test("counts by the tag that pools are given", () => {
    expect(POOL_TAG).toBe("flightdeck:pool");
  });

  test("counts by another tag when told to", () => {
    expect(budgetWith({ tagKey: "team/pool" }).resource("aws_budgets_budget")).toMatchObject({
      cost_filter: [{ values: ["user:Project$atlas", "user:Stage$dev", "user:team/pool$training"] }],
    });
  });

  test("cuts a long name to 100 characters, with a hash", () => {
    const { name } = budgetWith({ poolName: "a".repeat(100) }).resource("aws_budgets_budget");

    expect(name).toMatch(/^atlas-dev-pool-a{76}-[0-9a-f]{8}$/);
  });

  test("keeps its address", () => {
    expect(budgetWith().addresses("aws_budgets_budget")).toEqual({
      "Budget/Resource": "aws_budgets_budget.Budget_69569A1A",
    });
  });
});

describe("PoolBudget refuses", () => {
  test.each(["", "Training", "a_b", "*"])("the pool %p", (poolName) => {
    expect(refused({ poolName })).toEqual({
      code: "INVALID_POOL_BUDGET_PROPS",
      message: `\`poolName\` must be lower-case letters and digits, in words joined by single hyphens, got "${poolName}"\n  in test/Budget`,
    });
  });

  test.each(["", "a$b", "a".repeat(129)])("the tag key %p, and takes 128 characters", (tagKey) => {
    expect(refused({ tagKey }).message).toContain(
      "`tagKey` must be 1 to 128 letters, digits and _ . : / = + - @, as a tag key, got ",
    );
    expect(() => budgetWith({ tagKey: "a".repeat(128) })).not.toThrow();
  });

  test("what every budget refuses, at once", () => {
    const lines = refused({ poolName: "", tagKey: "", monthlyUsd: 0, emailAddresses: [] }).message.split("\n");

    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "`poolName`",
      "`tagKey`",
      "`monthlyUsd`",
      "`emailAddresses`",
      "",
    ]);
  });
});
