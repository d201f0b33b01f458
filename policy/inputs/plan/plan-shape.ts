import type { ChangeAction } from "../../engine/subject";
import { InputError } from "../input-error";
import { firstProblems } from "../first-problems";
import { parseJson } from "../parse-json";

/** A plan's JSON, as far as it is read. */
export interface PlanJson {
  /** `false` when more plans must follow: after `-target`, and while something is put off. Terraform before 1.8 does not say. */
  readonly complete?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly deferred_changes?: readonly {
    readonly reason?: string;
    readonly resource_change?: { readonly address: string };
  }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: unknown;
}

/** What is planned for one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode?: "managed" | "data";
  readonly type: string;
  readonly name?: string;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: Change;
}

/** What changes from what to what. The marks have the shape of the values, with `true` wherever they apply. */
export interface Change {
  readonly actions: readonly ChangeAction[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** A module of a state. */
export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** A resource as the state has it. */
export interface StateResource {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name?: string;
  readonly values?: unknown;
  readonly sensitive_values?: unknown;
}

const ACTIONS: readonly unknown[] = ["no-op", "create", "read", "update", "delete", "forget"];
const HOW = "write one with `terraform show -json PLAN`";

/**
 * Reads the text of a plan and makes sure that it is one that can be judged.
 *
 * @param name what messages call it: its file, or its stack
 * @throws `InputError` when it is not JSON, no plan, of another major version, or the plan of a run that ended in an error
 */
export function parsePlan(text: string, name: string): PlanJson {
  const plan = readJson(text, name);
  const problem = whyNoPlan(plan);
  if (problem !== undefined) throw new InputError([`${name}: ${problem}`]);
  const problems = [
    ...["resource_changes", "resource_drift"].flatMap((field) => listProblems(field, plan[field], resourceProblems)),
    ...outputProblems(plan.output_changes),
    ...listProblems("deferred_changes", plan.deferred_changes, deferredProblems),
    ...stateProblems(plan.prior_state),
  ];
  if (problems.length > 0) throw new InputError(firstProblems(problems.map((one) => `${name}: ${one}`)));
  return plan;
}

/** The value as a block, when it is one. */
export function asBlock(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function readJson(text: string, name: string): Readonly<Record<string, unknown>> {
  if (text.startsWith("PK\u0003\u0004"))
    throw new InputError([`${name}: is a saved plan in Terraform's own format; ${HOW}`]);
  if (/^\s*\{"@level"/.test(text)) throw new InputError([`${name}: is the log of \`terraform plan -json\`; ${HOW}`]);
  const plan = asBlock(parseJson(text, name));
  if (plan) return plan;
  throw new InputError([`${name}: is JSON, but no plan: it must be an object; ${HOW}`]);
}

function whyNoPlan(plan: Readonly<Record<string, unknown>>): string | undefined {
  const { format_version: version } = plan;
  if (version === undefined) return `is JSON, but no plan: it has no \`format_version\`; ${HOW}`;
  if (typeof version !== "string" || !/^1(\.\d+)*$/.test(version))
    return `\`format_version\` must be 1.x, the one that is understood, got ${JSON.stringify(version)}`;
  if ("values" in plan) return `is the JSON of a state, not of a plan; ${HOW}`;
  if (!["resource_changes", "planned_values", "configuration"].some((field) => field in plan))
    return `is JSON of Terraform, but no plan: it has none of \`resource_changes\`, \`planned_values\`, \`configuration\`; ${HOW}`;
  if (plan.errored === true)
    return "is the plan of a run that ended in an error: it does not say all that would happen";
  return undefined;
}

type Problems = readonly string[];

function listProblems(at: string, list: unknown, itemProblems: (at: string, item: unknown) => Problems): Problems {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [`\`${at}\` must be a list, got ${shown(list)}`];
  return list.flatMap((item: unknown, index) => itemProblems(`${at}[${index}]`, item));
}

function resourceProblems(at: string, entry: unknown): Problems {
  const { address, type, change } = asBlock(entry) ?? {};
  const [problem] = [...textProblems(`${at}.address`, address), ...textProblems(`${at}.type`, type)];
  return problem === undefined ? changeProblems(`${at}.change`, change) : [problem];
}

function changeProblems(at: string, change: unknown): Problems {
  const { actions, replace_paths: paths } = asBlock(change) ?? {};
  if (!Array.isArray(actions) || actions.length === 0)
    return [`\`${at}.actions\` must be a list with an action, got ${shown(actions)}`];
  return [
    ...actions
      .filter((action) => !ACTIONS.includes(action))
      .map((action) => `\`${at}.actions\` must be of ${ACTIONS.join(", ")}, got ${shown(action)}`),
    ...listProblems(`${at}.replace_paths`, paths, pathProblems),
  ];
}

function pathProblems(at: string, path: unknown): Problems {
  const isPath = Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
  return isPath ? [] : [`\`${at}\` must be a list of names and indices, got ${shown(path)}`];
}

function outputProblems(outputs: unknown): Problems {
  if (outputs === undefined || outputs === null) return [];
  const changes = asBlock(outputs);
  if (!changes) return [`\`output_changes\` must be an object, got ${shown(outputs)}`];
  return Object.entries(changes).flatMap(([name, change]) => changeProblems(`output_changes.${name}`, change));
}

function deferredProblems(at: string, deferred: unknown): Problems {
  const { reason = "", resource_change: change } = asBlock(deferred) ?? {};
  if (!asBlock(deferred)) return [`\`${at}\` must be an object, got ${shown(deferred)}`];
  if (typeof reason !== "string") return [`\`${at}.reason\` must be a text, got ${shown(reason)}`];
  return change === undefined ? [] : textProblems(`${at}.resource_change.address`, asBlock(change)?.address);
}

function stateProblems(state: unknown): Problems {
  let inner = state;
  let at = "prior_state";
  for (const step of ["values", "root_module", ""]) {
    if (inner === undefined || inner === null) return [];
    const block = asBlock(inner);
    if (!block) return [`\`${at}\` must be an object, got ${shown(inner)}`];
    if (step === "") break;
    inner = block[step];
    at = `${at}.${step}`;
  }
  return moduleProblems(at, inner);
}

function moduleProblems(at: string, module: unknown): Problems {
  const block = asBlock(module);
  if (!block) return [`\`${at}\` must be an object, got ${shown(module)}`];
  return [
    ...listProblems(`${at}.resources`, block.resources, (place, resource) => {
      const { address, type } = asBlock(resource) ?? {};
      return [...textProblems(`${place}.address`, address), ...textProblems(`${place}.type`, type)].slice(0, 1);
    }),
    ...listProblems(`${at}.child_modules`, block.child_modules, moduleProblems),
  ];
}

function textProblems(at: string, value: unknown): Problems {
  return typeof value === "string" ? [] : [`\`${at}\` must be a text, got ${shown(value)}`];
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
