import { environmentRule } from "../../engine/rule";
import type { Example } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { allOf, fail, pass } from "../../engine/verdict";
import type { Verdict } from "../../engine/verdict";
import { requirementsOf } from "../private/stack-parts";

const stack = (version: object): Example => ({
  terraform: { terraform: { required_providers: { aws: { source: "hashicorp/aws", ...version } } } },
});

/** `~> 5.100`, `< 7.0.0`, `5.100.0` and `= 5.100.0` end somewhere. */
function isBounded(constraint: string): boolean {
  return constraint.split(",").some((part) => /^\s*(~>|<|=|v?\d)/.test(part));
}

function judgeProvider(provider: Value): Verdict {
  const version = typeof provider.literal === "string" ? provider : provider.at("version");
  if (isBounded(version.text ?? "")) return pass();
  return fail(`\`${version.path}\` must say below which version, got ${version.toString()}`, {
    attribute: version.path,
    key: provider.path,
  });
}

/** Where a stack writes no `required_providers`, as in a plan, nothing is said. */
export const stackProvidersBounded = environmentRule({
  id: "FD-STACK-007",
  slug: "stack-providers-bounded",
  title: "Providers are required up to a version",
  severity: "medium",
  packs: ["baseline"],
  why: "The next major version of a provider removes arguments and changes defaults: without an upper bound a fresh `terraform init` takes it, on a day of its own choosing.",
  fix: 'Write `version` with an upper bound, such as ">= 5.100.0, < 7.0.0".',
  judge: ({ graph }) =>
    graph.stacks.flatMap((stack) => {
      const part = requirementsOf(stack);
      if (part === undefined) return [];
      const verdicts = part.value.keys.map((name) => judgeProvider(part.value.at([name])));
      return [{ subject: part.subject, verdict: allOf(verdicts) }];
    }),
  examples: { failing: stack({ version: ">= 5.0" }), passing: stack({ version: ">= 5.100.0, < 7.0.0" }) },
});
