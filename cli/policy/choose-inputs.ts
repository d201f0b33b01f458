import { existsSync, readFileSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { environmentIds, loadEnvironment } from "../../config";
import { findSynthesis, InputError } from "../../policy";
import type { PolicyFile, PolicyInput, Stage } from "../../policy";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { WithSynthesis } from "../synthesis";
import { environmentInput } from "./environment-input";

/** What to judge, as it was named on the command line. */
export interface InputOptions {
  readonly synth?: readonly string[];
  readonly plan?: readonly string[];
  readonly objects?: readonly string[];
  readonly stage?: Stage;
}

/** Takes one input, the file that stands for it, and the Kubernetes version of its cluster where that is known. */
export type TakeInput = (input: PolicyInput, file: string, kubernetesVersion?: string) => Promise<void>;

/**
 * Hands on everything that is to be judged, one after the other: each environment that is named, with the plans and objects
 * that belong to it; files without an environment; or all environments.
 *
 * @throws CliError exit 2 when options contradict each other
 */
export async function chooseInputs(
  context: CliContext,
  named: readonly string[],
  options: InputOptions,
  withSynthesis: WithSynthesis,
  take: TakeInput,
): Promise<void> {
  const given = [...(options.synth ?? []), ...(options.plan ?? []), ...(options.objects ?? [])];
  const [only, ...others] = named;
  if (given.length > 0 && others.length > 0) {
    throw new CliError(2, "--plan and --objects belong to one environment: name one, or none");
  }
  if (only !== undefined && options.synth) {
    throw new CliError(2, `--synth stands for an environment of its own: leave out ${only}, which is synthesised anew`);
  }
  if (only !== undefined && options.stage) {
    throw new CliError(2, `--stage is for what is of no environment: ${only} has its stage`);
  }
  if (only === undefined && given.length > 0) {
    await take(foreignInput(context, given, options), givenFile(given));
    return;
  }
  const ids = named.length > 0 ? [...new Set(named)] : environmentIds(context.configRoot);
  if (ids.length === 0) throw new CliError(2, "config/environments must hold at least one environment");
  const files = readFiles(context, options);
  for (const id of ids) {
    const config = loadEnvironment(context.configRoot, id);
    await withSynthesis(
      context,
      config,
      (stacks) =>
        take(
          { ...environmentInput(context.configRoot, config, stacks), ...files },
          relative(context.root, resolve(context.configRoot, `config/environments/${id}.yaml`)),
          config.cluster.version,
        ),
      { sourceLocations: true },
    );
  }
}

function foreignInput(context: CliContext, given: readonly string[], options: InputOptions): PolicyInput {
  const modules = (options.synth ?? []).flatMap((path) => findSynthesis(resolve(context.cwd, path), path));
  return { name: given.join(" "), stage: options.stage ?? "prod", modules, ...readFiles(context, options) };
}

function readFiles(
  { cwd }: CliContext,
  { plan = [], objects = [] }: InputOptions,
): Pick<PolicyInput, "plans" | "objects"> {
  const problems: string[] = [];
  const read = (file: string, stack: string): PolicyFile[] => {
    const path = resolve(cwd, file);
    if (existsSync(path)) return [{ stack, file, text: readFileSync(path, "utf8") }];
    problems.push(`${file}: there is no such file`);
    return [];
  };
  const plans = plan.flatMap((argument) => {
    const [, stack, file = argument] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
    return read(file, stack ?? basename(file).replace(/\.json$/, ""));
  });
  const files = { plans, objects: objects.flatMap((file) => read(file, file)) };
  if (problems.length > 0) throw new InputError(problems);
  return files;
}

function givenFile([first = ""]: readonly string[]): string {
  return first.replace(/^[\w-]+=/, "");
}
