import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const stateSchema = z.object({
  /** Daemon. */
  pid: z.int(),
  port: z.int(),
  motoPid: z.int().optional(),
  motoPort: z.int().optional(),
  /** ISO 8601. */
  startedAt: z.string(),
});

/** What a daemon leaves behind for those who look for it. */
export type GatewayState = z.infer<typeof stateSchema>;

/** Undefined when there is no file, or one that a kill cut off. */
export function readGatewayState(file: string): GatewayState | undefined {
  try {
    return existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the file at once, so that nobody reads half of it. */
export function writeGatewayState(file: string, state: GatewayState): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(fresh, file);
}
