import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheFolder, terraformPlatform } from "../host";
import type { MonitoringProgramOptions } from "./programs";

/** Folder of what was fetched for these releases on such a machine; other releases are another folder. */
export function monitoringFolder({ host, releases }: Pick<MonitoringProgramOptions, "host" | "releases">): string {
  const hash = createHash("sha256").update(JSON.stringify(releases)).digest("hex").slice(0, 12);
  return join(cacheFolder(host), `monitoring-${hash}-${terraformPlatform(host).replace("_", "-")}`);
}
