import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxPrograms, tryFindKubernetesVersion } from "../../../catalog";

const goMod = readFileSync(join(__dirname, "..", "..", "..", "tools", "go.mod"), "utf8");
const required = new Map(
  [...goMod.matchAll(/^\s+(\S+) v(\S+?)(?: \/\/ indirect)?$/gm)].map(([, name, version]) => [name, version]),
);
const programs = Object.entries(sandboxPrograms);

test.each(programs)("%s: what is downloaded is the version that is built", (_, { module, version, package: main }) => {
  expect(required.get(module)).toBe(version);
  expect(goMod).toMatch(new RegExp(`^\\t${main}$`, "m"));
});

test("all parts of Kubernetes, and all its staging modules, are of one version", () => {
  const versions = new Set(programs.filter(([name]) => name.startsWith("kube-")).map(([, { version }]) => version));
  expect([...versions]).toHaveLength(1);
  const staging = [...goMod.matchAll(/^\t(k8s\.io\/\S+) => (\S+) v0\.(\S+)$/gm)];
  expect(staging.length).toBeGreaterThan(30);
  expect(new Set(staging.map(([, from, to, version]) => `${String(from === to)} 1.${version}`))).toEqual(
    new Set([`true ${[...versions][0]}`]),
  );
});

test("the control plane is a version that clusters can ask for", () => {
  const minor = sandboxPrograms["kube-apiserver"].version.split(".").slice(0, 2).join(".");
  expect(tryFindKubernetesVersion(minor)?.version).toBe(minor);
});
