import type { Stage } from "../../../policy/engine/stage";
import type { Finding } from "../../../policy/engine/result";
import { rules } from "../../../policy/rules";
import { BaseEnvironments } from "./base";
import { FAMILIES, mutantsByFamily } from "./families";
import type { Mutant } from "./mutant";

/** Defines one test for each mutant of a group of families: its rule must fail, and no other say anything new. */
export function tryMutants(group: string): void {
  const byFamily = mutantsByFamily();
  const mutants = (FAMILIES[group] ?? []).flatMap((family) => byFamily.get(family) ?? []);
  const bases = new BaseEnvironments(rules);
  let killed = 0;

  beforeAll(async () => {
    const stages = new Set<Stage>(mutants.map(({ stage = "prod" }) => stage));
    for (const stage of stages) await bases.load(stage);
  }, 60_000);

  afterAll(() => {
    process.stdout.write(`${group}: ${mutants.length} mutants, ${killed} killed by exactly their rule\n`);
  });

  describe("what is broken is found by exactly the rule for it", () => {
    test.each(mutants.map((mutant) => [mutant.rule, mutant.what, mutant] as const))(
      "%s: %s",
      (_rule, _what, mutant) => {
        expect(survival(bases, mutant)).toEqual([]);
        killed++;
      },
    );
  });
}

/** A finding on one line. */
export function shown({ rule, outcome, place, subject, message }: Finding): string {
  return `${rule.id} ${outcome}: ${place.stack} ${subject} ${message}`;
}

/** Why a mutant does not count as killed by exactly its rule; nothing when it does. */
function survival(bases: BaseEnvironments, { rule: id, stage = "prod", given, change }: Mutant): readonly string[] {
  const base = bases.of(stage);
  const before = given ? base.findingsOf(given) : base.findings;
  const after = base.findingsOf((environment) => {
    given?.(environment);
    change(environment);
  });
  const found = newFindings(before, after);
  const others = found.filter(({ rule }) => rule.id !== id);
  const own = found.filter(({ rule, outcome, cause }) => rule.id === id && outcome === "fail" && cause === undefined);
  const missing = own.length > 0 ? [] : [`${id} does not fail`, ...found.map(shown)];
  return [...missing, ...others.map((finding) => `beside it: ${shown(finding)}`)];
}

/** Findings that were not there before, each as often as it is new. */
function newFindings(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const open = new Map<string, number>();
  before.forEach((finding) => open.set(keyOf(finding), (open.get(keyOf(finding)) ?? 0) + 1));
  return after.filter((finding) => {
    const left = open.get(keyOf(finding)) ?? 0;
    open.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

function keyOf({ rule, outcome, place, subject, attribute, key }: Finding): string {
  return [rule.id, outcome, place.stack, place.address, subject, attribute, key].join(" ");
}
