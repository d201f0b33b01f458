import { Construct } from "constructs";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import type { BudgetOptions } from "./budget-options";
import { checkBudget, defineMonthlyBudget } from "./private/monthly-budget";

/** What an `EnvironmentBudget` is made of. */
export interface EnvironmentBudgetProps extends BudgetOptions {
  /** The environment whose costs are counted: what its tags `Project` and `Stage` are on. */
  readonly identity: EnvironmentIdentity;
}

/**
 * A monthly budget for everything that carries the tags of one environment, with alerts on what was spent and on what AWS
 * forecasts. It tells; it stops nothing. The tags must be activated as cost allocation tags by whoever pays for the account.
 *
 * @example
 * new EnvironmentBudget(this, "Budget", { identity, monthlyUsd: 4000, emailAddresses: ["ml-platform@example.com"] });
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export class EnvironmentBudget extends Construct {
  /** Name of the budget: `<project>-<stage>`. */
  readonly budgetName: string;

  /** @throws ValidationError `INVALID_ENVIRONMENT_BUDGET_PROPS` */
  constructor(scope: Construct, id: string, props: EnvironmentBudgetProps) {
    super(scope, id);
    const { identity } = props;

    const checks = checkIdentity(new PropChecks(this, "INVALID_ENVIRONMENT_BUDGET_PROPS"), identity);
    checkBudget(checks, props).throwIfAny();

    const budget = defineMonthlyBudget(this, {
      ...props,
      account: identity.account,
      name: resourceName([identity.project, identity.stage], { max: NAME_LIMITS.budget }),
      countedTags: { Project: identity.project, Stage: identity.stage },
    });

    this.budgetName = budget.name;
  }
}
