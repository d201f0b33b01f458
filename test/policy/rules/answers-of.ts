import type { Example, Rule, TerraformJson } from "../../../policy/engine/rule";
import { judgeExample } from "../../../policy/run/judge-example";

/**
 * What a rule says of some resources: its findings, `fail: <message>` or `unknown: <message>`; where it finds nothing, `pass` or
 * `not applicable`.
 */
export function answersOf(
  rule: Rule,
  resource: NonNullable<TerraformJson["resource"]>,
  about: Omit<Example, "terraform"> & { readonly data?: TerraformJson["data"] } = {},
): readonly string[] {
  const { data, ...facts } = about;
  const { findings, counts } = judgeExample(rule, { terraform: { resource, ...(data && { data }) }, ...facts });
  if (findings.length > 0) return findings.map(({ outcome, message, cause }) => `${outcome}: ${cause ?? message}`);
  return [counts.pass > 0 ? "pass" : "not applicable"];
}
