import { Command } from "commander";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { addPolicyCheck } from "../../../cli/commands/policy-check";
import { addPolicyExplain } from "../../../cli/commands/policy-explain";
import { addPolicyList } from "../../../cli/commands/policy-list";
import type { CliContext } from "../../../cli/context";
import { describeError } from "../../../cli/report-error";
import type { SynthesisOptions } from "../../../cli/synthesis";
import type { SynthesizedStack } from "../../../rendering";
import { temporaryFolder } from "../../support/temporary-folder";

const ROOT = resolve(__dirname, "../../..");

/** The parts of the outside world that a test chooses. */
export interface PolicyWorld {
  /** Files of the configuration, by path; the working directory is its root. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Blocks of the stacks that a synthesis writes, by id.
   * @default - one log group in `shop-prod-data`, whose events never end
   */
  readonly stacks?: Readonly<Record<string, object>>;
  readonly width?: number;
  readonly coloured?: boolean;
  /** @default false */
  readonly interactive?: boolean;
  /** @default "2026-11-21" */
  readonly today?: string;
  /** A folder that an earlier run left; @default - a new one */
  readonly root?: string;
  /** @default - the root */
  readonly cwd?: string;
}

/** What a command printed and ended with. */
export interface PolicyCliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly root: string;
  /** Ids of the environments that were synthesised, with the options of each synthesis. */
  readonly synthesised: readonly (readonly [string, SynthesisOptions | undefined])[];
  /** How often Helm was looked for. */
  readonly helm: number;
}

/** A stack with a log group, by retention: none is a finding of level soft in production. */
export const logGroup = (retention?: number, name = "app"): object => ({
  resource: {
    aws_cloudwatch_log_group: { [name]: { name, ...(retention !== undefined && { retention_in_days: retention }) } },
  },
});

/** An environment that is as short as it may be. */
export const environmentYaml = (
  stage: string,
  account = "333333333333",
  cidr = "10.24.0.0/16",
): string => `project: shop
stage: ${stage}
account: "${account}"
region: us-east-1
owner: ml@example.com
tags: { CostCenter: ml }
network: { cidr: ${cidr}, zones: [us-east-1a, us-east-1b] }
cluster:
  version: "1.36"
  admins: ["arn:aws:iam::${account}:role/admin"]
`;

/** Writes files below a folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Runs `flightdeck policy …` without processes and without network. */
export async function runPolicy(args: readonly string[], world: PolicyWorld = {}): Promise<PolicyCliRun> {
  const root = world.root ?? temporaryFolder();
  writeFiles(root, { "config/environments/shop/prod.yaml": environmentYaml("prod"), ...world.files });
  const seen = { out: "", err: "", exitCode: 0, helm: 0 };
  const synthesised: [string, SynthesisOptions | undefined][] = [];
  const context = fakeContext(root, world, seen);
  const program = new Command("flightdeck");
  const policy = program.command("policy");
  const endWith = (code: number): unknown => (seen.exitCode = code);
  addPolicyCheck(policy, context, endWith, {
    withSynthesis: async (_context, { project, stage }, use, options) => {
      synthesised.push([`${project}/${stage}`, options]);
      return use(stacksOf(world.stacks ?? { [`${project}-${stage}-data`]: logGroup() }));
    },
    helm: () => {
      seen.helm++;
      return Promise.resolve(undefined);
    },
  });
  addPolicyList(policy, context);
  addPolicyExplain(policy, context);
  [program, policy, ...policy.commands].forEach((command) =>
    command.exitOverride().configureOutput({
      writeOut: context.output.raw,
      writeErr: (text) => {
        context.output.error(text.trimEnd());
      },
    }),
  );
  try {
    await program.parseAsync(["policy", ...args], { from: "user" });
  } catch (error) {
    const { exitCode, text } = describeError(error, false);
    return { ...seen, exitCode, err: seen.err + text, root, synthesised };
  }
  return { ...seen, root, synthesised };
}

function fakeContext(
  root: string,
  { width = 80, coloured = false, interactive = false, cwd = root, today = "2026-11-21" }: PolicyWorld,
  seen: { out: string; err: string },
): CliContext {
  const output = {
    line: (text: string) => (seen.out += `${text}\n`),
    raw: (text: string) => (seen.out += text),
    error: (text: string) => (seen.err += `${text}\n`),
    width: () => width,
    coloured,
    interactive,
  };
  const now = (): number => Date.parse(`${today}T10:05:00Z`);
  return { root: ROOT, configRoot: root, cwd, now, output } as unknown as CliContext;
}

function stacksOf(stacks: Readonly<Record<string, object>>): readonly SynthesizedStack[] {
  return Object.entries(stacks).map(([id, json]) => ({ id, layer: id, json: JSON.stringify(json) }));
}
