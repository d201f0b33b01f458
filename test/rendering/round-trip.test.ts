import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { ManifestSet } from "../../constructs";
import { renderStacks } from "../../rendering";

const word = fc.stringMatching(/^[a-z]([a-z0-9]{0,8})$/);
const text = fc.oneof(
  fc.string(),
  fc.constantFrom("${a.b}", "$${x}", "%{ if }", "%%{", "{{ .Values }}", '"', "\\", "$", "%", "on", "1e3", "a\nb"),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, text, fc.integer(), fc.boolean(), tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 3 }),
  map: fc.dictionary(fc.oneof(word, text), tie("any"), { maxKeys: 3 }),
})).any;
const object = fc.record({
  apiVersion: fc.constantFrom("v1", "example.com/v1"),
  kind: fc.constantFrom("ConfigMap", "Widget"),
  metadata: fc.record({
    name: word,
    namespace: fc.constant("team"),
    annotations: fc.dictionary(word, text, { maxKeys: 2 }),
  }),
  spec: value,
});

test("objects come back from a synthesised manifest set as they were given", async () => {
  await fc.assert(
    fc.asyncProperty(object, async (given) => {
      fc.pre(!JSON.stringify(given).includes("TfToken") && !JSON.stringify(given).includes("__proto__"));
      const stack = new TerraformStack(Testing.app(), "stack");
      new ManifestSet(stack, "Set", { name: "set", namespace: "team", objects: [given] });
      const json = Testing.synth(stack);
      const { objects, problems } = await renderStacks([{ id: "stack", layer: "l", json }]);
      expect(problems).toEqual([]);
      expect(objects.map((rendered) => rendered.object)).toEqual([given]);
    }),
    { numRuns: 60 },
  );
});
