import type { Example, Rule, TerraformJson } from "../../../../policy/engine/rule";
import { judgeExample } from "../../../../policy/run/judge-example";

/** What a rule finds in an example: `fail: <message>`, in the order of the report. A rule that throws fails the test. */
export function said(rule: Rule, example: Example): readonly string[] {
  return judgeExample(rule, example).findings.map(({ outcome, message, cause }) => {
    if (cause !== undefined) throw new Error(`${rule.id} threw: ${cause}`);
    return `${outcome}: ${message}`;
  });
}

/** An example with these resources. */
export function resources(resource: TerraformJson["resource"], others: Omit<Example, "terraform"> = {}): Example {
  return { terraform: { resource }, ...others };
}
