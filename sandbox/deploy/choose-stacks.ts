import { reachable, reversed } from "../stack-graph";
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
  const needs = Object.fromEntries(stacks.map(({ layer, needs: read }) => [layer, read]));
  const complete = reachable(layers, direction === "deploy" ? needs : reversed(needs));
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

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
