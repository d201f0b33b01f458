import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Rule } from "../policy/engine/rule";
import { policyReportJsonSchema, writeRulesDocument } from "../policy/reports";
import { rules } from "../policy/rules";

const ROOT = resolve(__dirname, "..");
const CATALOGUE = join(ROOT, "test/policy/rules/catalogue.json");

/** Every rule that was ever published, as one line: `FD-EKS-001` → `eks-endpoint-private (baseline, cis-eks)`. */
export type Catalogue = Readonly<Record<string, string>>;

/** What the catalogue holds of a rule. */
export function catalogueLine({ slug, packs }: Rule): string {
  return `${slug} (${packs.join(", ")})`;
}

/** The catalogue with a line for each rule that has none, by id. No line that is there changes: that is for people to do. */
export function withNewRules(catalogue: Catalogue, all: readonly Rule[]): Catalogue {
  const added = all.filter(({ id }) => !(id in catalogue)).map((rule) => [rule.id, catalogueLine(rule)] as const);
  return Object.fromEntries([...Object.entries(catalogue), ...added].sort(([id], [other]) => (id < other ? -1 : 1)));
}

/** Writes what documents the policy checks, and adds new rules to the catalogue. */
async function writeAll(): Promise<void> {
  const { format } = await import("prettier");
  const schema = join(ROOT, "docs/policy-report.schema.json");
  const text = await format(JSON.stringify(policyReportJsonSchema()), { filepath: schema, printWidth: 120 });
  writeFileSync(schema, text);
  writeFileSync(join(ROOT, "docs/RULES.md"), writeRulesDocument(rules));
  const before = JSON.parse(readFileSync(CATALOGUE, "utf8")) as Catalogue;
  const after = withNewRules(before, rules);
  writeFileSync(CATALOGUE, `${JSON.stringify(after, null, 2)}\n`);
  const added = Object.keys(after).length - Object.keys(before).length;
  process.stdout.write(`docs/policy-report.schema.json\ndocs/RULES.md: ${rules.length} rules\n`);
  process.stdout.write(`test/policy/rules/catalogue.json: ${added} added\n`);
}

if (require.main === module) void writeAll();
