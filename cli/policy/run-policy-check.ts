import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { checkPolicy, summarizeReport, writeReport } from "../../policy";
import type { DecidedFinding, Format, Pack, PolicyInput, PolicyRun } from "../../policy";
import type { Helm } from "../../rendering";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { WithSynthesis } from "../synthesis";
import { allRules } from "./all-rules";
import { storeBaseline } from "./baseline-file";
import { chooseInputs } from "./choose-inputs";
import type { InputOptions } from "./choose-inputs";
import { findRule } from "./find-rule";
import { reportOptions } from "./report-options";
import { writeSkips } from "./write-skips";

/** What the command was asked for. */
export interface PolicyCheckOptions extends InputOptions {
  readonly format: Format;
  readonly out?: string;
  readonly pack?: readonly Pack[];
  readonly rule?: readonly string[];
  readonly override?: string;
  readonly writeBaseline?: boolean;
  readonly updateBaseline?: boolean;
  readonly skips?: string;
  readonly charts: "auto" | "never";
  readonly verbose?: boolean;
}

/** The parts that reach outside of the command line. */
export interface PolicyCheckOutside {
  readonly withSynthesis: WithSynthesis;
  readonly helm: (context: CliContext) => Promise<Helm | undefined>;
}

/**
 * Judges what was named, and prints or writes the report.
 *
 * @returns whether everything passes at its level
 */
export async function runPolicyCheck(
  context: CliContext,
  environments: readonly string[],
  options: PolicyCheckOptions,
  outside: PolicyCheckOutside,
): Promise<boolean> {
  const found = await check(context, environments, options, outside);
  const how = options.writeBaseline ? "write" : options.updateBaseline ? "update" : undefined;
  const runs = how ? storeBaseline(context, found, how) : found;
  if (options.skips !== undefined) writeSkips(context, runs, resolve(context.cwd, options.skips));
  print(context, runs, options);
  return runs.every(({ report }) => report.failed === "no");
}

/** A run and what it was about. */
interface NamedRun extends PolicyRun {
  readonly input: PolicyInput;
  /** File that stands for what has no place in the source. */
  readonly fileOf: (finding?: DecidedFinding) => string;
}

async function check(
  context: CliContext,
  environments: readonly string[],
  options: PolicyCheckOptions,
  outside: PolicyCheckOutside,
): Promise<readonly NamedRun[]> {
  if (options.writeBaseline && options.updateBaseline) {
    throw new CliError(2, "--write-baseline and --update-baseline exclude each other: the first takes in what is new");
  }
  const known = allRules(context.configRoot, context.now());
  const only = options.rule?.map((named) => findRule(known, named).id);
  const { configRoot } = context;
  const today = new Date(context.now()).toISOString().slice(0, 10);
  const helm = options.charts === "auto" ? await outside.helm(context) : undefined;
  const charts = options.charts === "never" ? { whyNoHelm: "--charts never" } : { helm };
  const runs: NamedRun[] = [];
  await chooseInputs(context, environments, options, outside.withSynthesis, async ({ input, fileOf, ...from }) => {
    const how = { ...from, configRoot, today, ...charts, override: options.override, packs: options.pack, only };
    runs.push({ ...(await checkPolicy(input, how)), input, fileOf });
  });
  return runs;
}

function print(context: CliContext, runs: readonly NamedRun[], { format, out, verbose }: PolicyCheckOptions): void {
  const { output, cwd } = context;
  const reports = runs.map(({ report }) => report);
  const options = reportOptions({
    coloured: output.coloured && out === undefined,
    width: out === undefined ? output.width() : 120,
    verbose,
    rules: new Map(runs.map(({ report, rules }) => [report.name, rules])),
    files: new Map(runs.map(({ report, fileOf }) => [report.name, fileOf])),
  });
  const text = writeReport(format, reports, options);
  if (out === undefined) {
    output.raw(text);
    return;
  }
  writeOut(resolve(cwd, out), text);
  for (const report of reports) output.line(summarizeReport(report));
  output.line(`${out} holds the report.`);
}

function writeOut(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError(2, `--out cannot be written: ${(error as Error).message}`);
  }
}
