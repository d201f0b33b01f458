import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fetchProviderPackages, mirrorOf } from "../../toolchain/provider-packages";
import type { ProviderPackagesOptions } from "../../toolchain/provider-packages";
import { temporaryFolder } from "../support/temporary-folder";
import { FakeHost } from "./fake-host";

const REGISTRY = "registry.terraform.io";
const RELEASES = [
  { registry: REGISTRY, name: "hashicorp/kubernetes", version: "2.38.0" },
  { registry: REGISTRY, name: "hashicorp/helm", version: "3.1.1" },
];

let host: FakeHost;
let folder: string;
beforeEach(() => {
  host = new FakeHost();
  host.env.XDG_CACHE_HOME = join(host.root, "cache");
  host.env.PATH = process.env.PATH;
  folder = temporaryFolder();
});
afterEach(() => {
  host.remove();
});

/** A Terraform that runs the lines of shell given. */
function terraform(...script: string[]): string {
  const program = join(folder, "terraform");
  writeFileSync(
    program,
    ["#!/bin/sh", `echo "$PWD $@ $TF_CLI_CONFIG_FILE" > '${folder}/call'`, ...script, ""].join("\n"),
  );
  chmodSync(program, 0o755);
  return program;
}

const INSTALL = ["kubernetes/2.38.0", "helm/3.1.1"].map(
  (release) => `mkdir -p ".terraform/providers/${REGISTRY}/hashicorp/${release}/linux_amd64"`,
);

/** Nobody listens there. */
const NOBODY = { host: "127.0.0.1", port: 1 };

function fetch(program: string, more: Partial<ProviderPackagesOptions> = {}): Promise<boolean> {
  const given = { host, releases: RELEASES, terraform: program, cliConfig: "/own.rc", registryAddress: NOBODY };
  return fetchProviderPackages({ ...given, ...more });
}

test("what Terraform could have is kept, and serves as a mirror from then on", async () => {
  const slow = terraform('echo "- Installing hashicorp/helm v3.1.1..."', "sleep 0.3", ...INSTALL);
  expect(await fetch(slow, { patienceMs: 200 })).toBe(true);
  const [where = "", ...args] = readFileSync(join(folder, "call"), "utf8").trim().split(" ");
  expect(args.join(" ")).toBe("init -input=false -no-color -backend=false /own.rc");
  expect(JSON.parse(readFileSync(join(where, "main.tf.json"), "utf8"))).toEqual({
    terraform: {
      required_providers: {
        kubernetes: { source: `${REGISTRY}/hashicorp/kubernetes`, version: "= 2.38.0" },
        helm: { source: `${REGISTRY}/hashicorp/helm`, version: "= 3.1.1" },
      },
    },
  });
  const [helm] = RELEASES.slice(1);
  expect(helm && mirrorOf(host, helm, RELEASES)).toEqual({
    location: join(where, ".terraform", "providers"),
    origin: "found",
  });
  expect(await fetch("/no/such/terraform")).toBe(true);
});

test("a Terraform that fails, or is not there, cannot have them", async () => {
  expect(await fetch(terraform("echo 'Error: could not query provider registry'", "exit 1"))).toBe(false);
  expect(await fetch("/no/such/terraform")).toBe(false);
});

test("a registry that says nothing is waited for no longer than the patience", async () => {
  const startedAt = Date.now();
  expect(await fetch(terraform("exec sleep 20"), { patienceMs: 150 })).toBe(false);
  expect(Date.now() - startedAt).toBeLessThan(2000);
  expect(existsSync(join(folder, "call"))).toBe(true);
});

test("a registry that takes connections is given more time, and no more than that", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const patient = { patienceMs: 150, registryAddress: { host: "127.0.0.1", port } };
  try {
    expect(await fetch(terraform("sleep 0.3", ...INSTALL), { ...patient, slowPatienceMs: 5000 })).toBe(true);
    rmSync(host.env.XDG_CACHE_HOME ?? "", { recursive: true });
    expect(await fetch(terraform("exec sleep 20"), { ...patient, slowPatienceMs: 250 })).toBe(false);
  } finally {
    server.close();
  }
});

test("a download goes on as long as bytes come, and ends when none do", async () => {
  const installing = 'echo "- Installing hashicorp/helm v3.1.1..."';
  const growing = Array.from({ length: 6 }, () => ["sleep 0.1", 'echo more >> "$TMPDIR/package"']).flat();
  expect(await fetch(terraform(installing, ...growing, ...INSTALL), { patienceMs: 100, idleMs: 450 })).toBe(true);
  rmSync(host.env.XDG_CACHE_HOME ?? "", { recursive: true });
  expect(await fetch(terraform(installing, "exec sleep 20"), { patienceMs: 100, idleMs: 300 })).toBe(false);
});

test("packages that a killed or failed run has left are no mirror, and go before the next try", async () => {
  const [first] = RELEASES;
  const half = terraform('echo "- Installing hashicorp/helm v3.1.1..."', ...INSTALL, "touch .terraform/half", "exit 1");
  expect(await fetch(half)).toBe(false);
  expect(first && mirrorOf(host, first, RELEASES)).toBeUndefined();
  expect(await fetch(terraform("test ! -e .terraform || exit 1", ...INSTALL))).toBe(true);
  expect(first && mirrorOf(host, first, RELEASES)).toBeDefined();
});

test("a mirror that the user has named for another provider does not stand in the way", () => {
  host.env.FLIGHTDECK_PROVIDER_MIRROR = folder;
  const [kubernetes] = RELEASES;
  expect(kubernetes && mirrorOf(host, kubernetes, RELEASES)).toBeUndefined();
});
