import { findExecutable } from "./find-executable";
import { installHint } from "./install-hint";
import type { Host } from "./host";
import { runCommand } from "./run-command";
import type { ToolCheck } from "./tool-check";
import { formatVersion, isAtLeast, parseVersion } from "./version";

/** The S3 backend locks by itself (`use_lockfile`) from 1.10 on, in Terraform and OpenTofu alike. */
const MINIMUM = [1, 10, 0] as const;

/** A Terraform or OpenTofu that fits. */
export interface TerraformTool {
  readonly product: "Terraform" | "OpenTofu";
  /** Name or path as the CDKTF command line wants it in `TERRAFORM_BINARY_NAME`. */
  readonly binaryName: string;
  readonly path: string;
  readonly version: string;
  /** Registry that this product takes `hashicorp/aws` from. */
  readonly registry: "registry.terraform.io" | "registry.opentofu.org";
}

/** A check, and the tool when it fits. */
export interface TerraformCheck extends ToolCheck {
  /** @default - nothing fits */
  readonly tool?: TerraformTool;
}

/**
 * Looks for Terraform or OpenTofu 1.10 or later: the program that `TERRAFORM_BINARY_NAME` names, as the CDKTF command
 * line does, else `terraform`, else `tofu`.
 */
export async function checkTerraform(host: Host): Promise<TerraformCheck> {
  const named = host.env.TERRAFORM_BINARY_NAME;
  const candidates = named ? [named] : ["terraform", "tofu"];
  const fix = installHint("terraform", host);
  let unfit: TerraformCheck | undefined;
  for (const binaryName of candidates) {
    const path = findExecutable(binaryName, host.env);
    if (!path) continue;
    const check = await inspect(binaryName, path, host);
    if (check.status === "ok") return check;
    unfit ??= { ...check, fix };
  }
  if (unfit) return unfit;
  const detail = named
    ? `TERRAFORM_BINARY_NAME is \`${named}\`, and no such program is on the PATH`
    : "neither `terraform` nor `tofu` is on the PATH: Flightdeck needs one of them, 1.10 or later";
  return { name: "Terraform", status: "missing", detail, fix };
}

async function inspect(binaryName: string, path: string, host: Host): Promise<TerraformCheck> {
  const env = { ...host.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
  const { status, stdout, stderr } = await runCommand(path, ["version"], { env });
  const product = /^OpenTofu/m.test(stdout) ? "OpenTofu" : "Terraform";
  const parsed = parseVersion(stdout);
  if (status !== 0 || !parsed) {
    const said = (stderr || stdout).trim().split("\n")[0] ?? "";
    return { name: product, status: "unfit", path, detail: `\`${path} version\` failed: ${said || `exit ${status}`}` };
  }
  const version = formatVersion(parsed);
  if (!isAtLeast(parsed, MINIMUM)) {
    const detail = `${product} ${version} is too old: Flightdeck needs 1.10 or later, for S3's own state locking`;
    return { name: product, status: "unfit", path, version, detail };
  }
  const registry = product === "OpenTofu" ? "registry.opentofu.org" : "registry.terraform.io";
  const tool: TerraformTool = { product, binaryName, path, version, registry };
  return { name: product, status: "ok", path, version, detail: "needs 1.10 or later", tool };
}
