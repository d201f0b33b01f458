import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, statSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

/** A log that has grown beyond this is put aside, or cut off while it is being written to. */
const LOG_LIMIT = 32 * 1024 * 1024;
const TAIL_BYTES = 16 * 1024;
const LINE_LENGTH = 400;
/** Lines of klog that are errors, and words that etcd, kwok and the Go runtime use for one. */
const FAILURE = /^[EF]\d{4} |"level":"(error|fatal|panic)"|^(panic|fatal error|error)\b/i;

/** Opens a log for a process to write to; what was there before is kept once. */
export function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (sizeOf(file) > LOG_LIMIT) renameSync(file, `${file}.old`);
  return openSync(file, "a", 0o600);
}

/** Cuts off a log that has become too long; the process that writes to it goes on at its new end. */
export function limitLog(file: string): void {
  if (sizeOf(file) > LOG_LIMIT) truncateSync(file, 0);
}

/** Bytes of a log; 0 when there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * The last lines of a log, errors alone where there are any.
 *
 * @param from bytes that were there before
 */
export function lastLines(file: string, from: number, count = 6): string[] {
  const lines = tail(file, from)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
  const failures = lines.filter((line) => FAILURE.test(line));
  const chosen = failures.length > 0 ? failures : lines;
  return chosen.slice(-count).map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line));
}

function tail(file: string, from: number): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const end = fstatSync(descriptor).size;
    const start = Math.max(from > end ? 0 : from, end - TAIL_BYTES);
    const buffer = Buffer.alloc(end - start);
    readSync(descriptor, buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  } catch {
    return "";
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
