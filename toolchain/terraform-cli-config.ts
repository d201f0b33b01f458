import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "./host";
import type { ProviderMirror } from "./provider-mirror";

/** What `writeTerraformCliConfig` needs to know. */
export interface TerraformCliConfigOptions {
  readonly host: Host;
  /** File to write when Terraform needs other settings than the user's own. */
  readonly file: string;
  readonly sources: readonly ProviderSource[];
}

/** Where a provider comes from. */
export interface ProviderSource {
  /** Fully qualified, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** @default - its registry */
  readonly mirror?: ProviderMirror;
}

/**
 * Settles which Terraform CLI configuration child processes use, and writes it when it must be ours.
 *
 * The user's own file stays in force unless `FLIGHTDECK_PROVIDER_MIRROR` overrides it. Without one, ours says where the
 * mirror is. A `TF_CLI_CONFIG_FILE` that names a file which does not exist is replaced by ours as well: Terraform warns
 * about it on every call.
 *
 * @returns value for `TF_CLI_CONFIG_FILE`, or undefined when it need not be set
 */
export function writeTerraformCliConfig(options: TerraformCliConfigOptions): string | undefined {
  const { host, file } = options;
  const own = usersConfig(host);
  const mirrored = options.sources.flatMap(({ provider, mirror }) => (mirror ? [{ provider, mirror }] : []));
  if (own && !mirrored.some(({ mirror }) => mirror.origin === "named")) {
    return own === host.env.TF_CLI_CONFIG_FILE ? own : undefined;
  }
  const needed = mirrored.some(({ mirror }) => mirror.origin !== "implied");
  if (!needed && !host.env.TF_CLI_CONFIG_FILE) return undefined;
  writeIfChanged(file, needed ? installationBlock(mirrored) : "disable_checkpoint = true\n");
  return file;
}

function usersConfig(host: Host): string | undefined {
  const { env, home, platform } = host;
  if (env.TF_CLI_CONFIG_FILE) return existsSync(env.TF_CLI_CONFIG_FILE) ? env.TF_CLI_CONFIG_FILE : undefined;
  const names =
    platform === "win32"
      ? ["terraform.rc", "tofu.rc"].map((name) => join(env.APPDATA ?? home, name))
      : [".terraformrc", ".tofurc"].map((name) => join(home, name));
  return names.find((name) => existsSync(name));
}

function installationBlock(mirrored: readonly Required<ProviderSource>[]): string {
  const locations = [...new Set(mirrored.map(({ mirror }) => mirror.location))];
  const mirrors = locations.flatMap((location) => {
    const kind = location.startsWith("https://") ? "network_mirror" : "filesystem_mirror";
    const key = kind === "network_mirror" ? "url" : "path";
    const included = mirrored.filter(({ mirror }) => mirror.location === location);
    return [
      `  ${kind} {`,
      `    ${key.padEnd(7)} = ${JSON.stringify(location)}`,
      `    include = [${listed(included)}]`,
      "  }",
    ];
  });
  return [
    "disable_checkpoint = true",
    "",
    "provider_installation {",
    ...mirrors,
    "  direct {",
    `    exclude = [${listed(mirrored)}]`,
    "  }",
    "}",
    "",
  ].join("\n");
}

function listed(sources: readonly ProviderSource[]): string {
  return sources.map(({ provider }) => JSON.stringify(provider)).join(", ");
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
