import { renderStacks, toYaml } from "../../rendering";
import type { SynthesizedStack } from "../../rendering";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function stackOf(resource: Resources, layer = "controllers"): SynthesizedStack {
  return { id: `x-dev-${layer}`, layer, json: JSON.stringify({ resource }) };
}

function manifests(objects: readonly unknown[], more: object = {}): object {
  const values = [JSON.stringify({ objects })];
  return { name: "set", namespace: "team", chart: "assets/Chart/1", values, ...more };
}

const NAMESPACE = { kubernetes_namespace_v1: { Team: { metadata: { name: "team" } } } };
const SETTINGS = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };

test("objects come in the order in which they can be applied, with stack, layer, address and namespace", async () => {
  const { objects, problems } = await renderStacks([
    stackOf({
      kubernetes_deployment_v1: {
        Web: { metadata: { name: "web" }, depends_on: ["helm_release.Set", "aws_iam_role.R"], spec: {} },
      },
      helm_release: {
        Set: manifests(
          [
            { apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "gpu", namespace: "wrong" } },
            SETTINGS,
            { ...SETTINGS, metadata: { name: "settings", namespace: "other" } },
          ],
          { depends_on: ["kubernetes_namespace_v1.Team"] },
        ),
      },
      aws_iam_role: { R: { description: "${helm_release.Last.name}" } },
      ...NAMESPACE,
    }),
  ]);
  expect(problems).toEqual([]);
  expect(objects.map(({ address, level, object }) => [address, level, object.kind, object.metadata.namespace])).toEqual(
    [
      ["kubernetes_namespace_v1.Team", 0, "Namespace", undefined],
      ["helm_release.Set", 1, "ConfigMap", "other"],
      ["helm_release.Set", 1, "ConfigMap", "team"],
      ["helm_release.Set", 1, "NodePool", undefined],
      ["kubernetes_deployment_v1.Web", 2, "Deployment", "default"],
    ],
  );
  expect(objects.every(({ stack, layer }) => stack === "x-dev-controllers" && layer === "controllers")).toBe(true);
});

test("resources of other providers in between carry the order on", async () => {
  const { objects } = await renderStacks([
    stackOf({
      kubernetes_config_map_v1: { C: { metadata: { name: "c" }, data: { role: "${aws_iam_role.R.arn}" } } },
      aws_iam_role: { R: { name: "${kubernetes_namespace_v1.Team.id}" } },
      ...NAMESPACE,
    }),
  ]);
  expect(objects.map(({ object, level }) => [object.kind, level])).toEqual([
    ["Namespace", 0],
    ["ConfigMap", 1],
  ]);
});

test("references take their values, and those without one are named with the object", async () => {
  const set = manifests([{ ...SETTINGS, data: { a: "${a.b}", c: "${c.d}", e: "\\u0024{e}" } }, SETTINGS]);
  const json = JSON.stringify({ resource: { helm_release: { Set: set } } }).replaceAll("\\\\\\\\u0024", "\\\\u0024");
  const { objects } = await renderStacks([{ id: "s", layer: "l", json }], {
    resolve: (expression, stack) => (expression === "a.b" ? `value of ${stack}` : undefined),
  });
  expect(objects.map(({ references }) => references)).toEqual([["c.d"], []]);
  expect(objects[0]?.object.data).toEqual({ a: "value of s", c: "${c.d}", e: "${e}" });
});

test("charts are listed where there is no Helm, with the reason", async () => {
  const release = {
    name: "keda",
    namespace: "keda",
    chart: "keda",
    repository: "https://charts.example",
    version: "2.0.0",
  };
  const { objects, charts } = await renderStacks([stackOf({ helm_release: { Keda: release } })]);
  expect(objects).toEqual([]);
  expect(charts).toEqual([
    {
      layer: "controllers",
      stack: "x-dev-controllers",
      address: "helm_release.Keda",
      release: "keda",
      namespace: "keda",
      chart: "keda",
      version: "2.0.0",
      reason: "no Helm to render it with",
    },
  ]);
});

test("what cannot be rendered, and what two resources own, are problems with their place", async () => {
  const { problems } = await renderStacks([
    stackOf({ kubernetes_manifest: { M: {} }, helm_release: { Set: manifests([SETTINGS]) } }),
    stackOf({ kubernetes_config_map_v1: { Own: { metadata: { name: "settings", namespace: "team" } } } }, "serving"),
  ]);
  expect(problems).toEqual([
    {
      stack: "x-dev-controllers",
      address: "kubernetes_manifest.M",
      message: "`kubernetes_manifest` stands for no Kubernetes object that can be rendered; use its `_v1` type",
    },
    {
      stack: "x-dev-serving",
      address: "kubernetes_config_map_v1.Own",
      message: "ConfigMap team/settings is owned by helm_release.Set of x-dev-controllers already",
    },
  ]);
});

test("the same stacks give the same bytes, whatever the order in the JSON", async () => {
  const one = await renderStacks([stackOf({ ...NAMESPACE, helm_release: { A: manifests([SETTINGS]) } })]);
  const other = await renderStacks([stackOf({ helm_release: { A: manifests([SETTINGS]) }, ...NAMESPACE })]);
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

test("YAML documents name stack and resource, and keep texts that YAML 1.1 would take for something else", async () => {
  const { objects } = await renderStacks([
    stackOf({ helm_release: { Set: manifests([{ ...SETTINGS, data: { a: "on", b: "012", c: "x\ny\n" } }]) } }),
  ]);
  expect(toYaml(objects)).toBe(`---
# x-dev-controllers helm_release.Set
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: team
data:
  a: "on"
  b: "012"
  c: |
    x
    y
`);
});
