import fc from "fast-check";
import { stringify } from "yaml";
import { ConfigError } from "../../config";
import { DEV, VALID } from "./environment-fixture";
import { loadText } from "../../config/load-file";

const KEYS = ["project", "network", "zones", "nodePools", "gpu", "l4", "podRoles", "tags", "constructor", "toString"];
const key = fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 5 }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ maxLength: 8 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
}));

function outcome(text: string): string {
  try {
    loadText(text, DEV);
    return "accepted";
  } catch (error) {
    return error instanceof ConfigError ? "refused" : `crashed: ${String(error)}`;
  }
}

describe("the loader", () => {
  test("accepts or refuses any text, and never crashes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(outcome(text)).toMatch(/^(accepted|refused)$/);
      }),
      { numRuns: 100 },
    );
  });

  test("accepts or refuses any values, and never crashes", () => {
    const section = fc.constantFrom("network", "data", "cluster", "nodePools", "podRoles", "tags", "state", "account");
    fc.assert(
      fc.property(section, value, (name, content) => {
        expect(outcome(stringify({ project: "atlas", stage: "dev", region: "us-east-1", [name]: content }))).toBe(
          "refused",
        );
      }),
      { numRuns: 60 },
    );
  });

  test("accepts or refuses its own file with any one line changed, and never crashes", () => {
    const lines = VALID.split("\n");
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 12 }), fc.nat(20), (at, text, from) => {
        const changed = lines.map((line, index) => (index === at ? `${line.slice(0, from)}${text}` : line));
        expect(outcome(changed.join("\n"))).toMatch(/^(accepted|refused)$/);
      }),
      { numRuns: 60 },
    );
  });
});
