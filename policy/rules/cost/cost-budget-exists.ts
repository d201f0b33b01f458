import { environmentRule } from "../../engine/rule";
import type { TerraformJson } from "../../engine/rule";
import { fail, pass } from "../../engine/verdict";

const environment = (others: object): TerraformJson => ({
  resource: { aws_eks_node_group: { l4: { cluster_name: "atlas-prod" } }, ...others },
});

/** Asked of environments with node groups, the part of the bill that grows by itself. */
export const costBudgetExists = environmentRule({
  id: "FD-COST-001",
  slug: "cost-budget-exists",
  title: "The environment has a budget",
  severity: "medium",
  packs: ["cost"],
  why: "Without a budget the first sign of a GPU pool that runs idle is the bill, up to a month later.",
  fix: 'Define `aws_budgets_budget` with `budget_type` "COST", filtered by the tags of the environment.',
  judge: ({ graph }) => {
    const [group] = graph.resourcesOf("aws_eks_node_group");
    if (group === undefined) return [];
    const budget = graph.resourcesOf("aws_budgets_budget").find((one) => one.at("budget_type").literal === "COST");
    return budget === undefined
      ? [{ subject: group, verdict: fail('an `aws_budgets_budget` with `budget_type` "COST" must exist, got none') }]
      : [{ subject: budget, verdict: pass() }];
  },
  examples: {
    failing: { terraform: environment({}) },
    passing: {
      terraform: environment({ aws_budgets_budget: { all: { budget_type: "COST", limit_amount: "60000" } } }),
    },
  },
});
