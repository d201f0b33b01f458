import { checkRules } from "../../../policy/engine/check-rules";
import { resourceRule } from "../../../policy/engine/rule";
import type { Rule } from "../../../policy/engine/rule";
import { pass } from "../../../policy/engine/verdict";
import { rules } from "../../../policy/rules";

const RULE = resourceRule({
  id: "ACME-S3-001",
  slug: "s3-tagged",
  title: "A bucket has an owner",
  severity: "low",
  packs: ["baseline"],
  why: "Nobody knows whom to ask.",
  fix: "Set `tags.owner`.",
  types: ["aws_s3_bucket"],
  judge: pass,
  examples: { failing: { terraform: {} }, passing: { terraform: {} } },
});
const OTHER = { ...RULE, id: "ACME-S3-002", slug: "s3-named" };

const problems = (changes: object): readonly string[] => checkRules([{ ...RULE, ...changes } as Rule]);

describe("the rules that ship", () => {
  test("are well made, and share no name", () => {
    expect(checkRules(rules)).toEqual([]);
  });

  test("begin their ids with FD", () => {
    expect(rules.filter(({ id }) => !id.startsWith("FD-"))).toEqual([]);
  });
});

describe("checking rules", () => {
  test("finds nothing wrong in a good one", () => {
    expect(checkRules([RULE, OTHER])).toEqual([]);
  });

  test.each([
    [{ id: "S3-001x" }, 'S3-001x: `id` must be like `ACME-S3-001`, got "S3-001x"'],
    [{ id: "acme-S3-001" }, 'acme-S3-001: `id` must be like `ACME-S3-001`, got "acme-S3-001"'],
    [{ id: undefined }, "rule 1: `id` must be like `ACME-S3-001`, got nothing"],
    [{ slug: "S3Tagged" }, 'ACME-S3-001: `slug` must be in kebab-case, got "S3Tagged"'],
    [{ slug: "s3--tagged" }, 'ACME-S3-001: `slug` must be in kebab-case, got "s3--tagged"'],
    [{ title: "It is." }, 'ACME-S3-001: `title` must be a sentence without a full stop, got "It is."'],
    [{ severity: "bad" }, 'ACME-S3-001: `severity` must be one of critical, high, medium, low, got "bad"'],
    [{ packs: [] }, "ACME-S3-001: `packs` must name at least one pack, got []"],
    [{ packs: ["all"] }, 'ACME-S3-001: `packs` must be of baseline, mlops, gpu, cost, cis-eks, strict, got "all"'],
    [{ why: " " }, 'ACME-S3-001: `why` must say what happens where the rule is broken, got " "'],
    [{ fix: "" }, 'ACME-S3-001: `fix` must say what to write instead, got ""'],
    [{ judge: "yes" }, 'ACME-S3-001: `judge` must be a function, got "yes"'],
    [{ types: [] }, "ACME-S3-001: `types` must name at least one type of resource, got []"],
    [{ judges: "object" }, "ACME-S3-001: `kinds` must name at least one kind of object, got nothing"],
    [
      { judges: "bucket" },
      'ACME-S3-001: must be made by resourceRule, objectRule, changeRule or environmentRule, got `judges` "bucket"',
    ],
    [{ examples: undefined }, "ACME-S3-001: `examples.failing` must hold something to judge, got nothing"],
    [
      { examples: { ...RULE.examples, unknown: { stage: "dev" } } },
      'ACME-S3-001: `examples.unknown` must hold something to judge, got {"stage":"dev"}',
    ],
  ])("refuses %p", (changes, problem) => {
    expect(problems(changes)).toContain(problem);
  });

  test("tells all problems at once", () => {
    expect(problems({ why: "", fix: "", types: [] })).toHaveLength(3);
  });

  test("refuses what is no rule", () => {
    expect(checkRules([undefined as unknown as Rule])).toEqual(["rule 1: must be a rule, got undefined"]);
  });

  test("refuses names that are taken", () => {
    expect(checkRules([RULE, OTHER, { ...RULE }])).toEqual([
      'ACME-S3-001: `id` must be its own, got "ACME-S3-001", which is that of rule 1',
      'ACME-S3-001: `slug` must be its own, got "s3-tagged", which is that of ACME-S3-001',
    ]);
  });
});
