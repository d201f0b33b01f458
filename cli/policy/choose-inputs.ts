import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, isAbsolute, relative, resolve } from "node:path";
import { environmentIds, loadEnvironment } from "../../config";
import { findSynthesis, InputCollector } from "../../policy";
import type { DecidedFinding, PolicyFile, PolicyInput, Stage, SynthesizedModule } from "../../policy";
import { CliError } from "../cli-error";
import type { CliContext } from "../context";
import type { WithSynthesis } from "../synthesis";
import { environmentInput } from "./environment-input";
import { projectRoot } from "./project-root";

/** What to judge, as it was named on the command line. */
export interface InputOptions {
  readonly synth?: readonly string[];
  readonly plan?: readonly string[];
  readonly objects?: readonly string[];
  readonly stage?: Stage;
}

/** One input, and what reports need to know of where it comes from. */
export interface ChosenInput {
  readonly input: PolicyInput;
  /** Absolute path of the project that places in the source are relative to. */
  readonly root: string;
  /** The file that stands for a finding without a place in the source, relative to the root. */
  readonly fileOf: (finding?: DecidedFinding) => string;
  /**
   * Kubernetes version of its cluster.
   * @default - not known
   */
  readonly kubernetesVersion?: string;
}

/**
 * Hands on everything that is to be judged, one after the other: each environment that is named, with the plans and objects
 * that belong to it; files without an environment; or all environments.
 *
 * @throws CliError exit 2 when options contradict each other
 * @throws InputError with all files that cannot be read
 */
export async function chooseInputs(
  context: CliContext,
  named: readonly string[],
  options: InputOptions,
  withSynthesis: WithSynthesis,
  take: (chosen: ChosenInput) => Promise<void>,
): Promise<void> {
  refuseContradictions(named, options);
  if (named.length === 0 && isAnythingGiven(options)) return take(foreignInput(context, options));
  const ids = named.length > 0 ? [...new Set(named)] : environmentIds(context.configRoot);
  if (ids.length === 0) throw new CliError(2, "config/environments must hold at least one environment");
  const configs = ids.map((id) => loadEnvironment(context.configRoot, id));
  const files = readFiles(context, options);
  for (const [index, config] of configs.entries()) {
    const { root, configRoot } = context;
    const file = slashed(relative(root, resolve(configRoot, `config/environments/${ids[index]}.yaml`)));
    await withSynthesis(
      context,
      config,
      (stacks) => {
        refuseStrangePlans(files.plans, stacks);
        const input = { ...environmentInput(configRoot, config, stacks), ...files };
        const fileOf = fileFinder(context.cwd, root, files.objects, file);
        return take({ input, root, fileOf, kubernetesVersion: config.cluster.version });
      },
      { sourceLocations: true },
    );
  }
}

function isAnythingGiven({ synth = [], plan = [], objects = [] }: InputOptions): boolean {
  return synth.length + plan.length + objects.length > 0;
}

function refuseContradictions([only, ...others]: readonly string[], options: InputOptions): void {
  if (only !== undefined && options.synth)
    throw new CliError(2, `--synth stands for an environment of its own: leave out ${only}, which is synthesised anew`);
  if (others.length > 0 && isAnythingGiven(options))
    throw new CliError(2, "--plan and --objects belong to one environment: name one, or none");
  if (options.stage === undefined) return;
  if (only !== undefined) throw new CliError(2, `--stage is for what is of no environment: ${only} has its stage`);
  if (!isAnythingGiven(options))
    throw new CliError(2, "--stage is for what is of no environment: name it by --synth, --plan or --objects");
}

type Files = Required<Pick<PolicyInput, "plans" | "objects">>;

function foreignInput(context: CliContext, options: InputOptions): ChosenInput {
  const { cwd } = context;
  const collector = new InputCollector();
  const synth = once(cwd, options.synth);
  const found = synth.flatMap((shown) => collector.try(() => findSynthesis(resolve(cwd, shown), shown)) ?? []);
  const { plans, objects } = readFiles(context, options, collector);
  const modules = withOwnIds(found);
  if (modules.length > 0) refuseStrangePlans(plans, modules);
  const folders = synth.map((shown) => resolve(cwd, shown));
  const root = projectRoot(cwd, folders);
  const written = modules.map(({ id, files: [first] }) => ({ stack: id, file: first?.file ?? id }));
  const all = [...written, ...plans, ...objects];
  const given = [
    ...synth.map((path) => (path === "." ? basename(cwd) : path)),
    ...[...plans, ...objects].map(({ file }) => file),
  ];
  return {
    input: { name: given.join(" "), stage: options.stage ?? "prod", modules, plans, objects },
    root,
    fileOf: fileFinder(cwd, root, all, slashed(relative(root, resolve(cwd, all[0]?.file ?? "")))),
  };
}

/** Paths of which each leads to something else; what lies in the working directory is relative to it. */
function once(cwd: string, paths: readonly string[] = []): readonly string[] {
  return [...new Set(paths.map((path) => shownPath(cwd, path)))];
}

function shownPath(cwd: string, path: string): string {
  const within = slashed(relative(cwd, resolve(cwd, path)));
  if (within === "") return ".";
  return within.startsWith("../") || isAbsolute(within) ? path : within;
}

/** Folders of different places may bear one name; then it is the file that tells them apart. */
function withOwnIds(modules: readonly SynthesizedModule[]): readonly SynthesizedModule[] {
  const isTaken = ({ id }: SynthesizedModule): boolean => modules.filter((other) => other.id === id).length > 1;
  return modules.map((module) => (isTaken(module) ? { ...module, id: module.files[0]?.file ?? module.id } : module));
}

function readFiles({ cwd }: CliContext, { plan = [], objects }: InputOptions, collector = new InputCollector()): Files {
  const read = (file: string, stack: string): PolicyFile[] => {
    const path = resolve(cwd, file);
    if (!existsSync(path)) collector.add(`${file}: there is no such file`);
    else if (statSync(path).isDirectory()) collector.add(`${file}: must be a file, and is a folder`);
    else return [{ stack, file, text: readFileSync(path, "utf8") }];
    return [];
  };
  const plans = plan.map(splitPlan).flatMap(({ file, stack }) => read(shownPath(cwd, file), stack));
  const files = { plans, objects: once(cwd, objects).flatMap((file) => read(file, file)) };
  collector.throwIfAny();
  return files;
}

/** `[stack=]file`; without a stack it is the one that the file is named after. */
function splitPlan(argument: string): { readonly stack: string; readonly file: string } {
  const [, named, file = argument] = /^([\w-]+)=(.+)$/.exec(argument) ?? [];
  return { stack: named ?? basename(file).replace(/(\.tfplan|\.plan)?\.json$/, ""), file };
}

/** A plan that stands in the place of no stack would be judged beside it, and everything would be there twice. */
function refuseStrangePlans(plans: Files["plans"], stacks: readonly { readonly id: string }[]): void {
  const ids = stacks.map(({ id }) => id);
  const strange = plans.filter(({ stack }) => !ids.includes(stack));
  if (strange.length === 0) return;
  const lines = strange.map(({ file }) => `--plan ${file}: must say which stack it is of, as in ${ids[0]}=${file}`);
  throw new CliError(2, `${lines.join("\n")}\nStacks: ${ids.join(", ")}`);
}

/** Files are given relative to the working directory, and shown relative to the root. */
function fileFinder(
  cwd: string,
  root: string,
  files: readonly { readonly stack: string; readonly file: string }[],
  otherwise: string,
): (finding?: DecidedFinding) => string {
  return (finding) => {
    const found = files.find(({ stack }) => stack === finding?.place.stack);
    return found ? slashed(relative(root, resolve(cwd, found.file))) : otherwise;
  };
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
