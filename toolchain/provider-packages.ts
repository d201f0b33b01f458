import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { cacheFolder } from "./host";
import type { Host } from "./host";
import { findProviderMirror, holdsProvider } from "./provider-mirror";
import type { ProviderMirror, ProviderRelease } from "./provider-mirror";
import { ToolchainError } from "./toolchain-error";

interface Address {
  readonly host: string;
  readonly port: number;
}

interface Contact {
  readonly yes: boolean;
  readonly end: () => void;
}

type InitProcess = ChildProcessByStdio<null, Readable, null>;

/** What provider packages are asked for, and with what. */
export interface ProviderPackagesOptions {
  readonly host: Host;
  readonly releases: readonly ProviderRelease[];
  /** Path of Terraform or OpenTofu. */
  readonly terraform: string;
  /**
   * Value for `TF_CLI_CONFIG_FILE`.
   * @default - Terraform's own choice
   */
  readonly cliConfig?: string;
  /**
   * Milliseconds until a source that has not begun to hand out packages counts as one that cannot be reached.
   * @default 2500
   */
  readonly patienceMs?: number;
  /**
   * The same where the registry takes connections, and so is only slow.
   * @default 10000
   */
  readonly slowPatienceMs?: number;
  /**
   * Milliseconds that a download may go without a further byte.
   * @default 120000
   */
  readonly idleMs?: number;
  /**
   * Where connections show that the registry is there.
   * @default - the proxy that the environment names, else the registry
   */
  readonly registryAddress?: Address;
}

const PATIENCE_MS = 2500;
const SLOW_PATIENCE_MS = 10_000;
const IDLE_MS = 120_000;
const CHECK_MS = 100;
const DOWNLOADS = "downloads";
/** Stands beside packages that are all there. A run that was killed leaves some of them, whole or not. */
const COMPLETE = ".complete";
/** Terraform has found out where a package is, or has it. */
const UNDER_WAY = /^- (Installing|Installed|Using) /m;

/**
 * Says whether Terraform can have providers on this machine, in the one way that knows mirrors, caches, proxies and the
 * registry alike: `terraform init` over nothing but them. What it downloads is kept, and serves as a mirror from then on. Where
 * nothing answers this takes less than three seconds, where the registry is slow up to ten.
 */
export async function fetchProviderPackages(options: ProviderPackagesOptions): Promise<boolean> {
  const { host, releases } = options;
  if (releases.every((release) => mirrorOf(host, release, releases) !== undefined)) return true;
  const folder = packagesFolder(host, releases);
  for (const left of [COMPLETE, ".terraform", ".terraform.lock.hcl", DOWNLOADS]) {
    rmSync(join(folder, left), { recursive: true, force: true });
  }
  mkdirSync(join(folder, DOWNLOADS), { recursive: true });
  writeFileSync(join(folder, "main.tf.json"), `${JSON.stringify(requirements(releases), undefined, 2)}\n`);
  const had = await initialise(folder, options);
  rmSync(join(folder, DOWNLOADS), { recursive: true, force: true });
  if (had) writeFileSync(join(folder, COMPLETE), "");
  return had;
}

/**
 * Where a provider can be had without its registry: a mirror, or what `fetchProviderPackages` has kept.
 *
 * @param releases all providers that are asked for together
 */
export function mirrorOf(
  host: Host,
  release: ProviderRelease,
  releases: readonly ProviderRelease[],
): ProviderMirror | undefined {
  const mirror = tryMirror(host, release);
  if (mirror) return mirror;
  const folder = packagesFolder(host, releases);
  const kept = join(folder, ".terraform", "providers");
  return existsSync(join(folder, COMPLETE)) && holdsProvider(kept, release, host)
    ? { location: kept, origin: "found" }
    : undefined;
}

/** A mirror that the user has named for the AWS provider need not hold the others. */
function tryMirror(host: Host, release: ProviderRelease): ProviderMirror | undefined {
  try {
    return findProviderMirror(host, release);
  } catch (error) {
    if (error instanceof ToolchainError) return undefined;
    throw error;
  }
}

function packagesFolder(host: Host, releases: readonly ProviderRelease[]): string {
  const hash = createHash("sha256").update(JSON.stringify(releases)).digest("hex").slice(0, 12);
  return join(cacheFolder(host), `provider-packages-${hash}`);
}

function requirements(releases: readonly ProviderRelease[]): unknown {
  const required = releases.map(({ registry, name, version }) => [
    name.split("/")[1] ?? name,
    { source: `${registry}/${name}`, version: `= ${version}` },
  ]);
  return { terraform: { required_providers: Object.fromEntries(required) as unknown } };
}

/** Runs `terraform init` for as long as it gets on. */
async function initialise(folder: string, options: ProviderPackagesOptions): Promise<boolean> {
  const { patienceMs = PATIENCE_MS, slowPatienceMs = SLOW_PATIENCE_MS, idleMs = IDLE_MS } = options;
  const child = startInit(folder, options);
  const ended = new Promise<boolean>((resolve) => {
    child.on("error", () => {
      resolve(false);
    });
    child.on("close", (code) => {
      resolve(code === 0);
    });
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  const answers = registryAnswers(options);
  const startedAt = performance.now();
  const progress = { seen: "", at: startedAt };
  const check = setInterval(() => {
    const now = performance.now();
    const seen = `${output.length} ${sizeOf(folder)}`;
    if (seen !== progress.seen) Object.assign(progress, { seen, at: now });
    const silent = now - startedAt > (answers.yes ? slowPatienceMs : patienceMs);
    const stuck = UNDER_WAY.test(output) ? now - progress.at > idleMs : silent;
    if (stuck) child.kill("SIGKILL");
  }, CHECK_MS);
  try {
    return await ended;
  } finally {
    clearInterval(check);
    answers.end();
  }
}

function startInit(folder: string, { host, terraform, cliConfig }: ProviderPackagesOptions): InitProcess {
  const env = {
    ...host.env,
    ...(cliConfig && { TF_CLI_CONFIG_FILE: cliConfig }),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_REGISTRY_DISCOVERY_RETRY: "0",
    TF_REGISTRY_CLIENT_TIMEOUT: "8",
    // Downloads go here too, where their growth shows that it gets on, and where nothing of them outlives this.
    TMPDIR: join(folder, DOWNLOADS),
  };
  const args = ["init", "-input=false", "-no-color", "-backend=false"];
  return spawn(terraform, args, { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
}

/** Whether anybody takes connections where the registry, or the proxy on the way to it, should be. */
function registryAnswers({ host, releases, registryAddress }: ProviderPackagesOptions): Contact {
  const address = registryAddress ?? addressOf(host, releases[0]?.registry ?? "");
  const contact = { yes: false, end: () => socket.destroy() };
  const socket = connect(address);
  socket.on("error", () => undefined);
  socket.on("connect", () => {
    contact.yes = true;
  });
  return contact;
}

function addressOf({ env }: Host, registry: string): Address {
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  const url = proxy?.includes("://") ? proxy : `http://${proxy ?? ""}`;
  if (!URL.canParse(url)) return { host: registry, port: 443 };
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (protocol === "https:" ? 443 : 80) };
}

/** Bytes in all files of a folder, as far as they can be seen. */
function sizeOf(folder: string): number {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  } catch {
    return -1;
  }
}
