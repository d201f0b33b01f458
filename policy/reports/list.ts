import pc from "picocolors";
import type { Pack, Rule, Severity } from "../engine/rule";
import { SEVERITIES } from "../engine/rule";
import { counted } from "./private/counted";
import { familyOf } from "./private/rule-family";
import { cells, cut, padded } from "./private/wrap";
import type { TextStyle } from "./report-options";

/** Which rules to list. */
export interface RuleFilter {
  /**
   * Rules of any of these packs.
   * @default - of all
   */
  readonly packs?: readonly Pack[];
  /** @default - all */
  readonly severities?: readonly Severity[];
  /**
   * Families as ids name them, e.g. `eks`; case does not matter.
   * @default - all
   */
  readonly families?: readonly string[];
}

/** The rules that a filter lets through, in the order of their ids. */
export function filterRules(rules: readonly Rule[], { packs, severities, families }: RuleFilter): readonly Rule[] {
  const wanted = families?.map((family) => family.toLowerCase());
  return rules
    .filter((rule) => packs === undefined || rule.packs.some((pack) => packs.includes(pack)))
    .filter(({ severity }) => severities === undefined || severities.includes(severity))
    .filter(({ id }) => wanted === undefined || wanted.includes(familyOf(id)))
    .sort(({ id }, other) => (id < other.id ? -1 : 1));
}

/** Lists rules as a table, one line each; a title that does not fit ends with `…`. */
export function listRules(rules: readonly Rule[], filter: RuleFilter, { colour, width }: TextStyle): string {
  const colours = pc.createColors(colour);
  const paints = { critical: colours.red, high: colours.red, medium: colours.yellow, low: colours.cyan };
  const listed = filterRules(rules, filter);
  const heads = ["ID", "SEVERITY", "PACKS", "WHAT HOLDS"] as const;
  const rows = listed.map(({ id, severity, packs, title }) => [id, severity, packs.join(", "), title] as const);
  const widths = heads.map((_, column) => Math.max(...[heads, ...rows].map((row) => cells(row[column] ?? ""))));
  const room = width - widths.slice(0, 3).reduce((sum, cell) => sum + cell + 2, 0);
  const line = ([id, severity, packs, title]: readonly [string, string, string, string], paint = plain): string => {
    const [first = 0, second = 0, third = 0] = widths;
    return `${padded(id, first)}  ${paint(padded(severity, second))}  ${padded(packs, third)}  ${room < LEAST_ROOM ? title : cut(title, room)}\n`;
  };
  return [
    colours.dim(line(heads)),
    ...rows.map((row) => line(row, paints[row[1]])),
    `\n${counted(listed.length, "rule")}${listed.length === rules.length ? "" : ` of ${rules.length}`}${severityWords(listed)}\n`,
  ].join("");
}

/** Lists rules as JSON: an array of their heads, with the types or kinds they judge. */
export function listRulesJson(rules: readonly Rule[], filter: RuleFilter): string {
  const heads = filterRules(rules, filter).map((rule) => ({
    id: rule.id,
    slug: rule.slug,
    title: rule.title,
    severity: rule.severity,
    family: familyOf(rule.id),
    packs: rule.packs,
    judges: rule.judges,
    ...(rule.judges === "resource" ? { types: rule.types } : {}),
    ...(rule.judges === "object" ? { kinds: rule.kinds } : {}),
    why: rule.why,
    fix: rule.fix,
    sameAs: rule.sameAs ?? {},
    waivable: rule.waivable ?? true,
  }));
  return `${JSON.stringify(heads, null, 2)}\n`;
}

function severityWords(rules: readonly Rule[]): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: rules.filter((rule) => rule.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0 ? "" : `: ${counts.map(({ severity, count }) => `${count} ${severity}`).join(", ")}`;
}

/** Narrower than this, a title says nothing: then the line is as long as it has to be. */
const LEAST_ROOM = 20;

function plain(text: string): string {
  return text;
}
