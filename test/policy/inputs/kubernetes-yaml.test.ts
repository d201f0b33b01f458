import fc from "fast-check";
import { stringify } from "yaml";
import type { KubernetesObject } from "../../../policy/engine/subject";
import { InputError } from "../../../policy/inputs/input-error";
import { readObjects } from "../../../policy/inputs/kubernetes-yaml";

const FILE = "deploy/app.yaml";

const read = (text: string): readonly KubernetesObject[] => readObjects(text, { stack: "app.yaml", file: FILE });

function problemsOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("reading Kubernetes YAML", () => {
  test("reads many documents, and passes over empty ones", () => {
    const objects = read(`---
# nothing yet
---
apiVersion: v1
kind: Namespace
metadata: { name: serving }
---

apiVersion: apps/v1
kind: Deployment
metadata:
  name: router
  namespace: serving
...
---
`);
    expect(objects.map(({ kind, name, namespace, address }) => ({ kind, name, namespace, address }))).toEqual([
      { kind: "Namespace", name: "serving", namespace: undefined, address: "Namespace/serving" },
      { kind: "Deployment", name: "router", namespace: "serving", address: "Deployment/serving/router" },
    ]);
  });

  test("says in which line each object begins", () => {
    const objects = read("apiVersion: v1\nkind: Pod\n---\n\napiVersion: v1\nkind: Service\n");
    expect(objects.map(({ trace }) => trace)).toEqual([
      [{ file: FILE, line: 1, column: 1 }],
      [{ file: FILE, line: 5, column: 1 }],
    ]);
  });

  test("says nothing of lines when it knows no file", () => {
    const [object] = readObjects("apiVersion: v1\nkind: Pod\n", { stack: "cluster" });
    expect(object).toMatchObject({ stack: "cluster", trace: undefined });
  });

  test("takes lists apart, those in lists too", () => {
    const objects = read(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMapList
  items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: a }
- apiVersion: v1
  kind: Secret
  metadata: { generateName: b- }
`);
    expect(objects.map(({ address, trace }) => [address, trace?.[0]?.line])).toEqual([
      ["ConfigMap/a", 7],
      ["Secret/b-", 10],
    ]);
  });

  test("reads scalars as the tools of Kubernetes do", () => {
    const [object] = read(`apiVersion: v1
kind: ConfigMap
data: { on: yes, mode: 0644, port: 22:22, day: 2026-11-21, text: "no" }
`);
    expect(object?.values.data).toEqual({ true: true, mode: 420, port: "22:22", day: "2026-11-21", text: "no" });
  });

  test("follows anchors and merges", () => {
    const [object] = read(`apiVersion: v1
kind: Pod
spec:
  a: &limits { cpu: 1 }
  b: { <<: *limits, memory: 2 }
`);
    expect(object?.at("spec.b").literal).toEqual({ cpu: 1, memory: 2 });
  });

  test("keeps what a shell will replace as it is", () => {
    const [object] = read("apiVersion: v1\nkind: Pod\nspec: { command: 'echo ${HOME}' }\n");
    expect(object?.at("spec.command").literal).toBe("echo ${HOME}");
  });

  test("reads JSON as the YAML that it is", () => {
    expect(read('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}')).toHaveLength(1);
  });

  test.each([
    ["kind: Pod\n", `${FILE}:1: document 1 must be a Kubernetes object, and has no \`apiVersion\``],
    ["---\n---\napiVersion: v1\n", `${FILE}:3: document 2 must be a Kubernetes object, and has no \`kind\``],
    ["apiVersion: 1\nkind: Pod\n", `${FILE}:1: document 1 must be a Kubernetes object, and has no \`apiVersion\``],
    ["hello\n", `${FILE}:1: document 1 must be a Kubernetes object, got "hello"`],
    ["- a\n- b\n", `${FILE}:1: document 1 must be a Kubernetes object, got a list`],
    ["apiVersion: v1\nkind: List\nitems:\n- 7\n", `${FILE}:4: document 1 must be a Kubernetes object, got 7`],
    ["apiVersion: v1\nkind: Pod\nmetadata: name\n", `${FILE}:1: document 1 \`metadata\` must be an object, got "name"`],
    [
      "apiVersion: v1\nkind: Pod\n---\na: [1, 2\nb: 3\n",
      `${FILE}:5: document 2 is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]`,
    ],
    ["a: 1\na: 2\n", `${FILE}:2: document 1 is not YAML: Map keys must be unique`],
    [
      "a: *nowhere\n",
      `${FILE}:1: document 1 cannot be read: Unresolved alias (the anchor must be set before the alias): nowhere`,
    ],
  ])("refuses %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test("tells the problems of all documents", () => {
    expect(problemsOf("a\n---\nb\n---\napiVersion: v1\nkind: Pod\n")).toHaveLength(2);
  });

  test("refuses anchors that multiply", () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    expect(problemsOf(`l0: &l0 [x]\n${levels.join("\n")}\n`)).toEqual([
      `${FILE}:1: document 1 cannot be read: Excessive alias count indicates a resource exhaustion attack`,
    ]);
  });

  test("reads back whatever objects are written", () => {
    const object = fc.record({
      apiVersion: fc.constantFrom("v1", "apps/v1"),
      kind: fc.constantFrom("Pod", "ConfigMap"),
      metadata: fc.record({ name: fc.stringMatching(/^[a-z]{1,9}$/) }),
      data: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), (objects) => {
        const text = objects.map((one) => JSON.stringify(one)).join("\n---\n");
        expect(read(text).map(({ values }) => JSON.stringify(values))).toEqual(
          objects.map((one) => JSON.stringify(one)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("either reads a text or says what is wrong with it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => stringify(value)),
        ),
        (text) => {
          expect(problemsOf(text).every((problem) => problem.startsWith(`${FILE}:`))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
