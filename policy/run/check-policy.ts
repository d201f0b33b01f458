import { buildGraph } from "../engine/build-graph";
import type { EnvironmentFacts } from "../engine/context";
import type { Stage } from "../engine/stage";
import { judge } from "../engine/judge";
import type { Rule } from "../engine/rule";
import { selectRules } from "../engine/select-rules";
import type { KubernetesObject, PlannedChange, Stack } from "../engine/subject";
import type { Baseline } from "../enforcement/baseline";
import { decide } from "../enforcement/decide";
import { loadPolicyFiles } from "../enforcement/policy-files";
import type { Notice, PolicyReport } from "../enforcement/policy-report";
import { RunScope } from "../enforcement/run-scope";
import { rulesOff } from "../enforcement/settings";
import type { PolicySettings } from "../enforcement/settings";
import { InputCollector } from "../inputs/input-collector";
import { readObjects } from "../inputs/kubernetes-yaml";
import { readPlan } from "../inputs/plan-json";
import { readSynthesis } from "../inputs/synthesis";
import type { SynthesisOptions, SynthesizedModule, Unrendered } from "../inputs/synthesis";
import { rules as shippedRules } from "../rules";
import { loadOwnRules } from "./own-rules";

/** What is judged in one run. At least one of `modules`, `plans` and `objects` should hold something. */
export interface PolicyInput {
  /** `atlas/prod`, or what was given. */
  readonly name: string;
  readonly stage: Stage;
  /** What else is known of the environment. */
  readonly environment?: Partial<Omit<EnvironmentFacts, "stage">>;
  /** Synthesised stacks, or Terraform's JSON of any author. */
  readonly modules?: readonly SynthesizedModule[];
  /** Plans; the plan of a stack that is also among the modules stands in its place. */
  readonly plans?: readonly PolicyFile[];
  /** Kubernetes objects. */
  readonly objects?: readonly PolicyFile[];
}

/** A file that is judged. */
export interface PolicyFile {
  /** Stack it belongs to, or the name it goes by. */
  readonly stack: string;
  /** As it was given, for messages. */
  readonly file: string;
  readonly text: string;
}

/** How a run is done. */
export interface PolicyOptions extends SynthesisOptions {
  /** Root of the configuration, which holds `config/policy`. */
  readonly configRoot: string;
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  /**
   * Only these rules, by id or slug, whatever their packs.
   * @default - all rules of the packs that the settings name
   */
  readonly only?: readonly string[];
  /**
   * Packs in place of those of the settings.
   * @default - those of the settings
   */
  readonly packs?: PolicySettings["packs"];
  /**
   * Why open findings of level soft do not matter this once.
   * @default - they do
   */
  readonly override?: string;
}

/** What a run came to. */
export interface PolicyRun {
  readonly report: PolicyReport;
  /** Rules that were asked. */
  readonly rules: readonly Rule[];
  /** All rules there are, one's own included. */
  readonly known: readonly Rule[];
  readonly scope: RunScope;
  /** @default - there is none */
  readonly baseline?: Baseline;
  /** The report that there would be with another baseline. */
  readonly reportWith: (baseline: Baseline) => PolicyReport;
}

/**
 * Judges an input by all rules: reads it, asks the rules, and decides what their findings come to.
 *
 * @throws InputError with everything that is wrong with what is judged
 * @throws PolicyInputError with everything that is wrong with settings, waivers, approvals, baseline and own rules
 * @throws UnknownNameError when `only` names a rule that does not exist
 */
export async function checkPolicy(input: PolicyInput, options: PolicyOptions): Promise<PolicyRun> {
  const { today, configRoot, override } = options;
  const subjects = await readSubjects(input, options);
  const files = loadPolicyFiles(configRoot, {
    today,
    rulesOf: ({ ownRules }) => knownRules(configRoot, ownRules),
    stacks: (input.modules ?? []).flatMap(({ id, files: texts }) =>
      texts.map(({ text }) => ({ stack: id, json: text })),
    ),
  });
  const { rules: known, baseline } = files;
  const settings = options.packs ? { ...files.settings, packs: options.packs } : files.settings;
  const rules = chosenRules(known, settings, options.only);
  const graph = buildGraph(subjects);
  const environment = { others: [], ...input.environment, stage: input.stage };
  const judged = judge(rules, { graph, environment, thresholds: settings.thresholds[input.stage], today });
  const missesObjects = subjects.unrendered.length > 0;
  const reportWith = (known?: Baseline): PolicyReport =>
    decide(judged, {
      ...{ name: input.name, stage: input.stage, today, inputs: inputsOf(input), graph, override, missesObjects },
      ...{ ...files, baseline: known, settings, notices: noticesOf(input, subjects, graph.problems) },
    });
  const scope = new RunScope(judged, graph, missesObjects);
  return { report: reportWith(baseline), rules, known, scope, baseline, reportWith };
}

/**
 * All rules there are: those that ship, and one's own.
 *
 * @param folder folder of one's own rules, relative to the root of the configuration
 * @throws PolicyInputError with everything that is wrong with one's own
 */
export function knownRules(configRoot: string, folder: string | undefined): readonly Rule[] {
  return folder === undefined ? shippedRules : [...shippedRules, ...loadOwnRules(configRoot, folder, shippedRules)];
}

function chosenRules(known: readonly Rule[], settings: PolicySettings, only?: readonly string[]): readonly Rule[] {
  if (only) return selectRules(known, { packs: [], include: only });
  return selectRules(known, { packs: settings.packs, exclude: rulesOff(settings) });
}

/** Everything that is judged, in one shape. */
interface Subjects {
  readonly stacks: readonly Stack[];
  readonly objects: readonly KubernetesObject[];
  readonly changes: readonly PlannedChange[];
  readonly unrendered: readonly Unrendered[];
}

async function readSubjects(
  { modules = [], plans = [], objects = [] }: PolicyInput,
  options: SynthesisOptions,
): Promise<Subjects> {
  const collector = new InputCollector();
  refuseDoubles({ modules, plans }, collector);
  const synthesis = await readSynthesis(modules, options).catch((error: unknown) =>
    collector.try(() => {
      throw error;
    }),
  );
  const planned = plans.flatMap(({ text, stack, file }) => {
    const synthesised = synthesis?.stacks.find(({ id }) => id === stack);
    return collector.try(() => readPlan(text, { stack, file, synthesised })) ?? [];
  });
  const given = objects.flatMap(
    ({ text, stack, file }) => collector.try(() => readObjects(text, { stack, file })) ?? [],
  );
  collector.throwIfAny();
  const { stacks = [], objects: rendered = [], unrendered = [] } = synthesis ?? {};
  const replaced = new Set(planned.map(({ stack }) => stack.id));
  return {
    stacks: [...stacks.filter(({ id }) => !replaced.has(id)), ...planned.map(({ stack }) => stack)],
    objects: [...rendered, ...given],
    changes: planned.flatMap(({ changes }) => changes),
    unrendered,
  };
}

/** Two of one name would be taken for one another wherever a reference leads. */
function refuseDoubles({ modules, plans }: Required<Pick<PolicyInput, "modules" | "plans">>, to: InputCollector): void {
  const stacks = modules.map(({ id, files }) => ({ stack: id, file: files[0]?.file ?? id }));
  for (const [what, all] of [["stacks", stacks] as const, ["plans of the stack", plans] as const]) {
    const files = new Map<string, string[]>();
    for (const { stack, file } of all) files.set(stack, [...(files.get(stack) ?? []), file]);
    for (const [stack, named] of files)
      if (named.length > 1) to.add(`${named.join(", ")}: there must not be several ${what} \`${stack}\``);
  }
}

function inputsOf({ modules = [], plans = [], objects = [] }: PolicyInput): readonly string[] {
  return [
    ...(modules.length > 0 ? ["synthesis"] : []),
    ...plans.map(({ file }) => `plan ${file}`),
    ...objects.map(({ file }) => `objects ${file}`),
  ];
}

/** What could not be judged is said, so that silence never passes for a verdict. */
function noticesOf(
  { modules = [] }: PolicyInput,
  { stacks, unrendered }: Subjects,
  problems: readonly string[],
): readonly Notice[] {
  const unread = modules.flatMap(({ id, unread: files = [] }) =>
    files.map((file) => ({ where: id, message: `${file} is in Terraform's own language and was not judged` })),
  );
  const unjudged = stacks.flatMap(({ id, unjudged: messages }) => messages.map((message) => ({ where: id, message })));
  const objects = unrendered
    .filter(({ chart }) => chart === undefined)
    .map(({ where, reason }) => ({ where, message: reason }));
  const unresolved = problems.map((message) => ({ message }));
  return [
    ...[...unread, ...unjudged, ...unresolved, ...objects].map((what): Notice => ({ level: "warning", ...what })),
    ...chartNotices(unrendered),
  ];
}

/** One for all charts: without Helm the reason is the same, without a network it differs by the host. */
function chartNotices(unrendered: readonly Unrendered[]): readonly Notice[] {
  const charts = new Map<string, string[]>();
  for (const { chart, reason } of unrendered)
    if (chart !== undefined) charts.set(reason, [...new Set([...(charts.get(reason) ?? []), chart])]);
  const count = [...charts.values()].flat().length;
  if (count === 0) return [];
  const reasons = [...charts].map(([reason, names]) => `${names.join(", ")} (${reason})`).join("; ");
  return [
    { level: "info", message: `objects of ${count === 1 ? "1 chart" : `${count} charts`} were not judged: ${reasons}` },
  ];
}
