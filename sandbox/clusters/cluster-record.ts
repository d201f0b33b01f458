import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const recordSchema = z.object({
  /** Tells a cluster from an earlier one of the same name. */
  incarnation: z.string(),
  /** How many instances were started: each gets a number of its own. */
  launches: z.int(),
  /** It was active before it could have a control plane. */
  bare: z.boolean().optional(),
  /** Where the API server answered last. */
  endpoint: z.string().optional(),
  /** Certificate of its authority, PEM. */
  certificateAuthority: z.string().optional(),
  /** Add-ons by name: what was applied of each. */
  addons: z.record(
    z.string(),
    z.object({
      fingerprint: z.string(),
      objects: z.array(
        z.object({
          apiVersion: z.string(),
          kind: z.string(),
          name: z.string(),
          namespace: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** What is remembered of a cluster between two runs of the sandbox. */
export type ClusterMemory = z.infer<typeof recordSchema>;

/** The memory of one cluster, in a file of its folder. */
export class ClusterRecord {
  /** @param file need not exist; its folder is made */
  constructor(private readonly file: string) {}

  /** @returns undefined when there is none, `unreadable` when there is one that says nothing any more */
  read(): ClusterMemory | "unreadable" | undefined {
    if (!existsSync(this.file)) return undefined;
    try {
      return recordSchema.parse(JSON.parse(readFileSync(this.file, "utf8")));
    } catch {
      return "unreadable";
    }
  }

  /** Replaces the file at once, so that nobody reads half of it, not even after a power cut. */
  write(memory: ClusterMemory): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const fresh = `${this.file}.${process.pid}`;
    const file = openSync(fresh, "w");
    try {
      writeFileSync(file, `${JSON.stringify(memory, undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.file);
  }
}
