import { s3Operation } from "../aws/s3-operation";
import type { JournalEntry } from "./journal-entry";

/** A lock object written by Terraform's S3 backend. */
export interface StateLock {
  readonly put: JournalEntry;
  readonly bucket: string;
  readonly key: string;
  /** The call that took the lock object away; undefined while the lock is held. */
  readonly released?: JournalEntry;
}

/** Pairs the writes of `.tflock` objects with their removals, in the order of the writes. */
export function stateLocks(entries: readonly JournalEntry[]): StateLock[] {
  const locks: StateLock[] = [];
  const held = new Map<string, number[]>();
  for (const entry of entries) {
    const target = lockObject(entry);
    if (target === undefined) continue;
    const id = `${entry.account}/${target.bucket}/${target.key}`;
    if (entry.action === "PutObject") {
      const index = locks.push({ put: entry, ...target }) - 1;
      held.set(id, [...(held.get(id) ?? []), index]);
    } else if (entry.action === "DeleteObject") {
      for (const index of held.get(id) ?? []) locks[index] = { ...(locks[index] as StateLock), released: entry };
      held.delete(id);
    }
  }
  return locks;
}

function lockObject(entry: JournalEntry): { bucket: string; key: string } | undefined {
  if (entry.service !== "s3" || !entry.url.includes(".tflock")) return undefined;
  const { pathname, searchParams } = new URL(entry.url, "http://sandbox");
  const { bucket, key } = s3Operation(entry.method, pathname, searchParams);
  return bucket !== undefined && key?.endsWith(".tflock") === true ? { bucket, key } : undefined;
}
