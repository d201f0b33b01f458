import { Option } from "commander";
import type { Command } from "commander";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { checkPolicy, FORMATS, PACKS, summarizeReport, writeReport } from "../../policy";
import type { DecidedFinding, Format, Pack, PolicyInput, PolicyRun } from "../../policy";
import type { Helm } from "../../rendering";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { EndWith } from "../end-with";
import { allRules } from "../policy/all-rules";
import { storeBaseline } from "../policy/baseline-file";
import { chooseInputs } from "../policy/choose-inputs";
import type { InputOptions } from "../policy/choose-inputs";
import { findRule } from "../policy/find-rule";
import { reportOptions } from "../policy/report-options";
import { writeSkips } from "../policy/write-skips";
import { helmOf } from "../render/find-helm";
import { withSynthesis } from "../synthesis";
import type { WithSynthesis } from "../synthesis";

interface Options extends InputOptions {
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
interface Outside {
  readonly withSynthesis: WithSynthesis;
  readonly helm: (context: CliContext) => Promise<Helm | undefined>;
}

const EXAMPLES = `
Examples:
  npx flightdeck policy check
  npx flightdeck policy check atlas/prod --format sarif --out policy.sarif
  npx flightdeck policy check atlas/prod --plan atlas-prod-data=plan.json
  npx flightdeck policy check --synth ../other/cdktf.out --stage dev`;

/** `flightdeck policy check [ENV…]` */
export function addPolicyCheck(
  policy: Command,
  context: CliContext,
  endWith: EndWith,
  outside: Outside = { withSynthesis, helm: helmOf },
): void {
  policy
    .command("check")
    .description("judges environments, or Terraform JSON, plans and Kubernetes objects of anyone")
    .argument("[environments...]", "<project>/<stage>; all when nothing is named")
    .option("--synth <path...>", "Terraform JSON: a file, a folder, or CDKTF's output folder")
    .option("--plan <[stack=]file...>", "what `terraform show -json` printed of a plan")
    .option("--objects <file...>", "Kubernetes YAML")
    .addOption(
      new Option("--stage <stage>", "stage of what is of no environment; prod when left out").choices([
        "dev",
        "staging",
        "prod",
      ]),
    )
    .addOption(new Option("--format <format>", "how the report is written").choices(FORMATS).default("text"))
    .option("--out <file>", "write the report there instead of printing it")
    .addOption(new Option("--pack <pack...>", "these packs instead of those of the settings").choices(PACKS))
    .option("--rule <rule...>", "only these rules, by id or slug")
    .option("--override <reason>", "let findings of level soft pass this once")
    .option("--write-baseline", "take everything that is found now for known")
    .option("--update-baseline", "drop from the baseline what is no longer found")
    .option("--skips <folder>", "write waivers there as checkov and trivy read them")
    .addOption(
      new Option(
        "--charts <when>",
        "whether charts are rendered: with a local Helm where their source answers, or never",
      )
        .choices(["auto", "never"])
        .default("auto"),
    )
    .option("--verbose", "every place of every rule")
    .addHelpText("after", EXAMPLES)
    .action(async (environments: string[], options: Options) => {
      const found = await check(context, environments, options, outside);
      const how = options.writeBaseline ? "write" : options.updateBaseline ? "update" : undefined;
      const runs = how ? storeBaseline(context, found, how) : found;
      if (options.skips !== undefined) writeSkips(context, runs, resolve(context.cwd, options.skips));
      print(context, runs, options);
      if (runs.some(({ report }) => report.failed !== "no")) endWith(1);
    });
}

/** A run and what it was about. */
export interface NamedRun extends PolicyRun {
  readonly input: PolicyInput;
  /** File that stands for what has no place in the source. */
  readonly fileOf: (finding?: DecidedFinding) => string;
}

async function check(
  context: CliContext,
  environments: readonly string[],
  options: Options,
  outside: Outside,
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

function print(context: CliContext, runs: readonly NamedRun[], { format, out, verbose }: Options): void {
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
