import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { processAlive } from "./process-alive";

/**
 * Removes what processes that are gone were still making in a folder.
 *
 * @param unfinished names of what is being made; the first group is the id of the process that makes it
 */
export function removeAbandoned(folder: string, unfinished: RegExp): void {
  for (const name of readdirSync(folder)) {
    const owner = unfinished.exec(name)?.[1];
    if (owner && !processAlive(Number(owner))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
