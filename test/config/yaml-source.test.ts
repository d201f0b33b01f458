import { parseYaml } from "../../config/yaml-source";
import { refusal, withChange } from "./environment-fixture";

describe("YAML", () => {
  test.each([
    {
      behaviour: "refuses a list that is not closed",
      before: "[us-east-1a, us-east-1b]",
      after: "[us-east-1a",
      message:
        "dev.yaml:9: must be valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    },
    {
      behaviour: "refuses tabs",
      before: "  cidr:",
      after: "\tcidr:",
      message: [
        "dev.yaml:7: must be valid YAML: Tabs are not allowed as indentation",
        "dev.yaml:7: must be valid YAML: Nested mappings are not allowed in compact mappings",
        "dev.yaml:7: must be valid YAML: Implicit keys need to be on a single line",
      ].join("\n"),
    },
    {
      behaviour: "refuses a key given twice",
      before: "",
      after: "project: atlas\n",
      message: 'dev.yaml:17: must not give a key twice, got "project"',
    },
    {
      behaviour: "refuses a nested key given twice",
      before: "  cidr: 10.20.0.0/16",
      after: "  cidr: 10.20.0.0/16\n  cidr: 10.21.0.0/16",
      message: 'dev.yaml:8: must not give a key twice, got "cidr"',
    },
    {
      behaviour: "refuses aliases",
      before: "[us-east-1a, us-east-1b]",
      after: "&zones [us-east-1a, us-east-1b]\n  nat: *zones",
      message: 'dev.yaml:9: must be written out, not be an alias, got "*zones"',
    },
    {
      behaviour: "refuses aliases that nothing defines",
      before: "[us-east-1a, us-east-1b]",
      after: "*zones",
      message: 'dev.yaml:8: must be written out, not be an alias, got "*zones"',
    },
    {
      behaviour: "refuses tags",
      before: "region: us-east-1",
      after: "region: !region us-east-1",
      message: "dev.yaml:4: must be valid YAML: Unresolved tag: !region",
    },
    {
      behaviour: "refuses a second document",
      before: "",
      after: "---\nproject: atlas\n",
      message: "dev.yaml:17: must hold one YAML document, not several",
    },
    {
      behaviour: "refuses a key that would change the prototype",
      before: "",
      after: "__proto__: {a: 1}\n",
      message: 'dev.yaml:17: is not a known key, got "__proto__"',
    },
    {
      behaviour: "refuses a number for a key",
      before: "",
      after: "tags: {5: x}\n",
      message: "dev.yaml:17: must have text for a key, in quotes where it looks like a number, got 5",
    },
    {
      behaviour: "refuses a map for a key",
      before: "",
      after: "tags: {{a: b}: x}\n",
      message: "dev.yaml:17: must have text for a key, in quotes where it looks like a number",
    },
    {
      behaviour: "refuses values nested without end",
      before: "",
      after:
        "x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
      message: "dev.yaml:1: must not be nested deeper than 40 levels",
    },
  ])("$behaviour", ({ before, after, message }) => {
    expect(refusal(withChange(before, after))).toBe(message);
  });

  test.each([
    { behaviour: "accepts Windows line ends", before: "stage: dev\n", after: "stage: dev\r\n" },
    {
      behaviour: "takes a key with nothing behind it for one that is not written",
      before: "",
      after: "podRoles:\n  # none yet\n",
    },
    {
      behaviour: "accepts an anchor that nothing refers to",
      before: "[us-east-1a, us-east-1b]",
      after: "&zones [us-east-1a, us-east-1b]",
    },
  ])("$behaviour", ({ before, after }) => {
    expect(refusal(withChange(before, after))).toBe("");
  });
});

describe("a value that is not there", () => {
  test.each([
    ["nothing", "a:\nb: 1\n", { b: 1 }],
    ["a comment", "a: # later\nb: 1\n", { b: 1 }],
    ["nothing in a map on one line", "{a, b: 1}\n", { b: 1 }],
    ["only an anchor", "a: &later\nb: 1\n", { b: 1 }],
    ["null", "a: null\nb: 1\n", { a: null, b: 1 }],
    ["a tilde", "a: ~\nb: 1\n", { a: null, b: 1 }],
    ["null with an anchor", "a: &later null\nb: 1\n", { a: null, b: 1 }],
    ["null in a map on one line", "c: {a: null, b: ~}\n", { c: { a: null, b: null } }],
    ["text that is empty", 'a: ""\n', { a: "" }],
  ])("is %s", (_what, text, value) => {
    const result = parseYaml(text, "dev.yaml");

    expect("source" in result ? result.source.value : result.problems).toStrictEqual(value);
  });

  test("keeps its line", () => {
    const result = parseYaml("b: 1\na:\n", "dev.yaml");

    expect("source" in result && result.source.lineOf(["a"])).toBe(2);
  });
});
