import { join } from "node:path";
import { checkTerraform, findProviderMirror, mirrorOf, ToolchainError, writeTerraformCliConfig } from "../../toolchain";
import type { Host, ProviderRelease, ProviderSource, TerraformTool } from "../../toolchain";
import { AWS_PROVIDER } from "../aws-provider";
import { clusterProvidersFrom } from "../cluster-providers";
import type { CliContext } from "../context";

/** Terraform, and the settings it runs with. */
export interface PreparedTerraform {
  readonly terraform: TerraformTool;
  /** @default - Terraform's own choice */
  readonly cliConfig?: string;
}

/**
 * Finds Terraform or OpenTofu and settles where its providers come from.
 *
 * @throws ToolchainError `TERRAFORM_MISSING` with the command that installs it
 */
export async function prepareTerraform({ host, sandbox }: CliContext): Promise<PreparedTerraform> {
  const terraform = await findTerraform(host);
  const { registry } = terraform;
  const cliConfig = writeTerraformCliConfig({
    host,
    file: join(sandbox.folder, "terraform.rc"),
    sources: [
      { provider: `${registry}/${AWS_PROVIDER.name}`, mirror: findProviderMirror(host, { ...AWS_PROVIDER, registry }) },
      ...clusterSources(host, registry),
    ],
  });
  return { terraform, cliConfig };
}

/**
 * Finds Terraform or OpenTofu.
 *
 * @throws ToolchainError `TERRAFORM_MISSING` with the command that installs it
 */
export async function findTerraform(host: Host): Promise<TerraformTool> {
  const { tool, detail, fix = "" } = await checkTerraform(host);
  if (!tool) throw new ToolchainError("TERRAFORM_MISSING", `${detail}. Install it: ${fix}`);
  return tool;
}

function clusterSources(host: Host, registry: TerraformTool["registry"]): ProviderSource[] {
  const releases = clusterReleases(registry);
  return releases.map((release) => ({
    provider: `${registry}/${release.name}`,
    mirror: mirrorOf(host, release, releases),
  }));
}

/** The Kubernetes and the Helm provider, as releases of a registry. */
export function clusterReleases(registry: TerraformTool["registry"]): ProviderRelease[] {
  return clusterProvidersFrom(registry).map(({ name, version }) => ({ registry, name, version }));
}
