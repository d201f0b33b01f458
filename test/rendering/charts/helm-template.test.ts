import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HelmTemplates } from "../../../rendering/charts/helm-template";
import { renderStacks } from "../../../rendering";
import type { Release } from "../../../rendering/charts/release";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** A Helm that runs the lines of shell given; its arguments are kept, one call a line. */
function helm(...script: string[]): { program: string; env: Record<string, string> } {
  const program = join(folder, "helm");
  writeFileSync(program, ["#!/bin/sh", `echo "$@" >> '${folder}/calls'`, ...script, ""].join("\n"));
  chmodSync(program, 0o755);
  return { program, env: { PATH: process.env.PATH ?? "" } };
}

function calls(): string[] {
  return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
}

const RELEASE: Release = {
  name: "keda",
  namespace: "keda",
  chart: "keda",
  repository: "https://charts.example",
  version: "2.0.0",
  values: ['{"a":1}'],
  skipCrds: false,
  disableHooks: false,
};

test("a chart is templated as the provider would install it", async () => {
  const templates = new HelmTemplates({
    helm: helm(
      'for last; do :; done; cat "$last" | sed "s/.*/data: {values: &}/"; echo',
      "echo 'apiVersion: v1'",
      "echo 'kind: X'",
    ),
    kubernetesVersion: "1.36.3",
  });
  expect(await templates.render(RELEASE, undefined)).toEqual({
    objects: [{ apiVersion: "v1", kind: "X", data: { values: { a: 1 } } }],
  });
  expect(calls()[0]?.replace(/--values .*/, "--values FILE")).toBe(
    "template keda keda --repo https://charts.example --version 2.0.0 --namespace keda --skip-tests --include-crds " +
      "--kube-version 1.36.3 --values FILE",
  );
});

test("a chart is told what the charts of all stacks bring into the cluster", async () => {
  const { values: _values, skipCrds: _skip, disableHooks: _hooks, ...release } = RELEASE;
  const stackOf = (id: string, chart: string) => ({
    ...{ id, layer: id, folder },
    json: JSON.stringify({ resource: { helm_release: { R: { ...release, name: id, chart } } } }),
  });
  await renderStacks([stackOf("first", "own"), stackOf("second", "charts/prometheus-operator-crds")], { helm: helm() });
  expect(calls()[0]).toContain(" --api-versions monitoring.coreos.com/v1 ");
  expect(calls()[0]).toContain(" --api-versions monitoring.coreos.com/v1/ServiceMonitor ");
  expect(calls()[0]).not.toContain("keda.sh");
});

test.each<[string, Partial<Release>, string]>([
  [
    "a registry",
    { repository: "oci://mirror.example/charts/" },
    "template keda oci://mirror.example/charts/keda --version 2.0.0",
  ],
  [
    "an address",
    { repository: undefined, chart: "oci://r.example/keda" },
    "template keda oci://r.example/keda --version 2.0.0",
  ],
  [
    "an archive",
    { repository: undefined, chart: "https://x.example/keda.tgz" },
    "template keda https://x.example/keda.tgz",
  ],
])("%s is told to Helm as the provider does", async (_, changes, start) => {
  await new HelmTemplates({ helm: helm() }).render(
    { ...RELEASE, ...changes, skipCrds: true, disableHooks: true },
    undefined,
  );
  expect(calls()[0]?.startsWith(`${start} --namespace keda --skip-tests --skip-crds --no-hooks`)).toBe(true);
});

test("a host that does not answer is asked once", async () => {
  const templates = new HelmTemplates({
    helm: helm("echo 'Error: dial tcp: lookup charts.example: no such host' >&2", "exit 1"),
  });
  const reason = "charts.example cannot be reached";
  expect(await templates.render(RELEASE, undefined)).toEqual({ reason });
  expect(await templates.render({ ...RELEASE, chart: "other" }, undefined)).toEqual({ reason });
  expect(calls()).toHaveLength(1);
});

test.each([
  "execution error at (x.yaml:1:2): clusterName is required",
  "execution error at (x.yaml:1:2): no such host is allowed",
  "chart matching 9.9.9 not found in keda index",
  "values don't meet the specifications of the schema(s)",
])("what a chart, its values or its source refuse is a problem: %s", async (problem) => {
  writeFileSync(join(folder, "error"), `Error: ${problem}\n`);
  const templates = new HelmTemplates({ helm: helm(`cat '${folder}/error' >&2`, "exit 1") });
  expect(await templates.render(RELEASE, undefined)).toEqual({ problem });
});

test.each(['Get "https://charts.example/index.yaml": Forbidden', "failed to fetch: 503 Service Unavailable"])(
  "a proxy that refuses the way is no contact: %s",
  async (text) => {
    const templates = new HelmTemplates({ helm: helm(`echo 'Error: ${text}' >&2`, "exit 1") });
    expect(await templates.render(RELEASE, undefined)).toEqual({ reason: "charts.example cannot be reached" });
  },
);

test("a chart that cannot be rendered is a problem of its stack", async () => {
  const { values: _values, skipCrds: _skip, disableHooks: _hooks, ...release } = RELEASE;
  const json = JSON.stringify({ resource: { helm_release: { Keda: release } } });
  const { charts, problems } = await renderStacks([{ id: "s", layer: "l", json }], {
    helm: helm("echo 'Error: bad value' >&2", "exit 1"),
  });
  expect(charts.map(({ reason }) => reason)).toEqual(["cannot be rendered"]);
  expect(problems).toEqual([
    { stack: "s", address: "helm_release.Keda", message: "keda 2.0.0 cannot be rendered: bad value" },
  ]);
});

test("a chart in a folder is found beside the stack", async () => {
  const templates = new HelmTemplates({ helm: helm() });
  const local = { ...RELEASE, repository: undefined, chart: "assets/Chart" };
  expect(await templates.render(local, folder)).toEqual({ problem: "there is no chart at `assets/Chart`" });
  mkdirSync(join(folder, "assets", "Chart"), { recursive: true });
  expect(await templates.render(local, folder)).toEqual({ objects: [] });
});

test("objects of a chart get their namespace, hooks are marked, lists are taken apart, definitions say what has no namespace", async () => {
  const manifests = `
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: listed}}
---
# nothing
---
apiVersion: batch/v1
kind: Job
metadata: {name: check, annotations: {helm.sh/hook: "post-install, post-upgrade"}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: prepare, annotations: {helm.sh/hook: pre-install}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, scope: Cluster, names: {kind: Widget}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: w}
`;
  writeFileSync(join(folder, "out.yaml"), manifests);
  const { values: _values, skipCrds: _skip, disableHooks: _hooks, ...release } = RELEASE;
  const resource = { helm_release: { Keda: { ...release, values: ["a: ${b.c}"], create_namespace: true } } };
  const { objects, charts } = await renderStacks([{ id: "s", layer: "l", json: JSON.stringify({ resource }) }], {
    helm: helm(`cat '${folder}/out.yaml'`),
  });
  expect(charts.map(({ chart, reason }) => [chart, reason])).toEqual([["keda", undefined]]);
  expect(
    objects.map(({ object, hooks }) => [object.kind, object.metadata.name, object.metadata.namespace, hooks]),
  ).toEqual([
    ["Job", "prepare", "keda", ["pre-install"]],
    ["Namespace", "keda", undefined, []],
    ["CustomResourceDefinition", "widgets.example.com", undefined, []],
    ["ConfigMap", "listed", "keda", []],
    ["Widget", "w", undefined, []],
    ["Job", "check", "keda", ["post-install", "post-upgrade"]],
  ]);
});
