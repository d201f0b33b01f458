import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { findProviderMirror, type Host, writeTerraformCliConfig } from "../../toolchain";

/** The oldest provider of the window, which all that is proven here is proven with. */
const PROVIDER = { registry: "registry.terraform.io", name: "hashicorp/aws", version: "5.100.0" };

/** What `terraform validate -json` says. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail: string }[];
}

/** Terraform with the real AWS provider over stacks of the test's own, without states and without AWS. */
export class TerraformValidator {
  private readonly folder = mkdtempSync(join(tmpdir(), "flightdeck-validate-"));
  private readonly env: NodeJS.ProcessEnv;
  private readonly lockFile = join(this.folder, ".terraform.lock.hcl");
  private initialised = false;

  constructor() {
    const { env, platform, arch } = process;
    const host: Host = { env, platform, arch, home: homedir() };
    const config = writeTerraformCliConfig({
      host,
      file: join(this.folder, "terraform.rc"),
      providers: [`${PROVIDER.registry}/${PROVIDER.name}`],
      mirror: findProviderMirror(host, PROVIDER),
    });
    const shared = { TF_DATA_DIR: join(this.folder, "data"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
    this.env = { ...env, ...shared, ...(config ? { TF_CLI_CONFIG_FILE: config } : {}) };
  }

  /** Checks a stack against the provider's schema. The first one installs the provider for all. */
  validate(stackId: string, text: string): Validation {
    const cwd = join(this.folder, stackId);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "cdk.tf.json"), withProvider(text, PROVIDER.version));
    if (this.initialised) {
      copyFileSync(this.lockFile, join(cwd, ".terraform.lock.hcl"));
    } else {
      this.terraform(cwd, "init", "-backend=false", "-input=false", "-no-color");
      copyFileSync(join(cwd, ".terraform.lock.hcl"), this.lockFile);
      this.initialised = true;
    }
    return JSON.parse(this.terraform(cwd, "validate", "-json")) as Validation;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Standard output; `validate` prints its findings there and exits with 1. */
  private terraform(cwd: string, ...args: string[]): string {
    try {
      return execFileSync("terraform", args, {
        cwd,
        env: this.env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      if (args[0] === "validate" && stdout) return stdout;
      throw new Error(`terraform ${args.join(" ")} failed:\n${stderr ?? String(error)}`, { cause: error });
    }
  }
}

function withProvider(text: string, version: string): string {
  const json = JSON.parse(text) as { terraform: { required_providers: { aws: { version: string } } } };
  json.terraform.required_providers.aws.version = version;
  return JSON.stringify(json);
}
