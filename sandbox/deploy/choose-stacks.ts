import { DeployError } from "./deploy-error";
import type { EnvironmentStack } from "./deploy-options";

/**
 * The stacks of the layers asked for, in the order of the environment.
 *
 * @param direction what the layers must be complete in: a deploy needs what they read, a destroy what reads them
 * @throws DeployError `LAYER_UNKNOWN`, or `LAYER_INCOMPLETE` with the list that would do
 */
export function chooseStacks(
  stacks: readonly EnvironmentStack[],
  layers: readonly string[] | undefined,
  direction: "deploy" | "destroy",
): readonly EnvironmentStack[] {
  if (!layers) return stacks;
  const known = stacks.map(({ layer }) => layer);
  const unknown = layers.filter((layer) => !known.includes(layer));
  if (unknown.length > 0) {
    throw new DeployError(
      "LAYER_UNKNOWN",
      `--layers must name layers of the environment (${known.join(", ")}), got ${quoted(unknown)}`,
    );
  }
  const complete = closure(stacks, layers, direction);
  const missing = known.filter((layer) => complete.has(layer) && !layers.includes(layer));
  if (missing.length > 0) {
    const why = direction === "deploy" ? "what they read" : "what reads them";
    const all = known.filter((layer) => complete.has(layer)).join(",");
    throw new DeployError(
      "LAYER_INCOMPLETE",
      `--layers must hold ${why} as well: ${quoted(missing)} is missing; use --layers ${all}`,
    );
  }
  return stacks.filter(({ layer }) => layers.includes(layer));
}

function closure(
  stacks: readonly EnvironmentStack[],
  layers: readonly string[],
  direction: "deploy" | "destroy",
): Set<string> {
  const reached = new Set(layers);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { layer, needs } of stacks) {
      if (direction === "deploy" && reached.has(layer)) needs.forEach((need) => reached.add(need));
      if (direction === "destroy" && needs.some((need) => reached.has(need))) reached.add(layer);
    }
  }
  return reached;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
