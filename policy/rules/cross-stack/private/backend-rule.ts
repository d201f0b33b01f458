import type { RuleContext } from "../../../engine/context";
import type { Judgement } from "../../../engine/rule";
import type { Verdict } from "../../../engine/verdict";
import type { Value } from "../../../engine/value";
import { backendOf } from "../../private/stack-parts";

/** Judges the backends of some types, those of all stacks. */
export function judgeBackends(
  { graph }: RuleContext,
  types: readonly string[],
  judge: (backend: Value) => Verdict,
): readonly Judgement[] {
  return graph.stacks.flatMap((stack) => {
    const part = backendOf(stack);
    if (part === undefined || !types.includes(stack.backend?.type ?? "")) return [];
    return [{ subject: part.subject, verdict: judge(part.value) }];
  });
}
