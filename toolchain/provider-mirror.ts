import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { terraformPlatform } from "./host";
import type { Host } from "./host";
import { ToolchainError } from "./toolchain-error";

/** A provider release, fully qualified. */
export interface ProviderRelease {
  /** Registry host, e.g. `registry.terraform.io`. */
  readonly registry: string;
  /** Namespace and type, e.g. `hashicorp/aws`. */
  readonly name: string;
  /** e.g. `5.100.0` */
  readonly version: string;
}

/** Where a provider can be had without its registry. */
export interface ProviderMirror {
  /** A folder in Terraform's mirror layout, or the `https` address of a network mirror. */
  readonly location: string;
  /** `named` by the user in `FLIGHTDECK_PROVIDER_MIRROR`; `implied`: a folder Terraform itself looks into; or `found`. */
  readonly origin: "named" | "implied" | "found";
}

/**
 * Looks for a mirror that holds the release for this machine: `FLIGHTDECK_PROVIDER_MIRROR`, the folders Terraform
 * looks into by itself, then every folder right below `optFolder`.
 *
 * @throws ToolchainError `PROVIDER_MIRROR_EMPTY` when the named mirror is a folder that lacks the release
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function findProviderMirror(
  host: Host,
  release: ProviderRelease,
  optFolder = "/opt",
): ProviderMirror | undefined {
  const named = host.env.FLIGHTDECK_PROVIDER_MIRROR;
  if (named) {
    if (!named.startsWith("https://") && !holdsProvider(named, release, host)) throw emptyMirror(named, release, host);
    return { location: named, origin: "named" };
  }
  const implied = impliedFolders(host).find((folder) => holdsProvider(folder, release, host));
  if (implied) return { location: implied, origin: "implied" };
  const found = foldersIn(optFolder).find((folder) => holdsProvider(folder, release, host));
  return found ? { location: found, origin: "found" } : undefined;
}

function emptyMirror(folder: string, release: ProviderRelease, host: Host): ToolchainError {
  const wanted = `${release.registry}/${release.name} ${release.version} for ${terraformPlatform(host)}`;
  return new ToolchainError(
    "PROVIDER_MIRROR_EMPTY",
    `FLIGHTDECK_PROVIDER_MIRROR must be a provider mirror that holds ${wanted}, got \`${folder}\`; fill it with \`terraform providers mirror\``,
  );
}

/** True for a folder that holds the release unpacked (`<version>/<os_arch>/`) or packed (`terraform-provider-<type>_<version>_<os_arch>.zip`). */
export function holdsProvider(folder: string, release: ProviderRelease, host: Host): boolean {
  const base = join(folder, release.registry, release.name);
  const platform = terraformPlatform(host);
  const type = release.name.split("/")[1] ?? "";
  return [join(release.version, platform), `terraform-provider-${type}_${release.version}_${platform}.zip`].some(
    (entry) => existsSync(join(base, entry)),
  );
}

function impliedFolders(host: Host): string[] {
  const { env, home, platform } = host;
  if (platform === "win32") return [join(env.APPDATA ?? home, "terraform.d", "plugins")];
  const own = join(home, ".terraform.d", "plugins");
  if (platform === "darwin") {
    const library = join("Library", "Application Support", "io.terraform", "plugins");
    return [own, join(home, library), join("/", library)];
  }
  const data = [env.XDG_DATA_HOME || join(home, ".local", "share")];
  const shared = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":");
  return [own, ...[...data, ...shared].map((folder) => join(folder, "terraform", "plugins"))];
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
