import { type Command, Option } from "commander";
import {
  preflight,
  preflightPlan,
  type PreflightPlan,
  type PreflightReport,
  preflightWithoutAws,
  QuestionError,
} from "../../cloning/preflight";
import { type EnvironmentConfig, loadEnvironment } from "../../config";
import { chooseEnvironment } from "../environment-argument";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { EndWith } from "../end-with";
import { connect, type Connection, type ConnectOptions, type Connect } from "../preflight/connect";
import { printReport } from "../preflight/print-report";
import { type Synthesize, synthesizeEnvironment } from "../preflight/synthesize-environment";

interface Options extends ConnectOptions {
  readonly json?: boolean;
}

/** The parts that reach outside of the command line. */
interface Outside {
  readonly connect: Connect;
  readonly synthesize: Synthesize;
}

/** `flightdeck preflight [ENV]` */
export function addPreflight(
  program: Command,
  context: CliContext,
  endWith: EndWith,
  outside: Outside = { connect, synthesize: synthesizeEnvironment },
): void {
  program
    .command("preflight")
    .description("asks AWS, before anything is created, whether an environment can come up")
    .argument("[environment]", "<project>/<stage>; the only one of stage dev when left out")
    .addOption(new Option("--sandbox", "ask the sandbox of this machine").conflicts("offline"))
    .option("--offline", "ask nobody: print what is needed and what would be asked")
    .option("--json", "print the report as JSON")
    .addHelpText("after", "\nExample:\n  npx flightdeck preflight atlas/prod")
    .action(async (named: string | undefined, { json, ...options }: Options) => {
      const config = loadEnvironment(context.configRoot, chooseEnvironment(context.configRoot, named));
      const connection = await outside.connect(context, config, options);
      const report = await reportOf(preflightPlan(config, await outside.synthesize(context, config)), connection);
      if (json) printJson(context, config, connection, report);
      else printText(context, config, connection, report);
      if (report.findings.length > 0) endWith(1);
    });
}

async function reportOf(plan: PreflightPlan, connection: Connection): Promise<PreflightReport> {
  if (connection.kind === "nobody") return preflightWithoutAws(plan);
  try {
    const inAws = connection.kind === "aws";
    return await preflight(plan, connection.aws, { stateBucketNeeded: inAws, secretValuesNeeded: inAws });
  } catch (error) {
    if (!(error instanceof QuestionError)) throw error;
    if (connection.kind === "sandbox") {
      throw new CliError(1, `The sandbox at ${connection.endpoint} does not answer: ${error.detail}`);
    }
    throw new CliError(2, `AWS does not say whose the credentials are (${error.action}): ${error.detail}`);
  }
}

function printText(
  { output }: CliContext,
  config: EnvironmentConfig,
  connection: Connection,
  report: PreflightReport,
): void {
  const { project, stage, account, region } = config;
  output.line(`${project}/${stage} in account ${account}, ${region}: ${askedOf(connection)}`);
  output.line("");
  printReport(output, report);
  output.line("");
  const { length } = report.findings;
  if (length > 0) output.line(`${length} ${length === 1 ? "finding" : "findings"}.`);
  else if (report.asked) output.line("Nothing stands in the way.");
  else QUESTIONS.forEach((line) => output.line(line));
}

function askedOf(connection: Connection): string {
  if (connection.kind === "aws") return "AWS was asked.";
  if (connection.kind === "sandbox") return `the sandbox at ${connection.endpoint} was asked.`;
  return `AWS was not asked, ${connection.reason}.`;
}

function printJson(
  { output }: CliContext,
  { project, stage, account, region }: EnvironmentConfig,
  { kind }: Connection,
  { asked, quotas, findings, notes }: PreflightReport,
): void {
  const lines = quotas.map(({ quota: { name, service, code, title, unit }, ...rest }) => ({
    ...{ name, service, code, title, unit },
    ...rest,
  }));
  const report = { environment: `${project}/${stage}`, account, region, asked, target: kind };
  output.line(JSON.stringify({ ...report, quotas: lines, findings, notes }, null, 2));
}

/** What is asked of AWS, for those who are about to let it be asked. */
const QUESTIONS = [
  "With credentials of the account, AWS is asked, and nothing is changed:",
  "  whether the credentials are of that account, and the region is switched on in it",
  "  what the account may use of each quota above, and what others in it use already",
  "  whether each zone has the instance types of the pools that are in it",
  "  whether the capacity reservations and capacity blocks that pools name will take their nodes",
  "  whether another VPC has the same addresses",
  "  whether the names of buckets, cluster, keys, log groups and roles are free, and the state bucket is there",
];
