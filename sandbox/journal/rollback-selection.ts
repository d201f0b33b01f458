import type { JournalEntry } from "./journal-entry";
import { isEffective } from "./journal-entry";
import { stateLocks } from "./state-locks";

/** An operation of Terraform that holds its state lock, and everything it has changed so far. */
export interface OpenOperation {
  /** Stack id: the principal that took the lock. */
  readonly stack: string;
  readonly account: string;
  /** `bucket/key` of the lock object. */
  readonly lock: string;
  /** When the lock was taken, milliseconds since the epoch. */
  readonly since: number;
  /** Effective calls of the stack since, the lock itself first. */
  readonly calls: readonly JournalEntry[];
}

/** Which stacks to look at. */
export interface RollbackScope {
  /** Stack ids. */
  readonly stacks?: readonly string[];
  /** Start of stack ids, e.g. `atlas-dev-`. */
  readonly prefix?: string;
  /** Only locks in this bucket. */
  readonly stateBucket?: string;
}

/** Finds the operations that hold their state lock: running ones, and those whose process died. */
export function openOperations(entries: readonly JournalEntry[], scope: RollbackScope): OpenOperation[] {
  const effective = entries.filter(isEffective);
  const first = new Map<string, OpenOperation>();
  for (const { put, bucket, key, released } of stateLocks(effective)) {
    const id = `${put.account}/${put.principal}`;
    if (released !== undefined || first.has(id) || !inScope(put.principal, bucket, scope)) continue;
    first.set(id, {
      stack: put.principal,
      account: put.account,
      lock: `${bucket}/${key}`,
      since: put.time,
      calls: effective.filter((e) => e.seq >= put.seq && e.account === put.account && e.principal === put.principal),
    });
  }
  return [...first.values()];
}

function inScope(stack: string, bucket: string, scope: RollbackScope): boolean {
  const named = scope.stacks === undefined && scope.prefix === undefined;
  const chosen =
    scope.stacks?.includes(stack) === true || (scope.prefix !== undefined && stack.startsWith(scope.prefix));
  return (named || chosen) && (scope.stateBucket === undefined || scope.stateBucket === bucket);
}
