import type { AwsCall } from "../aws/aws-call";

/** Calls that IAM knows by their own names; it knows all others as viewing or modifying the budget. */
const OWN_NAMES = /^(TagResource|UntagResource|ListTagsForResource)$/;

interface Input {
  readonly AccountId?: string;
  readonly BudgetName?: string;
  readonly Budget?: { readonly BudgetName?: string };
  readonly NewBudget?: { readonly BudgetName?: string };
  readonly ResourceARN?: string;
}

/** The action that IAM checks for a call to AWS Budgets. */
export function budgetsAction({ action, mutates }: Pick<AwsCall, "action" | "mutates">): string {
  if (OWN_NAMES.test(action)) return `budgets:${action}`;
  return mutates ? "budgets:ModifyBudget" : "budgets:ViewBudget";
}

/** ARN of the budget that a call is about. */
export function budgetsResources(call: AwsCall): string[] {
  const { AccountId = call.account, BudgetName, Budget, NewBudget, ResourceARN } = inputOf(call);
  const name = BudgetName ?? Budget?.BudgetName ?? NewBudget?.BudgetName;
  if (ResourceARN !== undefined) return [ResourceARN];
  return name === undefined ? [] : [`arn:aws:budgets::${AccountId}:budget/${name}`];
}

function inputOf({ body }: AwsCall): Input {
  try {
    return JSON.parse(body.toString("utf8")) as Input;
  } catch {
    return {};
  }
}
