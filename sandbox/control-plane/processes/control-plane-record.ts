import { readFileSync } from "node:fs";
import { z } from "zod";
import { writePrivately } from "../files/write-privately";

const recordSchema = z.object({
  /** Loopback port of each purpose; kept between starts. */
  ports: z.record(z.string(), z.int()),
  /** By name of the component. */
  processes: z.record(
    z.string(),
    z.object({
      pid: z.int(),
      started: z.string(),
      /** Of everything that the process was started with. */
      fingerprint: z.string(),
    }),
  ),
});

/** What a control plane leaves behind for the next start. */
export type ControlPlaneRecord = z.infer<typeof recordSchema>;

/** Reads a record; an empty one where there is none, or one that cannot be read. */
export function readRecord(file: string): ControlPlaneRecord {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { ports: {}, processes: {} };
  }
}

/** Replaces the record at once. */
export function writeRecord(file: string, record: ControlPlaneRecord): void {
  writePrivately(file, `${JSON.stringify(record, undefined, 2)}\n`);
}
