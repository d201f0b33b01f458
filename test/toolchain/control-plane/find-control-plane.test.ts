import { chmodSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { checkControlPlane, findControlPlane, findHelm, programFolder } from "../../../toolchain/control-plane";
import type { ProgramSources } from "../../../toolchain/control-plane";
import { cacheFolder } from "../../../toolchain/host";
import { FakeHost } from "../fake-host";
import { program, sources } from "./fake-releases";

const VERSIONS = {
  etcd: "3.6.8",
  "kube-apiserver": "1.36.3",
  "kube-scheduler": "1.36.3",
  "kube-controller-manager": "1.36.3",
  kwok: "0.8.0",
} as const;
const NAMES = Object.keys(VERSIONS) as (keyof typeof VERSIONS)[];

let host: FakeHost;
let given: ProgramSources;
beforeEach(() => {
  host = new FakeHost();
  given = sources(host);
});
afterEach(() => {
  host.remove();
});

function put(folder: string, name: string, version: string): string {
  const file = host.write(join(folder.replace(host.root, ""), name));
  writeFileSync(file, program(name, version));
  chmodSync(file, 0o755);
  return file;
}

test("on a bare machine all five are missing", async () => {
  expect(await findControlPlane(given)).toEqual({ programs: undefined, found: [], missing: NAMES, passedOver: [] });
});

test("the cache alone makes a whole control plane", async () => {
  const folder = programFolder(given);
  for (const name of NAMES) put(folder, name, VERSIONS[name]);
  const { programs, missing, found } = await findControlPlane(given);
  expect(missing).toEqual([]);
  expect(programs).toEqual({
    etcd: join(folder, "etcd"),
    kubeApiserver: join(folder, "kube-apiserver"),
    kubeScheduler: join(folder, "kube-scheduler"),
    kubeControllerManager: join(folder, "kube-controller-manager"),
    kwok: join(folder, "kwok"),
  });
  expect(new Set(found.map(({ origin }) => origin))).toEqual(new Set(["cache"]));
});

test("KUBEBUILDER_ASSETS goes before the PATH, the PATH before the cache, each program for itself", async () => {
  const assets = join(host.root, "assets");
  host.env.KUBEBUILDER_ASSETS = assets;
  for (const name of ["etcd", "kube-apiserver"]) put(assets, name, VERSIONS[name as "etcd"]);
  for (const name of NAMES) put(programFolder(given), name, VERSIONS[name]);
  put(host.bin, "kube-apiserver", "1.36.0");
  put(host.bin, "kwok", "0.8.1");
  const { found } = await findControlPlane(given);
  expect(found.map(({ program: name, origin }) => [name, origin])).toEqual([
    ["etcd", "KUBEBUILDER_ASSETS"],
    ["kube-apiserver", "KUBEBUILDER_ASSETS"],
    ["kube-scheduler", "cache"],
    ["kube-controller-manager", "cache"],
    ["kwok", "PATH"],
  ]);
});

test("another minor version, or a program that does not run, is passed over and said so", async () => {
  const scheduler = put(host.bin, "kube-scheduler", "1.35.3");
  const kwok = host.install("kwok", "echo no such option >&2", "exit 3");
  const { found, passedOver } = await findControlPlane(given);
  expect(found).toEqual([]);
  expect(passedOver).toEqual([
    { program: "kube-scheduler", path: scheduler, reason: "is version 1.35.3, 1.36 is needed" },
    { program: "kwok", path: kwok, reason: "`--version` failed: no such option" },
  ]);
});

test("folders that are named relative to where the command runs give absolute paths all the same", async () => {
  const path = put(join(host.root, "assets"), "etcd", VERSIONS.etcd);
  const kwok = put(host.bin, "kwok", VERSIONS.kwok);
  put(programFolder(given), "kube-apiserver", VERSIONS["kube-apiserver"]);
  const cached = join(programFolder(given), "kube-apiserver");
  host.env.KUBEBUILDER_ASSETS = relative(process.cwd(), join(host.root, "assets"));
  host.env.PATH = relative(process.cwd(), host.bin);
  host.env.FLIGHTDECK_CACHE_DIR = relative(process.cwd(), join(host.root, "cache"));
  const { found } = await findControlPlane(given);
  expect(found.map((one) => one.path)).toEqual([path, cached, kwok]);
  host.env.FLIGHTDECK_CACHE_DIR = undefined;
  host.env.XDG_CACHE_HOME = "caches";
  expect(cacheFolder(host)).toBe(join(process.cwd(), "caches", "flightdeck"));
});

test("helm fits by its major version", async () => {
  const helm = host.install("helm", "echo v3.14.0+g1234");
  expect(await findHelm(given)).toEqual({ helm, passedOver: [] });
  host.install("helm", "echo v4.0.1");
  expect(await findHelm(given)).toEqual({
    helm: undefined,
    passedOver: [{ program: "helm", path: helm, reason: "is version 4.0.1, 3 is needed" }],
  });
});

test("another pin, another module or another machine is another folder", () => {
  const folder = programFolder(given);
  expect(folder).toMatch(/\/cache\/control-plane-[0-9a-f]{12}-linux-amd64$/);
  const pins = { ...given.pins, kwok: { ...given.pins.kwok, version: "0.7.0" } };
  expect(programFolder({ ...given, pins })).not.toBe(folder);
  host.write("tools/go.sum", "changed");
  expect(programFolder(given)).not.toBe(folder);
  host.platform = "darwin";
  expect(programFolder(given)).toMatch(/-darwin-amd64$/);
});

describe("the doctor", () => {
  test("names the command that adds a control plane, and what was passed over", async () => {
    put(programFolder(given), "etcd", "3.6.8");
    const kwok = put(host.bin, "kwok", "0.5.0");
    expect(await checkControlPlane(given)).toEqual({
      name: "Control plane",
      status: "later",
      version: "1.36.3",
      detail: `lacks kube-apiserver, kube-scheduler, kube-controller-manager, kwok (kwok at ${kwok} is version 0.5.0, 0.8 is needed); npm run sandbox:tools adds it`,
    });
  });

  test("says where it was found", async () => {
    for (const name of NAMES) put(programFolder(given), name, VERSIONS[name]);
    expect(await checkControlPlane(given)).toEqual({
      name: "Control plane",
      status: "ok",
      version: "1.36.3",
      path: programFolder(given),
      detail: "from cache",
    });
  });
});
