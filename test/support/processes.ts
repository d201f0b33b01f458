import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Ids of the Terraform processes (not of their provider plugins) whose working folder lies below `directory`. Linux only. */
export function terraformProcesses(directory: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => isTerraformBelow(pid, directory))
    .map(Number);
}

/** A process that ends while it is looked at is one that is not there. */
function isTerraformBelow(pid: string, directory: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
    return /(^|\/)(terraform|tofu)$/.test(command) && readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
  } catch {
    return false;
  }
}
