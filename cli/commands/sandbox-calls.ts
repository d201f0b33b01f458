import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import type { CallRecord } from "../../sandbox";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import { requireSandbox } from "../sandbox/require-sandbox";

interface Options {
  readonly policy?: boolean;
  readonly environment?: string;
  readonly since: number;
}

/** `flightdeck sandbox calls` */
export function addSandboxCalls(sandbox: Command, context: CliContext): void {
  sandbox
    .command("calls")
    .description("the calls to AWS that the sandbox has answered, one JSON object per line")
    .option("--policy", "print the least-privilege IAM policy for these calls instead")
    .option("--environment <environment>", "only calls of the stacks of <project>/<stage>")
    .option("--since <id>", "only calls with a larger id", readId, 0)
    .addHelpText("after", "\nExample:\n  npx flightdeck sandbox calls --policy --environment atlas/dev > policy.json")
    .action(async ({ policy, environment, since }: Options) => {
      const { endpoint } = await requireSandbox(context);
      const prefix = environment === undefined ? "" : `${environment.replace("/", "-")}-`;
      const all = await context.sandbox.calls(endpoint, { since });
      const calls = all.filter(({ principal }) => principal.startsWith(prefix));
      if (policy) printPolicy(context, calls);
      else for (const call of calls) context.output.line(JSON.stringify(call));
    });
}

function printPolicy({ output, sandbox }: CliContext, calls: readonly CallRecord[]): void {
  const accounts = [...new Set(calls.map(({ account }) => account))];
  if (accounts.length > 1) {
    throw new CliError(
      2,
      `A policy is for one account, and these calls are of ${accounts.join(", ")}: choose with --environment.`,
    );
  }
  output.line(JSON.stringify(sandbox.policy(calls), null, 2));
}

function readId(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`The id must be a whole number from 0, got \`${text}\`.`);
}
