import fc from "fast-check";
import { InputError } from "../../../policy/inputs/input-error";
import { parseJson } from "../../../policy/inputs/parse-json";

function problemOf(text: string): string {
  try {
    parseJson(text, "a.json");
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "INVALID_INPUT", name: "InputError" });
    expect((error as InputError).problems).toEqual([(error as InputError).message]);
    return (error as InputError).message;
  }
  return "no problem";
}

test("a mark of byte order is no fault", () => {
  expect(parseJson('\uFEFF{"a": 1}', "a.json")).toEqual({ a: 1 });
});

test.each([
  ["", "a.json:1:1: must be JSON: expected a value, got the end of the text"],
  ["  resource {", 'a.json:1:3: must be JSON: expected a value, got "resource {"'],
  ['{"a": 1,\n  b: 2}', 'a.json:2:3: must be JSON: expected a key in quotes, got "b: 2}"'],
  ["{a: 1}", 'a.json:1:2: must be JSON: expected a key in quotes or `}`, got "a: 1}"'],
  ['{"a" 1}', 'a.json:1:6: must be JSON: expected `:`, got "1}"'],
  ['{"a": 1 "b": 2}', 'a.json:1:9: must be JSON: expected `,` or the end of the list or object, got "\\"b\\": 2}"'],
  ['{"a": 1,}', 'a.json:1:9: must be JSON: expected a key in quotes, got "}"'],
  ["[,1]", 'a.json:1:2: must be JSON: expected a value or `]`, got ",1]"'],
  ["[1,]", 'a.json:1:4: must be JSON: expected a value, got "]"'],
  ["[1", "a.json:1:3: must be JSON: expected `,` or the end of the list or object, got the end of the text"],
  ["{} {}", 'a.json:1:4: must be JSON: expected the end of the text, got "{}"'],
  ['["a\\q"]', 'a.json:1:4: must be JSON: expected an escape sequence, got "\\\\q\\"]"'],
  ['["a\nb"]', 'a.json:1:4: must be JSON: expected an escaped control character, got ""'],
  ['["a', "a.json:1:4: must be JSON: expected a quote that ends the text, got the end of the text"],
  ["[01]", 'a.json:1:2: must be JSON: expected a value or `]`, got "01]"'],
  ["[1.]", 'a.json:1:2: must be JSON: expected a value or `]`, got "1.]"'],
  ["nul", 'a.json:1:1: must be JSON: expected a value, got "nul"'],
])("%j", (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test("what is broken anywhere in JSON is found, and what is whole is not refused", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom("", "]", "x", '"', "\u0000", ",", "{"), (json, at, piece) => {
      const place = at % (json.length + 1);
      const text = json.slice(0, place) + piece + json.slice(place + 1);
      let whole = true;
      try {
        JSON.parse(text);
      } catch {
        whole = false;
      }
      if (whole) expect(problemOf(text)).toBe("no problem");
      else expect(problemOf(text)).toMatch(/^a\.json:\d+:\d+: must be JSON: expected /);
    }),
    { numRuns: 500 },
  );
});

test("five megabytes with a fault at the end, and a million brackets, are read quickly", () => {
  expect(problemOf(`["${"x\\n".repeat(1_700_000)}"`)).toContain("got the end of the text");
  expect(problemOf("[".repeat(1_000_000))).toBe(
    "a.json:1:1000001: must be JSON: expected a value or `]`, got the end of the text",
  );
});
