import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, terraformPlatform } from "../host";
import type { Host } from "../host";
import type { ProgramPins } from "./programs";

/** What programs are looked for, and where their sources are pinned. */
export interface ProgramSources {
  readonly host: Host;
  readonly pins: ProgramPins;
  /** Folder with `go.mod` and `go.sum`. */
  readonly moduleFolder: string;
}

/**
 * Folder of the programs that were downloaded or built for these pins on such a machine: another pin is another folder,
 * so a program once there never changes.
 */
export function programFolder({ host, pins, moduleFolder }: ProgramSources): string {
  const hash = createHash("sha256").update(JSON.stringify(pins));
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(moduleFolder, file)));
  const platform = terraformPlatform(host).replace("_", "-");
  return join(cacheFolder(host), `control-plane-${hash.digest("hex").slice(0, 12)}-${platform}`);
}
