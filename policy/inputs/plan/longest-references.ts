/** Terraform names every step of a reference: `k.arn` and `k`. The last step says it all. */
export function longestReferences(references: readonly string[]): readonly string[] {
  const steps = new Set(references.flatMap(stepsBefore));
  return [...new Set(references)].filter((reference) => !steps.has(reference));
}

/** Everything that the reference is a step further from: `a.b[0].c` comes from `a.b[0]`, `a.b` and `a`. */
function stepsBefore(reference: string): readonly string[] {
  return [...reference.matchAll(/[.[]/g)].map(({ index }) => reference.slice(0, index));
}
