import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Helm, PlainObject } from "../rendering";
import { parseManifests } from "./parse-manifests";
import type { Release } from "./release";

/** What `helm template` made of a release, or why it made nothing: for want of contact, or for a fault in what it was given. */
export type TemplatedRelease =
  { readonly objects: readonly PlainObject[] } | { readonly reason: string } | { readonly problem: string };

/** Settings of a `HelmTemplates`. */
export interface HelmTemplatesOptions {
  readonly helm: Helm;
  /** @default - Helm's own */
  readonly kubernetesVersion?: string;
  /**
   * What the cluster knows besides Kubernetes' own, as `group/version` and `group/version/Kind`.
   *
   * @default - nothing
   */
  readonly apiVersions?: readonly string[];
}

/** A host that does not answer costs this much, once. */
const FIRST_CONTACT_MS = 15_000;
const PATIENCE_MS = 120_000;
const LARGEST_OUTPUT = 256 * 1024 * 1024;
const NO_CONTACT =
  /dial tcp|no such host|connection re(fused|set)|i\/o timeout|deadline exceeded|proxyconnect|TLS handshake|network is unreachable|: EOF$/;
/** What stands between this machine and the host answers for it; a proxy that refuses the way says no more than the status. */
const NO_WAY = /": (Forbidden|Proxy Authentication Required)$|Bad Gateway|Service Unavailable|Gateway Time-?out/i;
/** What a template says is the chart's own. */
const OF_TEMPLATE = /execution error at|^template: |parse error at|values don't meet/;

/** Templates releases with a local Helm. A host that did not answer once is not asked again. */
export class HelmTemplates {
  private readonly reached = new Set<string>();
  private readonly unreachable = new Map<string, string>();

  constructor(private readonly options: HelmTemplatesOptions) {}

  /**
   * Templates a release.
   *
   * @param folder folder that the path of a local chart is relative to
   */
  async render(release: Release, folder: string | undefined): Promise<TemplatedRelease> {
    const source = sourceOf(release, folder);
    if ("problem" in source) return source;
    const { host } = source;
    const silent = host === undefined ? undefined : this.unreachable.get(host);
    if (silent !== undefined) return { reason: silent };
    const patience = host === undefined || this.reached.has(host) ? PATIENCE_MS : FIRST_CONTACT_MS;
    const { stdout, error } = await this.template(release, source.args, patience);
    if (error === undefined) {
      if (host !== undefined) this.reached.add(host);
      return { objects: parseManifests(stdout) };
    }
    if (host === undefined || !isSilence(error)) return { problem: error };
    const reason = `${host} cannot be reached`;
    this.unreachable.set(host, reason);
    return { reason };
  }

  private async template(
    release: Release,
    source: readonly string[],
    timeout: number,
  ): Promise<{ readonly stdout: string; readonly error?: string }> {
    const scratch = mkdtempSync(join(tmpdir(), "flightdeck-render-"));
    try {
      const files = release.values.map((text, index) => {
        const file = join(scratch, `values-${index}.yaml`);
        writeFileSync(file, text, { mode: 0o600 });
        return ["--values", file];
      });
      return await this.run([...this.args(release, source), ...files.flat()], timeout);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }

  private args(release: Release, source: readonly string[]): string[] {
    const { kubernetesVersion, apiVersions = [] } = this.options;
    return [
      "template",
      release.name,
      ...source,
      "--namespace",
      release.namespace,
      "--skip-tests",
      ...(release.skipCrds ? ["--skip-crds"] : ["--include-crds"]),
      ...(release.disableHooks ? ["--no-hooks"] : []),
      ...(kubernetesVersion === undefined ? [] : ["--kube-version", kubernetesVersion]),
      ...apiVersions.flatMap((version) => ["--api-versions", version]),
    ];
  }

  private run(args: readonly string[], timeout: number): Promise<{ readonly stdout: string; readonly error?: string }> {
    const { program, env } = this.options.helm;
    return new Promise((done) => {
      const options = { env: { ...env }, timeout, maxBuffer: LARGEST_OUTPUT, killSignal: "SIGKILL" as const };
      execFile(program, [...args], options, (error, stdout, stderr) => {
        if (error === null) done({ stdout });
        else done({ stdout, error: error.killed ? noEnd(timeout) : failureText(stderr || error.message) });
      });
    });
  }
}

type Source = { readonly args: readonly string[]; readonly host?: string } | { readonly problem: string };

/** How Helm is told where a chart is, as the Helm provider does. */
function sourceOf({ chart, repository, version }: Release, folder: string | undefined): Source {
  const versionArgs = version === undefined ? [] : ["--version", version];
  if (chart.startsWith("oci://")) return { args: [chart, ...versionArgs], host: hostOf(chart) };
  if (repository?.startsWith("oci://")) {
    return { args: [`${repository.replace(/\/$/, "")}/${chart}`, ...versionArgs], host: hostOf(repository) };
  }
  if (repository !== undefined)
    return { args: [chart, "--repo", repository, ...versionArgs], host: hostOf(repository) };
  if (/^https?:\/\//.test(chart)) return { args: [chart], host: hostOf(chart) };
  const path = isAbsolute(chart) ? chart : resolve(folder ?? "", chart);
  return existsSync(path) ? { args: [path] } : { problem: `there is no chart at \`${chart}\`` };
}

function isSilence(error: string): boolean {
  return !OF_TEMPLATE.test(error) && (NO_CONTACT.test(error) || NO_WAY.test(error));
}

function noEnd(timeout: number): string {
  return `helm template came to no end within ${Math.round(timeout / 1000)} s: deadline exceeded`;
}

function hostOf(address: string): string {
  return /^[a-z]+:\/\/([^/]+)/.exec(address)?.[1] ?? address;
}

function failureText(output: string): string {
  const line = output.split("\n").find((text) => text.startsWith("Error:")) ?? output.trim().split("\n")[0] ?? "";
  return line.replace(/^Error:\s*/, "").trim();
}
