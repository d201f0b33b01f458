import { Resource } from "../../../policy/engine/subject";
import type { Stack } from "../../../policy/engine/subject";
import { Unresolved } from "../../../policy/engine/unresolved";
import { readRendered, toKubernetesObject } from "../../../policy/inputs/rendered-objects";
import type { RenderedObject } from "../../../rendering";
import { renderStacks } from "../../../rendering";

const PLACE = { stack: "atlas-prod-serving", address: "helm_release.Serving" };

const rendered = (data: object, references: readonly string[] = []): RenderedObject => ({
  ...PLACE,
  layer: "serving",
  level: 0,
  hooks: [],
  references,
  object: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "serving" }, data },
});

const dataOf = (data: object, references?: readonly string[]): unknown =>
  readRendered([rendered(data, references)])[0]?.values.data;

describe("rendered objects", () => {
  test("stand at the resource that brings them, with its path and source location", () => {
    const trace = [{ file: "stacks/serving.ts", line: 12, column: 3 }];
    const path = "atlas-prod-serving/Serving";
    const stack: Stack = {
      id: PLACE.stack,
      resources: [new Resource({ ...PLACE, path, trace }, "managed", "helm_release", "Serving", {})],
      outputs: {},
      providers: {},
      unjudged: [],
    };
    const [object] = readRendered([rendered({})], [stack]);
    expect(object).toMatchObject({ ...PLACE, path, trace, kind: "ConfigMap", name: "settings", namespace: "serving" });
  });

  test("say nothing of path and source location when their stack is not at hand", () => {
    const [object] = readRendered([rendered({})]);
    expect(object).toMatchObject({ path: undefined, trace: undefined });
  });

  test("keep expressions as unresolved, with what they refer to", () => {
    const references = ["aws_s3_bucket.Models.bucket"];
    const store = "s3://${aws_s3_bucket.Models.bucket}/runs";
    expect(dataOf({ store, level: "info" }, references)).toEqual({
      store: new Unresolved(["aws_s3_bucket.Models.bucket"], store),
      level: "info",
    });
  });

  test("keep a shell's variables as text, beside an expression too", () => {
    const references = ["aws_db_instance.Runs.address"];
    const command = "psql -h ${aws_db_instance.Runs.address} -U ${USER}";
    const data = dataOf({ command, other: "echo ${HOME}" }, references) as Record<string, unknown>;
    expect(data.command).toMatchObject({ references: ["aws_db_instance.Runs.address"] });
    expect(data.other).toBe("echo ${HOME}");
  });

  test("take every expression for one of Terraform's when nothing says which are", () => {
    const { values } = toKubernetesObject({ a: ["${aws_kms_key.K.arn}"], b: "${1 + 1}", c: 7, d: null }, PLACE);
    expect(values).toEqual({ a: [new Unresolved(["aws_kms_key.K.arn"], "${aws_kms_key.K.arn}")], b: 2, c: 7, d: null });
  });

  test("keep a text that is no template as unresolved", () => {
    const { values } = toKubernetesObject({ a: "${aws_kms_key.K." }, PLACE);
    expect(values.a).toEqual(new Unresolved([], "${aws_kms_key.K."));
  });

  test("come from typed resources as Kubernetes would get them", async () => {
    const spec = { metadata: { name: "settings" }, data: { key: "${aws_kms_key.K.arn}", home: "$${HOME}" } };
    const json = JSON.stringify({ resource: { kubernetes_config_map_v1: { Settings: spec } } });
    const { objects } = await renderStacks([{ layer: "serving", id: PLACE.stack, json }]);
    const [object] = readRendered(objects);
    expect(object?.address).toBe("kubernetes_config_map_v1.Settings");
    expect(object?.at("data.key").references).toEqual(["aws_kms_key.K.arn"]);
    expect(object?.at("data.home").literal).toBe("${HOME}");
  });
});
