import { nearestName } from "../../../catalog";
import type { Rule } from "../../engine/rule";
import { didYouMean } from "./check-shape";

/** What is wrong with the id of a rule: that there is no such rule, and which may be meant; undefined when there is. */
export function unknownRule(id: string, known: readonly Rule[]): string | undefined {
  if (known.some((rule) => rule.id === id)) return undefined;
  const bySlug = known.find(({ slug }) => slug === id)?.id;
  const ids = known.map((rule) => rule.id);
  return `there is no rule ${JSON.stringify(id)}${didYouMean(bySlug ?? nearestName(id, ids))}`;
}
