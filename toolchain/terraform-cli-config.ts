import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "./host";
import type { ProviderMirror } from "./provider-mirror";

/** What `writeTerraformCliConfig` needs to know. */
export interface TerraformCliConfigOptions {
  readonly host: Host;
  /** File to write when Terraform needs other settings than the user's own. */
  readonly file: string;
  /** Providers to take from the mirror, fully qualified, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly providers: readonly string[];
  /** @default - providers come from their registry */
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
  const { host, mirror, file } = options;
  const own = usersConfig(host);
  if (own && mirror?.origin !== "named") return own === host.env.TF_CLI_CONFIG_FILE ? own : undefined;
  const needed = mirror !== undefined && mirror.origin !== "implied";
  if (!needed && !host.env.TF_CLI_CONFIG_FILE) return undefined;
  writeIfChanged(file, needed ? installationBlock(mirror, options.providers) : "disable_checkpoint = true\n");
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

function installationBlock(mirror: ProviderMirror, providers: readonly string[]): string {
  const kind = mirror.location.startsWith("https://") ? "network_mirror" : "filesystem_mirror";
  const key = kind === "network_mirror" ? "url" : "path";
  const list = providers.map((provider) => JSON.stringify(provider)).join(", ");
  return [
    "disable_checkpoint = true",
    "",
    "provider_installation {",
    `  ${kind} {`,
    `    ${key.padEnd(7)} = ${JSON.stringify(mirror.location)}`,
    `    include = [${list}]`,
    "  }",
    "  direct {",
    `    exclude = [${list}]`,
    "  }",
    "}",
    "",
  ].join("\n");
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
