import { InputError } from "../../../policy/inputs/input-error";
import { readSynthesis } from "../../../policy/inputs/synthesis";
import type { SynthesizedModule } from "../../../policy/inputs/synthesis";

const stack = (id: string, json: object): SynthesizedModule => ({
  id,
  files: [{ file: `${id}/cdk.tf.json`, text: JSON.stringify(json) }],
});

const metadata = (path: string, ...frames: string[]): object => ({ "//": { metadata: { path, stackTrace: frames } } });

test("stacks with their resources, and the objects they bring, which stand where their resource stands", async () => {
  const namespace = {
    ...metadata("shop/Web/Resource", "new Namespace (/app/constructs/namespace.ts:9:5)", "main (/app/main.ts:3:1)"),
    metadata: { name: "web" },
  };
  const json = { resource: { kubernetes_namespace_v1: { Web: namespace }, aws_sns_topic: { T: {} } } };
  const { stacks, objects, unrendered } = await readSynthesis([stack("shop", json)], { root: "/app" });
  expect(stacks.map(({ id, resources }) => [id, resources.map(({ address }) => address).sort()])).toEqual([
    ["shop", ["aws_sns_topic.T", "kubernetes_namespace_v1.Web"]],
  ]);
  expect(objects).toMatchObject([
    {
      stack: "shop",
      kind: "Namespace",
      name: "web",
      address: "kubernetes_namespace_v1.Web",
      path: "shop/Web/Resource",
      trace: [
        { file: "constructs/namespace.ts", line: 9, column: 5 },
        { file: "main.ts", line: 3, column: 1 },
      ],
    },
  ]);
  expect(unrendered).toEqual([]);
});

test("resources that are null bring no objects", async () => {
  const json = { resource: [null, { aws_x: null, kubernetes_namespace_v1: { __x: null } }], locals: {} };
  const nothing = stack("t", { resource: null, locals: {} });
  const list = stack("u", { resource: json.resource.slice(1) });
  expect(await readSynthesis([nothing, list])).toMatchObject({ objects: [], unrendered: [] });
});

test("the files of a module may refer to one another", async () => {
  const files = [
    { file: "a.tf.json", text: JSON.stringify({ locals: { days: 30 } }) },
    { file: "b.tf.json", text: JSON.stringify({ resource: { aws_x: { X: { days: "${local.days}" } } } }) },
  ];
  const { stacks } = await readSynthesis([{ id: "infra", files }]);
  expect(stacks[0]?.resources[0]?.at("days").literal).toBe(30);
});

test("charts without a Helm, and resources that stand for no object, are named with the reason", async () => {
  const json = {
    resource: {
      helm_release: { Keda: { name: "keda", chart: "keda", repository: "https://x", version: "2.0.0" } },
      kubernetes_env: { E: {} },
    },
  };
  const { unrendered } = await readSynthesis([stack("shop", json)]);
  const { unrendered: left } = await readSynthesis([stack("shop", json)], { whyNoHelm: "--charts never" });
  expect(left.map(({ reason }) => reason)).toEqual(["--charts never", unrendered[1]?.reason]);
  expect(unrendered).toEqual([
    { where: "shop helm_release.Keda", chart: "keda", reason: "no Helm to render it with" },
    {
      where: "shop kubernetes_env.E",
      reason: "`kubernetes_env` stands for no Kubernetes object that can be rendered; use its `_v1` type",
    },
  ]);
});

test("a chart is named as it is written, and by its release where that says nothing of it", async () => {
  const releases = {
    Expression: { name: "a", chart: "${var.chart}" },
    Folder: { name: "b", chart: "./charts/b" },
    List: [{ name: "c", chart: "keda" }],
    Nothing: { name: "d" },
  };
  const named = async (json: object) =>
    (await readSynthesis([stack("shop", json)])).unrendered.map(({ chart }) => chart);
  const expected = ["${var.chart}", "./charts/b", "keda", "helm_release.Nothing"];
  expect(await named({ resource: { helm_release: releases } })).toEqual(expected);
  expect(await named({ resource: [{ helm_release: [releases] }] })).toEqual(expected);
});

test("what is wrong with any module is told at once", async () => {
  const modules = [
    stack("a", { kind: "Pod" }),
    { id: "b", files: [{ file: "b/main.tf.json", text: '{"resource":' }] },
    stack("c", { resource: { aws_x: { X: {} } } }),
  ];
  const error: unknown = await readSynthesis(modules).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).problems.map((problem) => problem.split(":")[0])).toEqual([
    "a/cdk.tf.json",
    "b/main.tf.json",
  ]);
});
