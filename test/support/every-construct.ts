import { Construct } from "constructs";
import { defineGivenNames, docPages, runExample } from "./doc-examples";
import { examplePools, synthesizeExamples } from "./examples";
import { allEnvironments, readStack, synthesizePlatforms } from "./platform";
import { synth, testStack, type Synthesized } from "./synth";

/** Everything this repository synthesises, by name: each stack of each environment, all pages' examples, all example pools. */
export async function everythingSynthesized(): Promise<ReadonlyMap<string, Synthesized>> {
  const stacks = Object.entries(synthesizePlatforms(allEnvironments()).texts);
  return new Map([
    ...stacks.map(([id, text]) => [id, readStack(text)] as const),
    ["docs/constructs", synthesizePages()],
    ["examples/gpu-pools", await synthesizeExamples(examplePools())],
  ]);
}

/** The examples of all pages in one stack. */
export function synthesizePages(): Synthesized {
  const stack = testStack();
  const given = defineGivenNames(stack);
  for (const { name, example } of docPages()) runExample(example, given, new Construct(stack, name));
  return synth(stack);
}
