import { z } from "zod";
import type { JournalCall, JournalEntry } from "./journal-entry";

const callLine = z.object({
  seq: z.number(),
  time: z.number(),
  account: z.string(),
  principal: z.string(),
  service: z.string(),
  action: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.array(z.string()),
  text: z.string().optional(),
  base64: z.string().optional(),
  parent: z.number().optional(),
});
const doneLine = z.object({ done: z.number(), status: z.number(), effects: z.unknown().optional() });
const voidLine = z.object({ void: z.array(z.number()), reason: z.string(), time: z.number() });
const headLine = z.object({ journal: z.literal(1), next: z.number() });
const line = z.union([callLine, doneLine, voidLine, headLine]);

/** What the lines of a journal add up to. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** The next free sequence number: numbers are never used twice, ids derive from them. */
  readonly next: number;
}

/** One line per call; bodies as text where they are text. */
export function writeCall({ body, ...rest }: JournalCall): string {
  const text = body.toString("utf8");
  const content = Buffer.from(text, "utf8").equals(body) ? { text } : { base64: body.toString("base64") };
  return `${JSON.stringify({ ...rest, ...(body.length === 0 ? {} : content) })}\n`;
}

/** The line that says how a call ended. */
export function writeDone(seq: number, status: number, effects: unknown): string {
  return `${JSON.stringify({ done: seq, status, effects })}\n`;
}

/** The line that takes calls back. */
export function writeVoid(seqs: readonly number[], reason: string, time: number): string {
  return `${JSON.stringify({ void: seqs, reason, time })}\n`;
}

/** All lines of a journal that holds just these entries. */
export function writeJournal({ entries, next }: JournalContent): string {
  const lines = entries.map(({ status, effects, voided: _, ...call }) =>
    status === undefined ? writeCall(call) : writeCall(call) + writeDone(call.seq, status, effects),
  );
  return `${JSON.stringify({ journal: 1, next })}\n${lines.join("")}`;
}

/**
 * Reads journal lines.
 *
 * @param text whole file; a last line without its end is a write that a kill cut off, and is left out
 * @param onCorrupt told the number (from 1) of a complete line that is none of ours; must throw
 */
export function readJournal(text: string, onCorrupt: (lineNumber: number) => never): JournalContent {
  const entries = new Map<number, JournalEntry>();
  let next = 1;
  const complete = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  for (const [index, raw] of complete.entries()) {
    if (raw === "") continue;
    const record = parseLine(raw) ?? onCorrupt(index + 1);
    if ("journal" in record) next = Math.max(next, record.next);
    else if ("done" in record) settle(entries, record.done, { status: record.status, effects: record.effects });
    else if ("void" in record) for (const seq of record.void) settle(entries, seq, { voided: true });
    else {
      const { text: plain, base64, ...call } = record;
      entries.set(call.seq, {
        ...call,
        body: base64 === undefined ? Buffer.from(plain ?? "") : Buffer.from(base64, "base64"),
      });
      next = Math.max(next, call.seq + 1);
    }
  }
  return { entries: [...entries.values()], next };
}

function parseLine(raw: string): z.infer<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(raw)).data;
  } catch {
    return undefined;
  }
}

function settle(entries: Map<number, JournalEntry>, seq: number, change: Partial<JournalEntry>): void {
  const entry = entries.get(seq);
  if (entry !== undefined) entries.set(seq, { ...entry, ...change });
}
