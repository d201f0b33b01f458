import { PACKS, SEVERITIES } from "./rule";
import type { Example, Rule } from "./rule";

const ID = /^[A-Z][A-Z0-9]*-[A-Z0-9]+-\d{3}$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Looks a set of rules over before any is asked: heads that reports and waivers rely on, and names that two rules share. Rules
 * of users are read from JavaScript, so that nothing of a rule is taken for granted.
 *
 * @returns every problem, each a sentence that names its rule; empty when all is well
 *
 * @example
 * checkRules(rules); // ['FD-EKS-001: `slug` must be in kebab-case, got "EksPrivate"']
 */
export function checkRules(rules: readonly Rule[]): readonly string[] {
  return [
    ...rules.flatMap((rule, index) => problemsOf(rule).map((problem) => `${nameOf(rule, index)}: ${problem}`)),
    ...shared("id", rules),
    ...shared("slug", rules),
  ];
}

function nameOf(rule: Rule, index: number): string {
  return typeof rule?.id === "string" && rule.id !== "" ? rule.id : `rule ${index + 1}`;
}

function problemsOf(rule: Rule): readonly string[] {
  if (typeof rule !== "object" || rule === null) return [`must be a rule, got ${String(rule)}`];
  const { id, slug, title, severity, packs, why, fix, judge, examples } = rule;
  return [
    demand(isText(id) && ID.test(id), "id", "must be like `ACME-S3-001`", id),
    demand(isText(slug) && SLUG.test(slug), "slug", "must be in kebab-case", slug),
    demand(isText(title) && !title.trim().endsWith("."), "title", "must be a sentence without a full stop", title),
    demand(SEVERITIES.includes(severity), "severity", `must be one of ${SEVERITIES.join(", ")}`, severity),
    ...packProblems(packs),
    demand(isText(why), "why", "must say what happens where the rule is broken", why),
    demand(isText(fix), "fix", "must say what to write instead", fix),
    demand(typeof judge === "function", "judge", "must be a function", judge),
    ...subjectProblems(rule),
    ...exampleProblems(examples),
  ].filter((problem) => problem !== "");
}

function packProblems(packs: unknown): readonly string[] {
  if (!Array.isArray(packs) || packs.length === 0)
    return [`\`packs\` must name at least one pack, got ${shown(packs)}`];
  const known: readonly unknown[] = PACKS;
  return packs
    .filter((pack) => !known.includes(pack))
    .map((pack) => `\`packs\` must be of ${PACKS.join(", ")}, got ${shown(pack)}`);
}

function subjectProblems(rule: Rule): readonly string[] {
  switch (rule.judges) {
    case "resource":
      return [demand(isList(rule.types), "types", "must name at least one type of resource", rule.types)];
    case "object":
      return [demand(isList(rule.kinds), "kinds", "must name at least one kind of object", rule.kinds)];
    case "change":
    case "environment":
      return [];
    default:
      return [
        `must be made by resourceRule, objectRule, changeRule or environmentRule, got \`judges\` ${shown((rule as Rule).judges)}`,
      ];
  }
}

function exampleProblems(examples: Rule["examples"]): readonly string[] {
  const { failing, passing, unknown } = examples ?? {};
  return [
    demand(hasInput(failing), "examples.failing", "must hold something to judge", failing),
    demand(hasInput(passing), "examples.passing", "must hold something to judge", passing),
    demand(unknown === undefined || hasInput(unknown), "examples.unknown", "must hold something to judge", unknown),
  ];
}

function hasInput(example: Example | undefined): boolean {
  const { terraform, stacks, objects, changes } = example ?? {};
  return [terraform, stacks, objects, changes].some((input) => input !== undefined);
}

/** Names that a rule shares with another that stands before it. */
function shared(field: "id" | "slug", rules: readonly Rule[]): readonly string[] {
  const first = new Map<string, number>();
  return rules.flatMap((rule, index) => {
    const name: unknown = rule?.[field];
    if (!isText(name)) return [];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    const other = field === "id" ? `rule ${before + 1}` : nameOf(rules[before] as Rule, before);
    return [`${nameOf(rule, index)}: \`${field}\` must be its own, got ${shown(name)}, which is that of ${other}`];
  });
}

function demand(holds: boolean, field: string, rule: string, got: unknown): string {
  return holds ? "" : `\`${field}\` ${rule}, got ${shown(got)}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : typeof value === "function" ? "a function" : (JSON.stringify(value) ?? "");
}
