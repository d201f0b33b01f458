import { readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policy/rules";
import { BaseEnvironments } from "./mutants/base";
import { FAMILIES, mutantsByFamily } from "./mutants/families";
import { shown } from "./mutants/try-mutants";

const families = mutantsByFamily();
const mutants = [...families.values()].flat();

describe("the mutants", () => {
  test("break every rule", () => {
    const broken = new Set(mutants.map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  test("break no rule that does not exist", () => {
    const known = new Set(rules.map(({ id }) => id));
    expect(mutants.map(({ rule }) => rule).filter((id) => !known.has(id))).toEqual([]);
  });

  test("are told apart by what they do", () => {
    const names = mutants.map(({ rule, what, stage }) => [rule, what, stage].join(" "));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("are each tried by one of the test files", () => {
    expect(Object.values(FAMILIES).flat().sort()).toEqual([...families.keys()].sort());
    const files = readdirSync(join(__dirname, "mutants")).filter((file) => file.endsWith(".test.ts"));
    expect(files.sort()).toEqual(Object.keys(FAMILIES).map((group) => `${group}.test.ts`));
  });
});

describe("the environment that they break", () => {
  test("has nothing wrong in what our own stacks lack", async () => {
    const bases = new BaseEnvironments(rules);
    await bases.load("prod");
    const { complementId, findings } = bases.of("prod");
    expect(findings.filter(({ place }) => place.stack === complementId).map(shown)).toEqual([]);
  }, 60_000);
});
