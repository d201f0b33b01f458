import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { GatewayState } from "./gateway-state";

/**
 * Ends the moto of a gateway that died, after a look at its command line: its process id may be somebody else's by now.
 *
 * @returns true when there was one
 */
export function endLeftoverMoto(state: Pick<GatewayState, "motoPid" | "motoPort"> | undefined): boolean {
  const { motoPid, motoPort } = state ?? {};
  if (motoPid === undefined || motoPort === undefined) return false;
  const command = commandLine(motoPid);
  if (!command.includes("moto_server") || !command.includes(`-p ${motoPort}`)) return false;
  try {
    process.kill(motoPid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

/** Command line of a process; empty when there is none. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return listedCommandLine(pid);
  }
}

/** Where there is no /proc. */
function listedCommandLine(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
