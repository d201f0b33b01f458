import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { SandboxError } from "../errors";
import { compact } from "./compact";
import type { JournalCall, JournalEntry } from "./journal-entry";
import { isEffective } from "./journal-entry";
import { readJournal, writeCall, writeDone, writeJournal, writeVoid } from "./journal-lines";

/**
 * The sandbox's memory: every call that changes something, written before it is executed. The world is whatever a
 * replay of the effective calls makes of it.
 */
export class Journal {
  private readonly entries: Map<number, JournalEntry>;
  private next: number;
  private readonly descriptor: number;

  /**
   * Opens or creates a journal, and compacts it.
   *
   * @param file path of the ndjson file
   * @throws SandboxError SANDBOX_JOURNAL_CORRUPT when a line in the middle cannot be read
   */
  constructor(file: string) {
    const content = readJournal(existsSync(file) ? readFileSync(file, "utf8") : "", (lineNumber) => {
      throw new SandboxError(
        "SANDBOX_JOURNAL_CORRUPT",
        `${file}:${lineNumber}: not a journal line. The sandbox cannot rebuild its world from this file; \`flightdeck sandbox down --purge\` starts over with an empty one.`,
      );
    });
    const entries = compact(content.entries);
    this.entries = new Map(entries.map((entry) => [entry.seq, entry]));
    this.next = content.next;
    // Through a second file, so that a kill at any moment leaves the old journal or the new one.
    const fresh = `${file}.new`;
    writeFileSync(fresh, writeJournal({ entries, next: content.next }));
    renameSync(fresh, file);
    this.descriptor = openSync(file, "a");
  }

  /** Effective calls in the order in which they happened. */
  get effective(): readonly JournalEntry[] {
    return [...this.entries.values()].filter(isEffective);
  }

  /** All calls since the last compaction. */
  get all(): readonly JournalEntry[] {
    return [...this.entries.values()];
  }

  /** How many calls are held. */
  get size(): number {
    return this.entries.size;
  }

  /** Writes a call that is about to be executed and gives it its sequence number. */
  begin(call: Omit<JournalCall, "seq">): number {
    const seq = this.next++;
    const entry = { seq, ...call };
    this.entries.set(seq, entry);
    writeSync(this.descriptor, writeCall(entry));
    return seq;
  }

  /** Writes how a call ended. Calls that failed are forgotten: they are never replayed. */
  done(seq: number, status: number, effects?: unknown): void {
    writeSync(this.descriptor, writeDone(seq, status, effects));
    const entry = this.entries.get(seq);
    if (entry === undefined) return;
    if (status >= 400) this.entries.delete(seq);
    else this.entries.set(seq, { ...entry, status, effects });
  }

  /** Takes calls back. */
  void(seqs: readonly number[], reason: string): void {
    writeSync(this.descriptor, writeVoid(seqs, reason, Date.now()));
    for (const seq of seqs) this.entries.delete(seq);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
