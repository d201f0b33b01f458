import type { Construct } from "constructs";
import type { BudgetsConfig } from "../../config";
import { EnvironmentBudget, type EnvironmentIdentity, PoolBudget } from "../../constructs";

/** What the budgets are made of. */
export interface BudgetsProps {
  /** The environment the budgets are of. */
  readonly identity: EnvironmentIdentity;
  /** The budgets. */
  readonly budgets: BudgetsConfig;
  /** E-mail address that is told when the budgets name none. */
  readonly owner: string;
}

/** Defines the budget of the environment and those of its pools. */
export function defineBudgets(scope: Construct, { identity, budgets, owner }: BudgetsProps): void {
  const { monthlyUsd, pools, alertsTo } = budgets;
  const emailAddresses = alertsTo.length > 0 ? alertsTo : [owner];
  if (monthlyUsd !== undefined) new EnvironmentBudget(scope, "Budget", { identity, monthlyUsd, emailAddresses });
  for (const [poolName, usd] of Object.entries(pools)) {
    new PoolBudget(scope, `Budget-${poolName}`, { identity, poolName, monthlyUsd: usd, emailAddresses });
  }
}
