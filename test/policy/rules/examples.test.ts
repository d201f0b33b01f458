import type { Finding, Judged } from "../../../policy/engine/result";
import type { Example, Rule } from "../../../policy/engine/rule";
import { rules } from "../../../policy/rules";
import { judgeExample } from "../../../policy/run/judge-example";

/** The example with the findings it led to, when these are not what it is there to show. */
function unlike(expected: "fail" | "pass" | "unknown", { findings, counts }: Judged): string | undefined {
  const outcomes = findings.map(({ outcome }) => outcome);
  const causes = findings.flatMap(({ cause }) => cause ?? []);
  if (causes.length > 0) return `the rule threw: ${causes.join("; ")}`;
  const shown = {
    fail: outcomes.includes("fail"),
    pass: findings.length === 0 && counts.pass > 0,
    unknown: outcomes.length > 0 && outcomes.every((outcome) => outcome === "unknown"),
  }[expected];
  return shown ? undefined : `expected ${expected}, got ${describeAll(findings)} and ${JSON.stringify(counts)}`;
}

function describeAll(findings: readonly Finding[]): string {
  return `[${findings.map(({ outcome, subject, message }) => `${outcome}: ${subject} ${message}`).join("; ")}]`;
}

function problemsOf(rule: Rule): Record<string, string> {
  const { failing, passing, unknown } = rule.examples;
  const shown: readonly (readonly [string, "fail" | "pass" | "unknown", Example | undefined])[] = [
    ["failing", "fail", failing],
    ["passing", "pass", passing],
    ["unknown", "unknown", unknown],
  ];
  const problems = shown.flatMap(([name, expected, example]) => {
    const problem = example && unlike(expected, judgeExample(rule, example));
    return problem === undefined ? [] : [[name, problem] as const];
  });
  return Object.fromEntries(problems);
}

describe("the examples of every rule show what they are there for", () => {
  test.each(rules.map((rule) => [rule.id, rule.slug, rule] as const))("%s %s", (_id, _slug, rule) => {
    expect(problemsOf(rule)).toEqual({});
  });
});
