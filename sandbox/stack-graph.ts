/** By node, what it needs: stacks by the stacks whose outputs they read, layers likewise. */
export type Needs = Readonly<Record<string, readonly string[]>>;

/** The nodes that can be reached over the edges, those begun with included. */
export function reachable(from: readonly string[], edges: Needs): Set<string> {
  const reached = new Set(from);
  for (const node of reached) for (const next of edges[node] ?? []) reached.add(next);
  return reached;
}

/** By node, what needs it. */
export function reversed(needs: Needs): Needs {
  const readers: Record<string, string[]> = {};
  for (const [reader, read] of Object.entries(needs)) for (const node of read) (readers[node] ??= []).push(reader);
  return readers;
}
