import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../engine/rule";
import { approvalProblems, readApprovals } from "./approval";
import type { Approval } from "./approval";
import { readBaseline } from "./baseline";
import type { Baseline } from "./baseline";
import { readCodeWaivers } from "./code-waivers";
import type { SynthesizedText } from "./code-waivers";
import { PolicyInputError, ProblemCollector } from "./policy-input-error";
import { reasonOf } from "./reason-of";
import { DEFAULT_SETTINGS, readSettings, settingsProblems } from "./settings";
import type { PolicySettings } from "./settings";
import { readWaivers, waiverProblems } from "./waiver";
import type { Waiver } from "./waiver";

/** Where the files are, relative to the root of the configuration. None of them has to be there. */
export const POLICY_FILES = {
  settings: "config/policy/settings.yaml",
  waivers: "config/policy/waivers.yaml",
  approvals: "config/policy/approvals.yaml",
  baseline: "config/policy/baseline.json",
} as const;

/** Everything that decides what findings come to. */
export interface PolicyFiles {
  readonly settings: PolicySettings;
  /** All rules there are, one's own included. */
  readonly rules: readonly Rule[];
  /** From the file and from code. */
  readonly waivers: readonly Waiver[];
  readonly approvals: readonly Approval[];
  /** @default - there is none */
  readonly baseline?: Baseline;
}

/** What the files are checked with. */
export interface PolicyFilesOptions {
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /** All rules, once the settings say where one's own are. */
  readonly rulesOf: (settings: PolicySettings) => readonly Rule[];
  /**
   * Synthesised stacks, which carry the waivers written in code.
   * @default - there are none
   */
  readonly stacks?: readonly SynthesizedText[];
}

/**
 * Reads settings, waivers, approvals and baseline, and checks them against the rules there are.
 *
 * @param root root of the configuration
 * @throws PolicyInputError with everything that is wrong with any of them
 */
export function loadPolicyFiles(root: string, { today, rulesOf, stacks = [] }: PolicyFilesOptions): PolicyFiles {
  const collector = new ProblemCollector();
  const load = <T>(file: string, read: (text: string, file: string) => T): T | undefined =>
    collector.try(() => {
      const text = readText(root, file);
      return text === undefined ? undefined : read(text, file);
    });
  const settings = load(POLICY_FILES.settings, readSettings) ?? DEFAULT_SETTINGS;
  const fileWaivers = load(POLICY_FILES.waivers, readWaivers) ?? [];
  const approvals = load(POLICY_FILES.approvals, readApprovals) ?? [];
  const baseline = load(POLICY_FILES.baseline, readBaseline);
  const codeWaivers = collector.try(() => readCodeWaivers(stacks)) ?? [];
  const waivers = [...fileWaivers, ...codeWaivers];
  // Settings that cannot be read say nothing of one's own rules, and every mention of one would look like a mistake.
  collector.throwIfAny();

  const rules = collector.try(() => rulesOf(settings));
  collector.throwIfAny();
  const limits = { rules: rules ?? [], today, maxWaiverDays: settings.maxWaiverDays };
  collector.add(settingsProblems(settings, limits.rules));
  collector.add(waiverProblems(waivers, limits));
  collector.add(approvalProblems(approvals, limits));
  collector.throwIfAny();
  return { settings, rules: limits.rules, waivers, approvals, ...(baseline && { baseline }) };
}

function readText(root: string, file: string): string | undefined {
  const path = join(root, file);
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new PolicyInputError([{ where: file, message: `cannot be read: ${reasonOf(error)}` }]);
  }
}
