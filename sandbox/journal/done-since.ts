import type { JournalEntry } from "./journal-entry";
import { isEffective } from "./journal-entry";
import type { OpenOperation } from "./rollback-selection";
import { stateLocks } from "./state-locks";

/** By stack, the stacks whose outputs it reads. */
export type StackNeeds = Readonly<Record<string, readonly string[]>>;

/**
 * Finds what was done to the neighbours of an open operation after it began: on what it made, by the stacks that read
 * it, or from under it, by a destroy of those that it reads. When the operation is taken back, none of that holds.
 *
 * @returns by stack, its effective calls; an operation of a neighbour that had begun before is not among them
 */
export function doneSince(
  { stack, account, calls }: OpenOperation,
  entries: readonly JournalEntry[],
  needs: StackNeeds,
): Map<string, readonly JournalEntry[]> {
  const start = calls[0]?.seq ?? Infinity;
  const effective = entries.filter((entry) => isEffective(entry) && entry.account === account);
  const olderEnds = endsOfOlder(effective, start);
  const neighbours = [...reachable(stack, needs), ...reachable(stack, reversed(needs))];
  const done = neighbours.map((neighbour) => {
    const from = Math.max(start, olderEnds.get(neighbour) ?? 0);
    return [neighbour, effective.filter(({ seq, principal }) => principal === neighbour && seq > from)] as const;
  });
  return new Map(done.filter(([, since]) => since.length > 0));
}

/** By stack, where the operation ends that had begun before `start` and went on after it. */
function endsOfOlder(effective: readonly JournalEntry[], start: number): Map<string, number> {
  const ends = stateLocks(effective)
    .filter(({ put }) => put.seq < start)
    .map(({ put, released }) => [put.principal, released?.seq ?? Infinity] as const);
  return new Map(ends.filter(([, end]) => end > start));
}

function reachable(from: string, edges: StackNeeds): Set<string> {
  const reached = new Set<string>();
  const visit = (stack: string): void => {
    for (const next of edges[stack] ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      visit(next);
    }
  };
  visit(from);
  return reached;
}

function reversed(needs: StackNeeds): StackNeeds {
  const readers: Record<string, string[]> = {};
  for (const [reader, read] of Object.entries(needs)) for (const stack of read) (readers[stack] ??= []).push(reader);
  return readers;
}
