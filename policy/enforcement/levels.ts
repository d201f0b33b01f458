import type { Stage } from "../engine/stage";
import type { Finding } from "../engine/result";
import type { Severity } from "../engine/rule";
import type { Level } from "./policy-report";

/** Levels from the one that fails nothing to the one that fails everything. */
export const LEVELS = ["advisory", "soft", "hard"] as const satisfies readonly Level[];

/** How hard findings of one stage are. */
export interface StageLevels extends Readonly<Record<Severity, Level>> {
  /** Where it is not known whether a rule is kept. */
  readonly unknown: Readonly<Record<Severity, Level>>;
}

const ADVISORY = { critical: "advisory", high: "advisory", medium: "advisory", low: "advisory" } as const;

/**
 * Levels by stage, over which settings may put their own.
 *
 * What is unknown is never hard: only Terraform will know it, so that failing the synthesis would ask for waivers of what is
 * most likely right. In production somebody has to look at it before it is deployed, where the rule is severe.
 */
export const DEFAULT_LEVELS: Readonly<Record<Stage, StageLevels>> = {
  dev: { ...ADVISORY, unknown: ADVISORY },
  staging: { critical: "soft", high: "soft", medium: "advisory", low: "advisory", unknown: ADVISORY },
  prod: {
    critical: "hard",
    high: "hard",
    medium: "soft",
    low: "advisory",
    unknown: { critical: "soft", high: "soft", medium: "advisory", low: "advisory" },
  },
};

/** What the level of a finding depends on beside itself. */
export interface LevelSettings {
  readonly levels: Readonly<Record<Stage, StageLevels>>;
  /** By id of the rule. */
  readonly rules: Readonly<Record<string, { readonly level?: Level }>>;
  /** How hard findings in objects of charts by others are at most. */
  readonly charts: { readonly level: Level };
}

/**
 * How hard a finding is: the level its rule was given, else that of its severity and stage. What is unknown has the level for
 * that, and never a harder one than its rule was given. An object of a chart by others has at most the level for these: who
 * uses a pinned chart can read what it brings, and seldom change it.
 *
 * A rule that could not be applied is at least soft everywhere: nobody knows what it would have found.
 */
export function levelOf({ rule, outcome, place, cause }: Finding, stage: Stage, settings: LevelSettings): Level {
  const levels = settings.levels[stage];
  const own = settings.rules[rule.id]?.level;
  const level = outcome === "fail" ? (own ?? levels[rule.severity]) : softer(own, levels.unknown[rule.severity]);
  const there = place.chart === undefined ? level : softer(settings.charts.level, level);
  return cause !== undefined && there === "advisory" ? "soft" : there;
}

function softer(one: Level | undefined, other: Level): Level {
  return one !== undefined && LEVELS.indexOf(one) < LEVELS.indexOf(other) ? one : other;
}
