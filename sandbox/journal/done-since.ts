import { reachable, reversed, type Needs } from "../stack-graph";
import type { JournalEntry } from "./journal-entry";
import { isEffective } from "./journal-entry";
import type { OpenOperation } from "./rollback-selection";
import { stateLocks } from "./state-locks";

/**
 * Finds what was done to the neighbours of an open operation after it began: on what it made, by the stacks that read
 * it, or from under it, by a destroy of those that it reads. When the operation is taken back, none of that holds.
 *
 * @param needs by stack, the stacks whose outputs it reads
 * @returns by stack, its effective calls; an operation of a neighbour that had begun before is not among them
 */
export function doneSince(
  { stack, account, calls }: OpenOperation,
  entries: readonly JournalEntry[],
  needs: Needs,
): Map<string, readonly JournalEntry[]> {
  const start = calls[0]?.seq ?? Infinity;
  const effective = entries.filter((entry) => isEffective(entry) && entry.account === account);
  const olderEnds = endsOfOlder(effective, start);
  const neighbours = new Set([...reachable([stack], needs), ...reachable([stack], reversed(needs))]);
  neighbours.delete(stack);
  const done = [...neighbours].map((neighbour) => {
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
