import { isAbsolute } from "node:path";
import { z } from "zod";
import type { Stage } from "../engine/stage";
import { PACKS, SEVERITIES } from "../engine/rule";
import type { Pack, Rule, Severity } from "../engine/rule";
import { STAGE_THRESHOLDS } from "../engine/thresholds";
import type { Thresholds } from "../engine/thresholds";
import { DEFAULT_LEVELS, LEVELS } from "./levels";
import type { StageLevels } from "./levels";
import type { PolicyProblem } from "./policy-input-error";
import type { Level } from "./policy-report";
import { checkShape } from "./private/check-shape";
import { filled, reason } from "./private/fields";
import { readYaml } from "./private/read-yaml";
import { unknownRule } from "./private/unknown-rule";

/** What was set about one rule. */
export interface RuleSetting {
  /**
   * How hard its findings are, in every stage.
   * @default - by severity and stage
   */
  readonly level?: Level;
  /**
   * Why it is not asked at all.
   * @default - it is asked
   */
  readonly off?: string;
  /** File and line. */
  readonly where: string;
}

/** How the policy checks are set, with every default filled in. */
export interface PolicySettings {
  /** Packs whose rules are asked. */
  readonly packs: readonly Pack[];
  readonly levels: Readonly<Record<Stage, StageLevels>>;
  /** By id of the rule. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** How hard findings in objects of charts by others are at most. */
  readonly charts: { readonly level: Level };
  readonly thresholds: Readonly<Record<Stage, Thresholds>>;
  /**
   * Folder with rules of one's own, relative to the root of the configuration.
   * @default - there are none
   */
  readonly ownRules?: string;
  /** Days before its end from which a waiver or an approval is spoken of. */
  readonly expiringSoonDays: number;
  /** Days that a waiver or an approval may hold at most, from the day of the run. */
  readonly maxWaiverDays: number;
}

const DEFAULT_PACKS: readonly Pack[] = PACKS.filter((pack) => pack !== "strict");
const STAGES = ["dev", "staging", "prod"] as const satisfies readonly Stage[];

const levelSchema = z.enum(LEVELS);
const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, levelSchema.optional()])) as Record<
  Severity,
  z.ZodOptional<typeof levelSchema>
>;

const stageLevelsSchema = z.strictObject({
  ...bySeverity,
  unknown: z
    .strictObject(bySeverity)
    .optional()
    .describe("Levels by severity where it is not known whether a rule is kept."),
});

/** Whatever limits rules have: numbers, and lists of texts. */
const thresholdsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(STAGE_THRESHOLDS.prod).map(([name, value]) => {
      const limit = typeof value === "number" ? z.number().min(0) : z.array(filled()).min(1);
      const defaults = STAGES.map((stage) => `${stage} ${String(STAGE_THRESHOLDS[stage][name as keyof Thresholds])}`);
      return [name, limit.optional().describe(`Limit of a stage. Default: ${defaults.join(", ")}.`)];
    }),
  ),
);

/** What may be written in the file. */
export const settingsSchema = z
  .strictObject({
    packs: z
      .array(z.enum(PACKS))
      .min(1, "must name at least one pack")
      .default([...DEFAULT_PACKS])
      .describe("Packs whose rules are asked."),
    levels: z
      .strictObject({
        dev: stageLevelsSchema.optional(),
        staging: stageLevelsSchema.optional(),
        prod: stageLevelsSchema.optional(),
      })
      .default({})
      .describe("How hard findings are, by stage and severity; what is left out stays as it is by default."),
    rules: z
      .record(
        z.string(),
        z
          .strictObject({
            level: levelSchema.optional().describe("How hard findings of this rule are, in every stage."),
            off: reason().optional().describe("Why the rule is not asked at all."),
          })
          .refine(
            ({ level, off }) => (level === undefined) !== (off === undefined),
            "must set either `level` or `off`",
          ),
      )
      .default({})
      .describe("Settings of single rules, by id."),
    charts: z
      .strictObject({
        level: levelSchema
          .default("advisory")
          .describe("How hard findings in objects of charts by others are at most, in every stage."),
      })
      .prefault({})
      .describe("Objects that charts by others bring."),
    thresholds: z
      .strictObject({
        dev: thresholdsSchema.optional(),
        staging: thresholdsSchema.optional(),
        prod: thresholdsSchema.optional(),
      })
      .default({})
      .describe("Limits that rules measure against, by stage; what is left out stays as it is by default."),
    ownRules: filled()
      .refine((folder) => !isAbsolute(folder), "must be a folder relative to the root of the configuration")
      .optional()
      .describe("Folder with rules of one's own, relative to the root of the configuration."),
    expiringSoonDays: z
      .int()
      .min(0)
      .max(365)
      .default(14)
      .describe("Days before its end from which a waiver or an approval is spoken of."),
    maxWaiverDays: z
      .int()
      .min(1)
      .max(3_650)
      .default(365)
      .describe("Days that a waiver or an approval may hold at most, from today."),
  })
  .describe("Settings of the policy checks.");

/** What holds where nothing is set. */
export const DEFAULT_SETTINGS: PolicySettings = readSettings("", "");

/**
 * Reads settings, a YAML file.
 *
 * @throws PolicyInputError with everything that is wrong with them, but for ids of rules: see {@link settingsProblems}
 */
export function readSettings(text: string, file: string): PolicySettings {
  const { value = {}, whereIs } = readYaml(text, file);
  const { levels, rules, thresholds, ...others } = checkShape(settingsSchema, { value, whereIs });
  return {
    ...others,
    levels: forStages((stage) => ({
      ...DEFAULT_LEVELS[stage],
      ...levels[stage],
      unknown: { ...DEFAULT_LEVELS[stage].unknown, ...levels[stage]?.unknown },
    })),
    rules: Object.fromEntries(
      Object.entries(rules).map(([id, setting]) => [id, { ...setting, where: whereIs(["rules", id]) }]),
    ),
    thresholds: forStages((stage) => ({ ...STAGE_THRESHOLDS[stage], ...thresholds[stage] })),
  };
}

/** What is wrong with settings that only who knows all rules can tell. */
export function settingsProblems({ rules }: PolicySettings, known: readonly Rule[]): readonly PolicyProblem[] {
  return Object.entries(rules).flatMap(([id, { where }]) => {
    const message = unknownRule(id, known);
    return message === undefined ? [] : [{ where, message }];
  });
}

/** Ids of the rules that are off, and not asked. */
export function rulesOff({ rules }: PolicySettings): readonly string[] {
  return Object.entries(rules).flatMap(([id, { off }]) => (off === undefined ? [] : [id]));
}

function forStages<T>(of: (stage: Stage) => T): Readonly<Record<Stage, T>> {
  return { dev: of("dev"), staging: of("staging"), prod: of("prod") };
}
