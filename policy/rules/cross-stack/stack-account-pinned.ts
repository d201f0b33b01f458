import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import { fail, notApplicable, pass, unknown } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import type { Value } from "../../engine/value";
import { providersOf } from "../private/stack-parts";

const stack = (provider: object): Example => ({
  terraform: { provider: { aws: [{ region: "us-east-1", ...provider }] } },
});

function judgeProvider(provider: Value, account: string | undefined): Verdict {
  const ids = provider.at("allowed_account_ids");
  const about = { attribute: ids.path };
  const message = `\`${ids.path}\` must name ${account === undefined ? "the environment's account" : `account ${account}`}, got ${ids.toString()}`;
  if (ids.unknown || ids.items.some((id) => id.unknown)) return unknown(message, about);
  if (ids.items.length === 0) return fail(message, about);
  const others = ids.items.filter(({ literal }) => account !== undefined && String(literal) !== account);
  return others.length === 0 ? pass() : fail(message, about);
}

/**
 * Configurations with an alias are for other accounts or regions on purpose: they must name some account. Where nobody says which
 * account the environment has, nothing is asked.
 */
export const stackAccountPinned = environmentRule({
  id: "FD-STACK-009",
  slug: "stack-account-pinned",
  title: "The AWS provider refuses to work in any other account",
  severity: "medium",
  packs: ["baseline"],
  why: "With the wrong profile in the shell an apply makes production's stacks in the account of development, or destroys what has the same names there.",
  fix: "Set `allowed_account_ids` of the provider to the environment's account.",
  judge: ({ environment, graph }) =>
    providersOf(graph, "aws").map(({ subject, value }) => {
      if (environment.account === undefined) return { subject, verdict: notApplicable() };
      const account = value.at("alias").absent ? environment.account : undefined;
      return { subject, verdict: judgeProvider(value, account) };
    }),
  examples: {
    failing: stack({}),
    passing: stack({ allowed_account_ids: ["111111111111"] }),
    unknown: stack({ allowed_account_ids: ["${var.account}"] }),
  },
});
