import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DecidedFinding, ReportOptions, Rule } from "../../policy";

const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };

/** How the command line writes reports. */
export interface ReportStyle {
  readonly coloured: boolean;
  /** Columns. */
  readonly width: number;
  /**
   * Every place of every rule.
   * @default false
   */
  readonly verbose?: boolean;
  /**
   * The rules that were asked, by name of the report.
   * @default - only rules with a finding are listed
   */
  readonly rules?: ReadonlyMap<string, readonly Rule[]>;
  /**
   * The file that stands for findings without a place in the source, by name of the report.
   * @default - the file of the environment that the report is named after
   */
  readonly files?: ReadonlyMap<string, (finding?: DecidedFinding) => string>;
}

/** What every format needs to know. */
export function reportOptions({ coloured, width, verbose, rules, files }: ReportStyle): ReportOptions {
  return {
    colour: coloured,
    width: Math.max(width, NARROWEST),
    verbose,
    toolVersion: version,
    fallbackFile: ({ name }, finding) => files?.get(name)?.(finding) ?? `config/environments/${name}.yaml`,
    ...(rules && { rules: ({ name }) => rules.get(name) ?? [] }),
  };
}

const NARROWEST = 60;
