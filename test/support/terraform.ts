import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { AWS_PROVIDER } from "../../cli/aws-provider";
import { CLUSTER_PROVIDERS } from "../../cli/cluster-providers";
import { findProviderMirror, type Host, mirrorOf, type ProviderMirror, writeTerraformCliConfig } from "../../toolchain";

const registry = "registry.terraform.io";
/** The oldest providers of the windows, which all that is proven here is proven with. */
const AWS = { ...AWS_PROVIDER, registry };
const ON_CLUSTERS = CLUSTER_PROVIDERS.map(({ name, version }) => ({ registry, name, version }));

const { env, platform, arch } = process;
const HOST: Host = { env, platform, arch, home: homedir() };
const MIRRORS = ON_CLUSTERS.map((release) => mirrorOf(HOST, release, ON_CLUSTERS));

/** What a test's title says where Kubernetes objects cannot be put before their providers; "" where they can. */
export const WITHOUT_OBJECTS = MIRRORS.every((mirror) => mirror !== undefined)
  ? ""
  : `, Kubernetes objects aside: no mirror here holds ${ON_CLUSTERS.map(({ name }) => name).join(" and ")}`;

/** What `terraform validate -json` says. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail: string }[];
}

/** Terraform with the real AWS provider over stacks of the test's own, without AWS. */
export class TerraformValidator {
  private readonly folder = mkdtempSync(join(tmpdir(), "flightdeck-validate-"));
  private readonly env: NodeJS.ProcessEnv;
  private readonly lockFile = join(this.folder, ".terraform.lock.hcl");
  private initialised = false;

  constructor() {
    const sourceOf = (name: string, mirror: ProviderMirror | undefined) => ({
      provider: `${registry}/${name}`,
      mirror,
    });
    const config = writeTerraformCliConfig({
      host: HOST,
      file: join(this.folder, "terraform.rc"),
      sources: [
        sourceOf(AWS.name, findProviderMirror(HOST, AWS)),
        ...ON_CLUSTERS.map(({ name }, index) => sourceOf(name, MIRRORS[index])),
      ],
    });
    const shared = { TF_DATA_DIR: join(this.folder, "data"), TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
    this.env = { ...env, ...shared, ...(config ? { TF_CLI_CONFIG_FILE: config } : {}) };
  }

  /** Checks a stack against the providers' schemas. The first one installs the providers for all. */
  validate(stackId: string, text: string): Validation {
    const cwd = this.prepare(stackId, text);
    return JSON.parse(this.terraform(cwd, "validate", "-json")) as Validation;
  }

  /**
   * Plans a stack against a state, without asking AWS: what the provider itself makes of the difference.
   *
   * @param stackId its state must be local
   * @param state a state of format 4
   * @returns what `terraform show -json` prints of the plan
   */
  plan(stackId: string, text: string, state: object): string {
    const cwd = this.prepare(stackId, text);
    writeFileSync(join(cwd, "terraform.tfstate"), JSON.stringify(state));
    this.terraform(cwd, "plan", "-refresh=false", "-input=false", "-lock=false", "-no-color", "-out=plan");
    return this.terraform(cwd, "show", "-json", "plan");
  }

  private prepare(stackId: string, text: string): string {
    const cwd = join(this.folder, stackId);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "cdk.tf.json"), withOldestProviders(text));
    if (this.initialised) {
      copyFileSync(this.lockFile, join(cwd, ".terraform.lock.hcl"));
    } else {
      this.terraform(cwd, "init", "-backend=false", "-input=false", "-no-color");
      copyFileSync(join(cwd, ".terraform.lock.hcl"), this.lockFile);
      this.initialised = true;
    }
    return cwd;
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

interface StackJson {
  readonly terraform: { required_providers: Record<string, { source: string; version: string }> };
  provider: Record<string, unknown>;
  resource?: Record<string, unknown>;
}

/** Every stack asks for all providers that can be had, so that one installation serves all. */
function withOldestProviders(text: string): string {
  const json = JSON.parse(text) as StackJson;
  const releases = WITHOUT_OBJECTS === "" ? [AWS, ...ON_CLUSTERS] : [AWS];
  const pins = releases.map(({ name, version }) => [name.split("/")[1] ?? name, { source: name, version }] as const);
  json.terraform.required_providers = Object.fromEntries(pins);
  if (WITHOUT_OBJECTS !== "") {
    const own = ([name]: [string, unknown]) => !/^(kubernetes|helm)(_|$)/.test(name);
    const others = Object.entries(json.resource ?? {}).filter(own);
    json.resource = others.length > 0 ? Object.fromEntries(others) : undefined;
    json.provider = Object.fromEntries(Object.entries(json.provider).filter(own));
  }
  return JSON.stringify(json);
}
