import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { controlPlaneSources } from "../../cli/control-plane-sources";
import { programFolder } from "../../toolchain";
import { temporaryFolder } from "../support/temporary-folder";
import { runCli } from "./fake-context";

const ROOT = resolve(__dirname, "..", "..");
const PROGRAMS = ["etcd", "kube-apiserver", "kube-scheduler", "kube-controller-manager", "kwok", "helm"];

function cacheWith(programs: readonly string[]): { readonly cache: string; readonly folder: string } {
  const cache = temporaryFolder();
  const host = { env: { FLIGHTDECK_CACHE_DIR: cache }, home: "/nobody", platform: "linux", arch: "x64" };
  const folder = programFolder({ host, ...controlPlaneSources(ROOT) });
  mkdirSync(folder, { recursive: true });
  for (const name of programs) writeFileSync(join(folder, name), "");
  for (const name of programs) chmodSync(join(folder, name), 0o755);
  return { cache, folder };
}

test("has help with an example", async () => {
  const { exitCode, out } = await runCli(["sandbox", "tools", "--help"]);
  expect(exitCode).toBe(0);
  expect(out).toMatch(/Example:\n {2}npx flightdeck sandbox tools/);
});

test("with all programs there it says where, and does nothing", async () => {
  const { cache, folder } = cacheWith(PROGRAMS);
  const { exitCode, out, err } = await runCli(["sandbox", "tools"], { env: { FLIGHTDECK_CACHE_DIR: cache } });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  const rows = PROGRAMS.map((name) => `${name.padEnd(23)}  cache  ${join(folder, name)}`);
  expect(out).toBe([...rows, "Ready. Next: npm start", ""].join("\n"));
});

test("with neither programs nor Go it ends with 2 and all ways out", async () => {
  const { cache } = cacheWith(["etcd", "kwok", "helm"]);
  const env = { FLIGHTDECK_CACHE_DIR: cache };
  const { exitCode, out, err } = await runCli(["sandbox", "tools", "--offline"], { env });
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toMatch(
    /^The control plane lacks 3 of 6 programs:\n {2}kube-apiserver 1\.36\.3: not downloaded, as asked\n/,
  );
});

test("a build that fails ends with 1, after saying what it was at", async () => {
  const { cache } = cacheWith([]);
  const bin = temporaryFolder();
  writeFileSync(join(bin, "go"), '#!/bin/sh\n[ "$1" = list ] && exit 0\necho "no space left on device" >&2\nexit 1\n');
  chmodSync(join(bin, "go"), 0o755);
  const env = { FLIGHTDECK_CACHE_DIR: cache, PATH: bin };
  expect(await runCli(["sandbox", "tools", "--offline"], { env })).toEqual({
    exitCode: 1,
    out: "etcd 3.6.8: building\n",
    err: "etcd 3.6.8 could not be built:\n  no space left on device\n",
  });
});
