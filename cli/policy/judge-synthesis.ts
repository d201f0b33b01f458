import type { EnvironmentConfig } from "../../config";
import { checkPolicy, writeReport } from "../../policy";
import type { PolicyReport } from "../../policy";
import { readStacks } from "../synthesis";
import { environmentInput } from "./environment-input";
import { reportOptions } from "./report-options";

/** What is judged after a synthesis. */
export interface JudgeSynthesisOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Root of the configuration. */
  readonly configRoot: string;
  readonly configs: readonly EnvironmentConfig[];
  /** Folder that CDKTF has written to. */
  readonly outdir: string;
  /** The day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Told, in lines for people, what is broken. */
  readonly tell: (text: string) => void;
}

/**
 * Judges what was just synthesised, every stack with the environment whose name it begins with. Charts are not rendered here:
 * the network has no place in a synthesis.
 *
 * @returns whether every environment may be deployed: no open finding of level hard
 * @throws PolicyInputError with everything that is wrong with settings, waivers, baseline and own rules
 */
export async function judgeSynthesis(options: JudgeSynthesisOptions): Promise<boolean> {
  const { root, configRoot, configs, outdir, today, tell } = options;
  const broken: PolicyReport[] = [];
  const stacks = readStacks(outdir, "");
  const strangers = new Set(stacks.map(({ id }) => id));
  for (const config of configs) {
    const own = stacks.filter(({ id }) => environmentOf(id, configs) === config);
    own.forEach(({ id }) => strangers.delete(id));
    const { report } = await checkPolicy(environmentInput(configRoot, config, own), { configRoot, root, today });
    if (report.failed === "hard") broken.push(whatStops(report));
  }
  if (strangers.size > 0) tell(`Not judged, as they are of no environment: ${[...strangers].join(", ")}\n`);
  if (broken.length === 0) return true;
  const names = broken.map(({ name }) => name).join(" ");
  tell(writeReport("text", broken, reportOptions({ coloured: false, width: 120 })));
  tell(`Nothing is deployed. Everything that was checked: npx flightdeck policy check ${names}\n`);
  return false;
}

/** `ml-prod-data` is of `ml/prod`, and `ml-prod-dev-data` of `ml-prod/dev`. */
function environmentOf(stack: string, configs: readonly EnvironmentConfig[]): EnvironmentConfig | undefined {
  return configs
    .filter((config) => stack.startsWith(prefixOf(config)))
    .sort((one, other) => prefixOf(other).length - prefixOf(one).length)[0];
}

function prefixOf({ project, stage }: EnvironmentConfig): string {
  return `${project}-${stage}-`;
}

/** The findings that stop the synthesis; where nothing was judged, the notices that say so. */
function whatStops(report: PolicyReport): PolicyReport {
  const findings = report.findings.filter(isHard);
  return { ...report, findings, notices: findings.length > 0 ? [] : report.notices };
}

function isHard({ level, status }: PolicyReport["findings"][number]): boolean {
  return level === "hard" && status === "open";
}
