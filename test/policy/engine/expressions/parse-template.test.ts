import fc from "fast-check";
import type { Node } from "../../../../policy/engine/expressions/node";
import { parseTemplate } from "../../../../policy/engine/expressions/parse-template";
import { TemplateError } from "../../../../policy/engine/expressions/template-error";

/** A node without its places, and in short. */
function brief(node: Node): unknown {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "template":
      return { template: node.parts.map(brief) };
    case "interpolation":
      return { $: brief(node.expression) };
    case "reference":
      return {
        [node.bound ? "bound" : "ref"]: node.root,
        ...(node.steps.length > 0 && { steps: node.steps.map(step) }),
      };
    case "list":
      return node.items.map(brief);
    case "object":
      return { object: node.entries.map(({ key, value }) => [brief(key), brief(value)]) };
    case "call":
      return { call: node.name, args: node.args.map(brief), ...(node.expanded && { expanded: true }) };
    case "conditional":
      return { if: brief(node.condition), then: brief(node.then), else: brief(node.otherwise) };
    case "binary":
      return [brief(node.first), ...node.rest.flatMap(({ operator, operand }) => [operator, brief(operand)])];
    case "unary":
      return [node.operator, brief(node.operand)];
    case "access":
      return { of: brief(node.target), steps: node.steps.map(step) };
    case "opaque":
      return { opaque: node.children.map(brief) };
  }
}

function step(one: object): unknown {
  return "computed" in one ? { computed: brief(one.computed as Node) } : Object.values(one)[0];
}

function only(template: string): unknown {
  const { parts } = parseTemplate(template);
  const [part] = parts;
  expect(parts).toHaveLength(1);
  return part?.kind === "interpolation" ? brief(part.expression) : brief(part as Node);
}

test.each([
  ["plain", ["plain"]],
  ["", []],
  ["a${b.c}d", ["a", { $: { ref: "b", steps: ["c"] } }, "d"]],
  ["$${not} %%{this}", ["${not} %{this}"]],
  ["$$${a}", ["$${a}"]],
  ["5$ and 7%", ["5$ and 7%"]],
  ["a ${~ b.c ~} d", ["a", { $: { ref: "b", steps: ["c"] } }, "d"]],
])("the template %j", (template, parts) => {
  expect(parseTemplate(template).parts.map(brief)).toEqual(parts);
});

test.each([
  ["${1.5e3}", 1500],
  ["${true}", true],
  ["${null}", null],
  ['${"a\\"b\\n\\u00e9\\U0001F600"}', { template: ['a"b\né😀'] }],
  ['${"${a.b}/}"}', { template: [{ $: { ref: "a", steps: ["b"] } }, "/}"] }],
  ["${a_b.c-d.e}", { ref: "a_b", steps: ["c-d", "e"] }],
  ['${a.b[0]["k.l"][*].c.*.d.0}', { ref: "a", steps: ["b", 0, "k.l", true, "c", true, "d", 0] }],
  ["${a.b[c.d]}", { ref: "a", steps: ["b", { computed: { ref: "c", steps: ["d"] } }] }],
  ["${f(a, 1,).x}", { of: { call: "f", args: [{ ref: "a" }, 1] }, steps: ["x"] }],
  ["${max(a...)}", { call: "max", args: [{ ref: "a" }], expanded: true }],
  ["${provider::aws::arn_parse(a)}", { call: "provider::aws::arn_parse", args: [{ ref: "a" }] }],
  ["${[1, 2,]}", [1, 2]],
  [
    '${{a = 1, "b" : 2\n(c) = 3}}',
    {
      object: [
        ["a", 1],
        [{ template: ["b"] }, 2],
        [{ of: { ref: "c" }, steps: [] }, 3],
      ],
    },
  ],
  [
    "${{for = 1, true = 2}}",
    {
      object: [
        ["for", 1],
        [true, 2],
      ],
    },
  ],
  [
    "${a ? b : c ? d : e}",
    { if: { ref: "a" }, then: { ref: "b" }, else: { if: { ref: "c" }, then: { ref: "d" }, else: { ref: "e" } } },
  ],
  ["${1 + 2 * 3 - 4 == 5 && !a}", [[[1, "+", [2, "*", 3], "-", 4], "==", 5], "&&", ["!", { ref: "a" }]]],
  [
    "${[for k, v in a.b : v.c if k != d]}",
    { opaque: [{ ref: "a", steps: ["b"] }, { bound: "v", steps: ["c"] }, [{ bound: "k" }, "!=", { ref: "d" }]] },
  ],
  ["${{for x in a : x.k => x...}}", { opaque: [{ ref: "a" }, { bound: "x", steps: ["k"] }, { bound: "x" }] }],
  ["${ /* } */ a # }\n // }\n }", { ref: "a" }],
  ["${größe.wert}", { ref: "größe", steps: ["wert"] }],
])("the expression %s", (template, expected) => {
  expect(only(template)).toEqual(expected);
});

test("directives are read with the names that they define", () => {
  const { parts, directives } = parseTemplate(
    "%{ for x in a.b ~} ${x.y} %{ if x }1%{ else }2%{ endif }%{ endfor }${x.y}",
  );
  expect(directives).toBe(true);
  expect(parts.filter(({ kind }) => kind !== "literal").map(brief)).toEqual([
    { opaque: [{ ref: "a", steps: ["b"] }] },
    { $: { bound: "x", steps: ["y"] } },
    { opaque: [{ bound: "x" }] },
    { opaque: [] },
    { opaque: [] },
    { opaque: [] },
    { $: { ref: "x", steps: ["y"] } },
  ]);
});

test.each([
  ["${", "expected a name at character 3"],
  ["${a", "expected `}` at character 4"],
  ["${a b}", "expected `}` at character 5"],
  ['${"a}', "expected a quote that ends the text at character 4"],
  ['${"\\q"}', "expected an escape sequence at character 5"],
  ["${VAR:-x}", "expected `}` at character 6"],
  ["${[1 2]}", "expected `]` at character 6"],
  ["${{a}}", "expected `:` at character 5"],
  ["${a ? b}", "expected `:` at character 8"],
  ["${<<EOT}", "expected a name at character 3"],
  ["%{ while a }", "expected `if`, `else`, `endif`, `for` or `endfor` at character 9"],
  ["${[for x of y : x]}", "expected `]` at character 8"],
  [`\${${"(".repeat(200)}`, "expected at most 150 levels of nesting at character 153"],
])("%s is refused", (template, message) => {
  expect(() => parseTemplate(template)).toThrow(TemplateError);
  expect(() => parseTemplate(template)).toThrow(message);
});

test("whatever comes in, it ends, and is read or refused with a place", () => {
  const alphabet = fc.constantFrom(
    "${",
    "%{",
    "}",
    '"',
    "\\",
    "$",
    "{",
    "[",
    "]",
    "(",
    ")",
    "a",
    ".",
    "b",
    " ",
    ",",
    "=",
    "?",
    ":",
    "for ",
    " in ",
    "1",
    "*",
    "-",
    "#",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      try {
        parseTemplate(text);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
        expect((error as TemplateError).position).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("any text without a brace behind its signs is one text", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "binary" }), (text) => {
      fc.pre(!/[$%]\{/.test(text));
      expect(parseTemplate(text).parts.map(brief)).toEqual([text]);
    }),
  );
});

test.each([
  ["plain text", "x".repeat(5_000_000)],
  ["dollar signs", "$".repeat(5_000_000)],
  ["white space in an expression", `\${${" ".repeat(5_000_000)}a}`],
  ["comments", `\${${"#\n".repeat(100_000)}a}`],
  ["a text in quotes", `\${"${"a\\n".repeat(100_000)}"}`],
  ["a sum", `\${1${"+1".repeat(50_000)}}`],
  ["a way", `\${a${".b".repeat(50_000)}}`],
])("five megabytes or many pieces of %s are read without recursion", (_what, template) => {
  expect(parseTemplate(template).parts).toHaveLength(1);
});
