import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { downloadControlPlane, ensureControlPlane, programFolder } from "../../../toolchain/control-plane";
import type { ProgramProgress, ProgramSources } from "../../../toolchain/control-plane";
import { inWorkingFolder } from "../../../toolchain/releases/working-folder";
import { FakeHost } from "../fake-host";
import { FakeMirror, lend, sources } from "./fake-releases";

const ALL = ["etcd", "helm", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"];

let host: FakeHost;
let mirror: FakeMirror;
let given: ProgramSources;
beforeEach(async () => {
  host = new FakeHost();
  mirror = new FakeMirror();
  given = sources(host);
  host.env.FLIGHTDECK_TOOLS_MIRROR = await mirror.start();
});
afterEach(async () => {
  await mirror.stop();
  host.remove();
});

/** A Go that writes a script where `-o` says, and its arguments and environment into `go.log`. */
function installGo(...body: string[]): void {
  host.install(
    "go",
    'if [ "$1" = list ]; then echo 1.26.0; exit 0; fi',
    ...body,
    `echo "$*" >> ${join(host.root, "go.log")}`,
    `echo "cgo=$CGO_ENABLED work=$GOWORK os=$GOOS flags=$GOFLAGS" >> ${join(host.root, "go.log")}`,
    'while [ "$1" != -o ]; do shift; done',
    'echo "#!/bin/sh" > "$2"; PATH=/bin:/usr/bin chmod 755 "$2"',
  );
}

test("with the releases at hand nothing is built", async () => {
  lend(host, "tar", "gzip");
  mirror.publish(join(host.root, "releases"));
  const { found, passedOver } = await ensureControlPlane(given);
  expect(found.map(({ program, origin }) => [program, origin]).sort()).toEqual(ALL.map((name) => [name, "cache"]));
  expect(passedOver).toEqual([]);
});

test("what cannot be downloaded is built, with the version that the pin says", async () => {
  installGo();
  host.env.GOFLAGS = "-mod=mod";
  const steps: ProgramProgress[] = [];
  const { found } = await ensureControlPlane({ ...given, onProgress: (step) => steps.push(step) });
  expect(found).toHaveLength(6);
  const built = steps.filter(({ by, step }) => by === "build" && step === "done");
  expect(built.map(({ program }) => program)).toEqual([
    "etcd",
    "kube-apiserver",
    "kube-scheduler",
    "kube-controller-manager",
    "kwok",
    "helm",
  ]);
  const log = readFileSync(join(host.root, "go.log"), "utf8").split("\n");
  expect(log[2]).toMatch(
    /^build -mod=readonly -trimpath -buildvcs=false -ldflags -s -w -X .* k8s.io\/kubernetes\/cmd\/kube-apiserver$/,
  );
  expect(log[2]).toContain("-X k8s.io/component-base/version.gitVersion=v1.36.3");
  expect(log[2]).toContain("-X k8s.io/component-base/version.gitMinor=36");
  expect(log[3]).toBe("cgo=0 work=off os= flags=");
});

test("offline nothing is asked for, and what is there is not built again", async () => {
  installGo();
  await ensureControlPlane({ ...given, offline: true });
  const before = readFileSync(join(host.root, "go.log"), "utf8");
  await ensureControlPlane({ ...given, offline: true });
  expect(readFileSync(join(host.root, "go.log"), "utf8")).toBe(before);
  expect(mirror.asked).toEqual([]);
});

test("asked to build, all are built whatever there is", async () => {
  installGo();
  await ensureControlPlane({ ...given, build: true });
  await ensureControlPlane({ ...given, build: true });
  expect(readFileSync(join(host.root, "go.log"), "utf8").match(/^build /gm)).toHaveLength(12);
  expect(mirror.asked).toEqual([]);
});

test("without Go the error names each program, why it is not there, and all ways out", async () => {
  await expect(ensureControlPlane({ ...given, offline: true })).rejects.toMatchObject({
    code: "GO_MISSING",
    message: [
      "The control plane lacks 6 of 6 programs:",
      "  etcd 3.6.8: not downloaded, as asked",
      "  kube-apiserver 1.36.3: not downloaded, as asked",
      "  kube-scheduler 1.36.3: not downloaded, as asked",
      "  kube-controller-manager 1.36.3: not downloaded, as asked",
      "  kwok 0.8.0: not downloaded, as asked",
      "  helm 3.21.4: not downloaded, as asked",
      "They could be built with Go, but `go` is not on the PATH.",
      "Install Go (https://go.dev/doc/install), or put the programs into a folder that KUBEBUILDER_ASSETS names,",
      "or set FLIGHTDECK_TOOLS_MIRROR to a mirror of the releases; then run again: npm run sandbox:tools",
    ].join("\n"),
  });
});

test("asked to build without Go, the error says nothing of programs that are missing", async () => {
  await expect(ensureControlPlane({ ...given, build: true })).rejects.toMatchObject({
    code: "GO_MISSING",
    message:
      "All programs of the control plane are to be built, as asked, but `go` is not on the PATH. Install Go (https://go.dev/doc/install), then run again: npm run sandbox:tools -- --build; without `--build` those that are there are used, and the others are downloaded.",
  });
});

test("programs that are put in place and cannot be run are an error", async () => {
  installGo();
  host.install(
    "go",
    'if [ "$1" = list ]; then echo 1.26.0; exit 0; fi',
    'while [ "$1" != -o ]; do shift; done',
    'echo "#!/bin/sh" > "$2"',
  );
  await expect(ensureControlPlane({ ...given, offline: true })).rejects.toMatchObject({
    code: "PROGRAM_MISSING",
    message: [
      "Put in place, but not there as programs that can be run: etcd, kube-apiserver, kube-scheduler, kube-controller-manager, kwok, helm.",
      `See what is in ${programFolder(given)}, and whether programs may be run from there;`,
      "another folder is named in FLIGHTDECK_CACHE_DIR.",
    ].join("\n"),
  });
});

test("a folder that cannot be written is named, with what mends it", async () => {
  installGo();
  host.write("cache", "a file");
  await expect(ensureControlPlane({ ...given, offline: true })).rejects.toMatchObject({
    code: "TOOLS_FOLDER_UNUSABLE",
    message: expect.stringMatching(
      /^The programs of the control plane cannot be put into .*: ENOTDIR.* or name another folder in FLIGHTDECK_CACHE_DIR\.$/,
    ),
  });
});

test.each(["ENOSPC", "EACCES"])(
  "%s while a program is made is about the folder, other errors are not",
  async (code) => {
    const folder = host.write("cache/one").replace(/one$/, "programs");
    const failing = (error: Error) => inWorkingFolder(folder, () => Promise.reject(error));
    await expect(failing(Object.assign(new Error("write"), { code }))).rejects.toMatchObject({
      code: "TOOLS_FOLDER_UNUSABLE",
    });
    await expect(failing(new Error("other"))).rejects.toThrow(/^other$/);
  },
);

test("a Go that is too old is told in its own words", async () => {
  const go = host.install(
    "go",
    "echo 'go: go.mod requires go >= 1.26.0 (running go 1.22.1; GOTOOLCHAIN=local)' >&2",
    "exit 1",
  );
  await expect(ensureControlPlane(given)).rejects.toThrow(
    `They could be built with Go, but \`${go}\` cannot build them: go: go.mod requires go >= 1.26.0 (running go 1.22.1; GOTOOLCHAIN=local).`,
  );
});

test("a build that fails ends with the compiler's last words, and keeps what is done", async () => {
  installGo('case "$*" in *kube-apiserver) echo "store.go:1: out of disk" >&2; exit 1;; esac');
  await expect(ensureControlPlane({ ...given, offline: true })).rejects.toMatchObject({
    code: "PROGRAM_BUILD_FAILED",
    message: "kube-apiserver 1.36.3 could not be built:\n  store.go:1: out of disk",
  });
  expect(readdirSync(programFolder(given))).toEqual(["etcd"]);
});

test("a wrong checksum ends it: it is not papered over by a build", async () => {
  installGo();
  mirror.publish(join(host.root, "releases"));
  mirror.answers.set("dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-scheduler", "tampered");
  await expect(ensureControlPlane(given)).rejects.toMatchObject({
    code: "PROGRAM_CHECKSUM_WRONG",
    message: expect.stringMatching(
      /^A download is not what its project has published, so it was thrown away:\n {2}kube-scheduler: .* published is .*\nAsk whoever runs the mirror or the proxy, or build from source: npm run sandbox:tools -- --offline$/,
    ),
  });
});

test("the quick way downloads what it can and tells what it cannot", async () => {
  lend(host, "tar", "gzip");
  mirror.publish(join(host.root, "releases"));
  mirror.answers.delete("dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-scheduler.sha256");
  const { programs, missing, failed } = await downloadControlPlane(given);
  expect(programs).toBeUndefined();
  expect(missing).toEqual(["kube-scheduler"]);
  expect(failed.map(({ program, failure }) => [program, failure])).toEqual([["kube-scheduler", "missing"]]);
});
