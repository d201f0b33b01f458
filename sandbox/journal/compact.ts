import type { JournalEntry } from "./journal-entry";
import { isEffective } from "./journal-entry";
import { stateLocks } from "./state-locks";

/**
 * Leaves out what a replay does not need: calls that failed, were rolled back or never ended, what an EKS call that
 * never ended did to other services, and state locks that were released.
 *
 * @returns the calls to replay, in order
 */
export function compact(entries: readonly JournalEntry[]): JournalEntry[] {
  const unfinished = new Set(entries.filter(({ status }) => status === undefined).map(({ seq }) => seq));
  const effective = entries.filter(
    (entry) => isEffective(entry) && (entry.parent === undefined || !unfinished.has(entry.parent)),
  );
  const released = new Set(
    stateLocks(effective).flatMap((lock) => (lock.released === undefined ? [] : [lock.put.seq, lock.released.seq])),
  );
  return effective.filter(({ seq }) => !released.has(seq));
}
