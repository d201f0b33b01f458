import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { sandboxPrograms } from "../../../catalog";
import { findExecutable } from "../../../toolchain/find-executable";
import type { ProgramSources } from "../../../toolchain/control-plane";
import type { FakeHost } from "../fake-host";

/** A module folder and pins as the product has them, on a machine made of folders. */
export function sources(host: FakeHost): ProgramSources {
  host.env.FLIGHTDECK_CACHE_DIR = join(host.root, "cache");
  host.write("tools/go.mod", "module flightdeck/tools\n");
  host.write("tools/go.sum");
  return { host, pins: sandboxPrograms, moduleFolder: join(host.root, "tools") };
}

/** Puts a program of the real machine on the PATH of the fake one. */
export function lend(host: FakeHost, ...names: string[]): void {
  for (const name of names) symlinkSync(findExecutable(name, process.env) ?? name, join(host.bin, name));
}

/** The shell script that a fake release holds. */
export function program(name: string, version: string): string {
  return `#!/bin/sh\necho ${name} v${version}\n`;
}

/** A `.tar.gz` with one file in it. */
export function archive(folder: string, member: string, text: string): Buffer {
  const file = join(folder, member);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  execFileSync("tar", ["-czf", join(folder, "archive.tar.gz"), "-C", folder, member]);
  return readFileSync(join(folder, "archive.tar.gz"));
}

export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What a path of the mirror answers: a content, or anything else by a handler. */
export type Answer = string | Buffer | ((response: ServerResponse) => void);

/** A mirror of the official releases on this machine. */
export class FakeMirror {
  readonly answers = new Map<string, Answer>();
  readonly asked: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    this.asked.push(path);
    const answer = this.answers.get(path);
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === "function") answer(response);
    else response.end(answer);
  });

  /** Address for `FLIGHTDECK_TOOLS_MIRROR`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Serves the official releases of all programs, as their projects publish them. */
  publish(folder: string): void {
    const kube = ["kube-apiserver", "kube-scheduler", "kube-controller-manager"];
    for (const name of kube) this.publishKubernetes(name, program(name, "1.36.3"));
    const etcd = archive(folder, "etcd-v3.6.8-linux-amd64/etcd", program("etcd", "3.6.8"));
    const etcdBase = "github.com/etcd-io/etcd/releases/download/v3.6.8";
    this.answers.set(`${etcdBase}/etcd-v3.6.8-linux-amd64.tar.gz`, etcd);
    const others = `${"0".repeat(64)}  etcd-v3.6.8-linux-arm64.tar.gz\n`;
    this.answers.set(`${etcdBase}/SHA256SUMS`, `${others}${sha256(etcd)}  etcd-v3.6.8-linux-amd64.tar.gz\n`);
    const kwok = program("kwok", "0.8.0");
    const assets = [{ name: "kwok-linux-amd64", digest: `sha256:${sha256(kwok)}` }];
    this.answers.set("github.com/kubernetes-sigs/kwok/releases/download/v0.8.0/kwok-linux-amd64", kwok);
    this.answers.set("api.github.com/repos/kubernetes-sigs/kwok/releases/tags/v0.8.0", JSON.stringify({ assets }));
    const helm = archive(folder, "linux-amd64/helm", program("helm", "3.21.4"));
    this.answers.set("get.helm.sh/helm-v3.21.4-linux-amd64.tar.gz", helm);
    this.answers.set(
      "get.helm.sh/helm-v3.21.4-linux-amd64.tar.gz.sha256sum",
      `${sha256(helm)}  helm-v3.21.4-linux-amd64.tar.gz\n`,
    );
  }

  publishKubernetes(name: string, content: string): void {
    const path = `dl.k8s.io/release/v1.36.3/bin/linux/amd64/${name}`;
    this.answers.set(path, content);
    this.answers.set(`${path}.sha256`, sha256(content));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
