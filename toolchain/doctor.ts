import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkCdktfCores } from "./cdktf-cores";
import { checkControlPlane } from "./control-plane";
import type { ProgramSources } from "./control-plane";
import { cacheFolder } from "./host";
import type { Host } from "./host";
import { checkNode } from "./node-check";
import { findProviderMirror } from "./provider-mirror";
import { checkPython } from "./python-check";
import type { PythonCheck } from "./python-check";
import { checkTerraform } from "./terraform-check";
import type { TerraformCheck } from "./terraform-check";
import type { ToolCheck } from "./tool-check";
import { ToolchainError } from "./toolchain-error";
import { virtualEnvironmentFolder } from "./virtual-environment";

/** What the report looks at. */
export interface DoctorOptions {
  readonly host: Host;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  /** Root of the repository. */
  readonly projectFolder: string;
  readonly requirementsFile: string;
  /** The provider release that the sandbox pins; its registry follows from the Terraform product found. */
  readonly provider: { readonly name: string; readonly version: string };
  /** What the control plane is made of. */
  readonly controlPlane: Omit<ProgramSources, "host">;
}

/** Checks all that a deploy into the sandbox needs, in the order in which it is needed. */
export async function examine(options: DoctorOptions): Promise<readonly ToolCheck[]> {
  const { host } = options;
  const [terraform, python, controlPlane] = await Promise.all([
    checkTerraform(host),
    checkPython(host),
    checkControlPlane({ host, ...options.controlPlane }),
  ]);
  return [
    checkNode(host, options.nodeVersion),
    checkCdktfCores(options.projectFolder),
    plain(terraform),
    checkProvider(options, terraform),
    plain(python),
    checkVirtualEnvironment(options, python),
    controlPlane,
  ];
}

function plain({ name, status, detail, version, path, fix }: ToolCheck): ToolCheck {
  return { name, status, detail, version, path, fix };
}

function checkProvider(options: DoctorOptions, terraform: TerraformCheck): ToolCheck {
  const name = "AWS provider";
  const { version } = options.provider;
  const registry = terraform.tool?.registry ?? "registry.terraform.io";
  try {
    const mirror = findProviderMirror(options.host, { ...options.provider, registry });
    if (mirror) return { name, status: "ok", version, path: mirror.location, detail: `${mirror.origin} mirror` };
    return { name, status: "later", version, detail: `comes from ${registry} on first use` };
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    return { name, status: "unfit", version, detail: error.message };
  }
}

function checkVirtualEnvironment(options: DoctorOptions, { tool }: PythonCheck): ToolCheck {
  const name = "Virtual environment";
  if (!tool) return { name, status: "later", detail: "is built once Python is there" };
  const folder = virtualEnvironmentFolder({
    cacheFolder: cacheFolder(options.host),
    requirementsFile: options.requirementsFile,
    python: tool,
  });
  if (existsSync(join(folder, ".complete"))) return { name, status: "ok", path: folder, detail: "complete" };
  return { name, status: "later", path: folder, detail: "is built on first use, about 500 MB" };
}
