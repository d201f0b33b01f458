import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { helmOf } from "../../cli/render/find-helm";
import { unprintableValues, valuesJson } from "../../constructs/kubernetes/private/values-json";
import { ROOT } from "../support/platform";
import { temporaryFolder } from "../support/temporary-folder";

const CHART = join(ROOT, "constructs/kubernetes/manifest-chart");

/** Prints objects with the real Helm, as a release of a `ManifestSet` does. */
async function printed(objects: readonly unknown[]): Promise<readonly unknown[]> {
  const { env, platform, arch } = process;
  const helm = await helmOf({ root: ROOT, host: { env, platform, arch, home: homedir() } });
  if (helm === undefined) throw new Error("no helm on this machine: npm run sandbox:tools brings it");
  const values = join(temporaryFolder(), "values.json");
  writeFileSync(values, valuesJson({ objects }));
  const text = execFileSync(helm.program, ["template", "proof", CHART, "--values", values], {
    env: helm.env,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const documents = parseAllDocuments(text, { version: "1.1" });
  return (Array.isArray(documents) ? documents : []).map((document) => document.toJS() as unknown);
}

const TRICKY = [
  ..."${ %{ $${ {{ }} ' \" \\ \n \t --- \n---\n : # - | > & * ! < @ `".split(" "),
  ...["yes", "no", "on", "null", "~", "0x1f", "0o7", "010", "1e3", "1_000", "2001-01-01", "{{ .Values.x }}", " "],
];

const object = (data: unknown, index: number) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: `object-${index}` },
  data,
});

test("objects come out of Helm as they went in, whatever is in them", async () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...TRICKY), fc.string(), fc.string({ unit: "grapheme" })), { maxLength: 5 })
    .map((parts) => parts.join(""))
    .filter((candidate) => unprintableValues(candidate).length === 0);
  const number = fc.oneof(fc.integer(), fc.constantFrom(0.1, 1e6, 1e20, 1e21, 1e-7, 9007199254740991));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      text,
      number,
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(text, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  const objects = fc.sample(tree, 500).map(object);

  expect(await printed(objects)).toEqual(objects);
}, 60_000);

test("objects of one set come out in their order, each once", async () => {
  const objects = ["c", "a", "b"].map((name) => ({ ...object({}, 0), metadata: { name } }));

  expect(await printed(objects)).toEqual(objects);
});
