import type { EnvironmentDraft, Finding } from "../draft";
import { poolsOf } from "./pools";

/** Budgets of pools: each of a pool there is, and none above that of the whole environment. */
export function* checkBudgets(draft: EnvironmentDraft): Generator<Finding> {
  const known = poolsOf(draft).map(({ name }) => name);
  const { pools, monthlyUsd } = draft.budgets ?? {};
  for (const [name, usd] of Object.entries(pools ?? {})) {
    const path = ["budgets", "pools", name];
    if (!known.includes(name)) yield { path, rule: "must be the name of a pool", got: name, allowed: known.join(", ") };
    if (usd !== undefined && monthlyUsd !== undefined && usd > monthlyUsd) {
      yield { path, rule: `must be at most budgets.monthlyUsd (${monthlyUsd})`, got: usd };
    }
  }
}
