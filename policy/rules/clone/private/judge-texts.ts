import type { RuleContext } from "../../../engine/context";
import type { Judgement } from "../../../engine/rule";
import { allOf, fail, pass } from "../../../engine/verdict";
import { copiedFrom, visitTexts } from "./texts";

/**
 * Judges every text of every resource and object: one finding for each place where something is wrong.
 *
 * @param problem what is wrong with a text; undefined when nothing is
 */
export function judgeTexts(
  { graph }: RuleContext,
  problem: (text: string) => string | undefined,
): readonly Judgement[] {
  return copiedFrom(graph).map((subject) => {
    const problems = new Map<string, string>();
    visitTexts(subject, (text, path) => {
      const found = problem(text);
      if (found !== undefined && !problems.has(path())) problems.set(path(), found);
    });
    const faults = [...problems].map(([path, found]) => fail(`\`${path}\` ${found}`, { attribute: path }));
    return { subject, verdict: faults.length === 0 ? pass() : allOf(faults) };
  });
}
