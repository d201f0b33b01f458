import { resourceRule } from "../../../policy/engine/rule";
import type { Pack, Rule } from "../../../policy/engine/rule";
import { selectRules } from "../../../policy/engine/select-rules";
import type { RuleSelection } from "../../../policy/engine/select-rules";
import { pass } from "../../../policy/engine/verdict";

const rule = (number: number, packs: readonly Pack[]): Rule =>
  resourceRule({
    id: `FD-S3-00${number}`,
    slug: `s3-rule-${number}`,
    title: "It holds",
    severity: "low",
    packs,
    why: "It matters.",
    fix: "Do it.",
    types: ["aws_s3_bucket"],
    judge: pass,
    examples: { failing: { objects: [] }, passing: { objects: [] } },
  });
const rules = [rule(1, ["baseline"]), rule(2, ["strict"]), rule(3, ["gpu", "strict"])];

const selected = (selection: RuleSelection): readonly string[] => selectRules(rules, selection).map(({ id }) => id);

describe("selecting rules", () => {
  test("takes those of any of the packs, in their own order", () => {
    expect(selected({ packs: ["gpu", "baseline"] })).toEqual(["FD-S3-001", "FD-S3-003"]);
  });

  test("leaves those out that are in no pack but strict, unless it is asked for", () => {
    expect(selected({ packs: ["baseline", "mlops", "gpu", "cost", "cis-eks"] })).not.toContain("FD-S3-002");
    expect(selected({ packs: ["strict"] })).toEqual(["FD-S3-002", "FD-S3-003"]);
  });

  test("takes single ones by id or slug, whatever their packs", () => {
    expect(selected({ packs: ["baseline"], include: ["FD-S3-002", "s3-rule-3"] })).toHaveLength(3);
  });

  test("leaves single ones out, which outweighs taking them", () => {
    expect(selected({ packs: ["baseline"], include: ["FD-S3-003"], exclude: ["s3-rule-3"] })).toEqual(["FD-S3-001"]);
  });

  test.each([
    ["FD-S3-004", 'unknown rule "FD-S3-004", did you mean "FD-S3-001"?; allowed: FD-S3-001, FD-S3-002, FD-S3-003'],
    ["s3-rule", 'unknown rule "s3-rule", did you mean "s3-rule-1"?; allowed: s3-rule-1, s3-rule-2, s3-rule-3'],
  ])("refuses %s, which is no rule", (name, message) => {
    expect(() => selected({ packs: [], include: [name] })).toThrow(message);
    expect(() => selected({ packs: [], exclude: [name] })).toThrow(message);
  });
});
