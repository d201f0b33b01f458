import { resolve } from "node:path";
import { findExecutable } from "./find-executable";
import type { EnvironmentVariables } from "./environment";

/** The machine the toolchain looks at: everything it needs to know, as plain values. */
export interface Host {
  /** Its environment variables. */
  readonly env: EnvironmentVariables;
  /** Home folder of the user. */
  readonly home: string;
  /** As Node's `process.platform`. */
  readonly platform: string;
  /** As Node's `process.arch`. */
  readonly arch: string;
}

/** Package managers whose commands the hints know. */
export type PackageManager = "brew" | "apt" | "dnf" | "pacman" | "winget" | "none";

/** The package manager a user of this machine would type. */
export function packageManagerOf(host: Host): PackageManager {
  const candidates: readonly (readonly [PackageManager, string])[] =
    host.platform === "darwin"
      ? [["brew", "brew"]]
      : host.platform === "win32"
        ? [["winget", "winget"]]
        : [
            ["apt", "apt-get"],
            ["dnf", "dnf"],
            ["pacman", "pacman"],
            ["brew", "brew"],
          ];
  return candidates.find(([, program]) => findExecutable(program, host.env) !== undefined)?.[0] ?? "none";
}

/** Operating system and processor as Terraform writes them, e.g. `linux_amd64`. */
export function terraformPlatform(host: Host): string {
  const os = host.platform === "win32" ? "windows" : host.platform;
  const arch = { x64: "amd64", ia32: "386" }[host.arch] ?? host.arch;
  return `${os}_${arch}`;
}

/**
 * Folder for what is built once per user: `FLIGHTDECK_CACHE_DIR`, else `flightdeck` in the XDG cache folder; an absolute
 * path, since programs in it are run in other folders.
 */
export function cacheFolder(host: Host): string {
  return resolve(host.env.FLIGHTDECK_CACHE_DIR || `${host.env.XDG_CACHE_HOME || `${host.home}/.cache`}/flightdeck`);
}
