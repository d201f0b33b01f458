import { Construct } from "constructs";
import { checkIdentity } from "../core/identity-checks";
import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../core/naming";
import { PropChecks } from "../core/prop-checks";
import { POOL_TAG } from "../core/tags";
import type { BudgetOptions } from "./budget-options";
import { checkBudget, defineMonthlyBudget } from "./private/monthly-budget";

/** What a `PoolBudget` is made of. */
export interface PoolBudgetProps extends BudgetOptions {
  /** The environment of the pool. */
  readonly identity: EnvironmentIdentity;
  /** Name of the node pool, kebab-case: the value of the tag that its instances and disks carry. */
  readonly poolName: string;
  /**
   * Key of the tag that bears the name of the pool.
   *
   * @default "flightdeck:pool"
   */
  readonly tagKey?: string;
}

/**
 * A monthly budget for one node pool: the instances, disks and network interfaces that carry its tag, and those of the
 * environment. It tells; it stops nothing. The three tags must be activated as cost allocation tags.
 *
 * @example
 * new PoolBudget(this, "TrainingBudget", {
 *   identity,
 *   poolName: "training",
 *   monthlyUsd: 2500,
 *   emailAddresses: ["ml-platform@example.com"],
 * });
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
export class PoolBudget extends Construct {
  /** Name of the budget: `<project>-<stage>-pool-<pool>`. */
  readonly budgetName: string;

  /** @throws ValidationError `INVALID_POOL_BUDGET_PROPS` */
  constructor(scope: Construct, id: string, props: PoolBudgetProps) {
    super(scope, id);
    const { identity, poolName, tagKey = POOL_TAG } = props;

    const words = "must be lower-case letters and digits, in words joined by single hyphens";
    const key = "must be 1 to 128 letters, digits and _ . : / = + - @, as a tag key";
    const checks = checkIdentity(new PropChecks(this, "INVALID_POOL_BUDGET_PROPS"), identity)
      .require(POOL_NAME.test(poolName), "poolName", words, poolName)
      .require(TAG_KEY.test(tagKey), "tagKey", key, tagKey);
    checkBudget(checks, props).throwIfAny();

    const budget = defineMonthlyBudget(this, {
      ...props,
      account: identity.account,
      name: resourceName([identity.project, identity.stage, "pool", poolName], { max: NAME_LIMITS.budget }),
      countedTags: { Project: identity.project, Stage: identity.stage, [tagKey]: poolName },
    });

    this.budgetName = budget.name;
  }
}

const POOL_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const TAG_KEY = /^[\w.:/=+@-]{1,128}$/;
