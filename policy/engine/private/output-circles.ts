import { orderByNeeds } from "../circles";
import type { Stack } from "../subject";
import type { ReferenceResolver } from "./reference-resolver";

/** Outputs of stacks that are made of each other, one sentence for each circle. */
export function outputCircles(stacks: readonly Stack[], resolver: ReferenceResolver): readonly string[] {
  const needs = new Map(
    stacks.flatMap(({ id, outputs }) =>
      Object.entries(outputs).map(([name, value]) => [
        `${id}: ${name}`,
        value.references
          .flatMap((reference) => resolver.outputsBehind(id, reference))
          .map((output) => `${output.stack.id}: ${output.name}`),
      ]),
    ),
  );
  return orderByNeeds(needs).circles.map(
    (circle) =>
      `outputs are made of each other in a circle, so nothing is known of them: ${circle.map((one) => `\`${one}\``).join(", ")}`,
  );
}
