import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** File in which a deploy notes its cdktf process, so that the next one can tell a leftover of it from a stranger. */
export function recordFile(sandboxFolder: string, environment: string): string {
  return join(sandboxFolder, `deploy-${environment.replace("/", "-")}.json`);
}

/** Notes the cdktf process of a deploy. */
export function writeRecord(file: string, cdktfPid: number): void {
  writeFileSync(file, `${JSON.stringify({ cdktfPid })}\n`);
}

/** The cdktf process of the last deploy, if that did not end by itself. */
export function readRecord(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { cdktfPid?: number }).cdktfPid;
  } catch {
    return undefined;
  }
}

/** Forgets the process: it has ended. */
export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}
