import { PlannedChange, Resource } from "../engine/subject";
import type { Stack, SubjectPlace } from "../engine/subject";
import { Value } from "../engine/value";
import { splitModules, withoutInstance, withoutKey } from "./plan/module-address";
import { PlanConfiguration } from "./plan/plan-configuration";
import { asBlock, parsePlan } from "./plan/plan-shape";
import type { PlanJson, ResourceChange, StateModule, StateResource } from "./plan/plan-shape";
import { readArguments, readValue } from "./plan/plan-values";
import type { Written } from "./plan/written";

/** Where a plan comes from. */
export interface PlanSource {
  /** Id of the stack it is a plan of. */
  readonly stack: string;
  /**
   * Its file, for messages.
   * @default - messages name the stack
   */
  readonly file?: string;
  /**
   * The same stack as it was synthesised: from it come the construct path and the source location of each address, and the
   * backend, none of which a plan has. Where the plan covers only a part of the stack, the rest comes from it too.
   * @default - findings name addresses only
   */
  readonly synthesised?: Stack;
}

/** A plan in the shape in which rules see it. */
export interface ReadPlan {
  /** Everything that will exist once the plan is applied, and what the synthesised stack has beyond a plan of a part. */
  readonly stack: Stack;
  /** Everything that is done to managed resources; what stays as it is is left out. */
  readonly changes: readonly PlannedChange[];
}

/**
 * Reads what `terraform show -json PLAN` prints, format 1.x.
 *
 * Secrets are left out, as the plan marks them: an `Unresolved` stands in their place. What is known after apply keeps its
 * references where the configuration inside of the plan has them, followed through modules. Typed resources of the Kubernetes
 * provider are resources like any other here; rules for Kubernetes objects need the objects of the synthesis.
 *
 * A plan that says that it is not complete, as `-target` makes it, or that has no `resource_changes`, covers only a part of its
 * stack: that is said in `unjudged`, and what it does not name is taken from the synthesised stack.
 *
 * @throws `InputError` when the text is no plan, one of another major version, or the plan of a run that ended in an error
 */
export function readPlan(text: string, source: PlanSource): ReadPlan {
  const plan = parsePlan(text, source.file ?? source.stack);
  return new PlanReader(plan, source).read();
}

class PlanReader {
  private readonly configuration: PlanConfiguration;
  private readonly resourceChanges: readonly ResourceChange[];
  private readonly data: readonly StateResource[];
  private readonly places: ReadonlyMap<string, Resource>;
  private readonly drift: ReadonlyMap<string, "update" | "delete">;

  constructor(
    private readonly plan: PlanJson,
    private readonly source: PlanSource,
  ) {
    this.resourceChanges = plan.resource_changes ?? [];
    const changed = new Set(this.resourceChanges.map(({ address }) => address));
    this.data = dataOf(plan.prior_state?.values?.root_module).filter(({ address }) => !changed.has(address));
    const data = this.data.map(({ address }) => address);
    this.configuration = new PlanConfiguration(plan.configuration, [...changed, ...data]);
    this.places = new Map(source.synthesised?.resources.map((resource) => [resource.address, resource]));
    this.drift = new Map(
      (plan.resource_drift ?? []).map(({ address, change }) => [
        address,
        change.actions.includes("delete") ? "delete" : "update",
      ]),
    );
  }

  read(): ReadPlan {
    const { backend } = this.source.synthesised ?? {};
    const resources = [
      ...this.resourceChanges.filter(willExist).map((change) => this.planned(change)),
      ...this.data.map((resource) => this.known(resource)),
    ];
    const described = { outputs: this.outputs(), providers: this.providers(), unjudged: this.unjudged(resources) };
    const planned = { id: this.source.stack, resources, ...described };
    const stack = this.isPartial ? this.withTheRest(planned) : planned;
    const changes = this.resourceChanges.filter(isChange).map((change) => this.change(change));
    return { stack: backend ? { ...stack, backend } : stack, changes };
  }

  private get isPartial(): boolean {
    return this.plan.complete === false || !this.plan.resource_changes;
  }

  /** What the plan names is as it says, even when it is deleted; one that names instances means the whole resource. */
  private withTheRest(planned: Stack): Stack {
    const why = this.plan.resource_changes ? "`complete` is false" : "it has no `resource_changes`";
    const synthesised = this.source.synthesised;
    const whence = synthesised
      ? "what it does not name was judged as it was synthesised"
      : "what it does not name was not judged";
    const unjudged = [...planned.unjudged, `the plan covers only part of the stack: ${why}; ${whence}`];
    if (!synthesised) return { ...planned, unjudged };
    const named = new Set(
      [...this.resourceChanges.filter(({ deposed }) => deposed === undefined), ...this.data].map(({ address }) =>
        withoutInstance(address),
      ),
    );
    return {
      ...synthesised,
      resources: [...planned.resources, ...synthesised.resources.filter(({ address }) => !named.has(address))],
      outputs: { ...synthesised.outputs, ...planned.outputs },
      providers: { ...synthesised.providers, ...planned.providers },
      unjudged: [...new Set([...unjudged, ...synthesised.unjudged])],
    };
  }

  private unjudged(resources: readonly Resource[]): readonly string[] {
    const deferred = (this.plan.deferred_changes ?? []).map(
      ({ reason = "no reason given", resource_change: { address } = { address: "a resource" } }) =>
        `\`${address}\` is put off to a later plan (${reason}): what it will be is not known`,
    );
    const ofKubernetes = resources.filter(({ mode, type }) => mode === "managed" && /^(kubernetes|helm)_/.test(type));
    const [first, ...others] = this.source.synthesised ? [] : ofKubernetes;
    if (!first) return deferred;
    const those = others.length === 0 ? `\`${first.address}\`` : `\`${first.address}\` and ${others.length} more`;
    return [
      ...deferred,
      `${those}: rules for Kubernetes objects need the synthesised stack, which a plan does not hold`,
    ];
  }

  private planned({ address, mode = "managed", type, name, change }: ResourceChange): Resource {
    const { after: value, after_unknown: unknown, after_sensitive: sensitive } = change;
    const values = readArguments({ value, unknown, sensitive, written: this.configuration.resource(address) });
    return new Resource(this.place(address), mode, type, name ?? nameIn(address), {
      ...this.dynamicBlocks(address, unknown, values),
      ...values,
    });
  }

  /** A plan does not tell blocks that `dynamic` makes of something unknown from what nobody wrote; the synthesis does. */
  private dynamicBlocks(address: string, unknown: unknown, values: Resource["values"]): Resource["values"] {
    if (this.places.size === 0) return {};
    const written = Object.entries(this.places.get(withoutInstance(address))?.values ?? {});
    return Object.fromEntries(written.filter(([name]) => asBlock(unknown)?.[name] === true && !(name in values)));
  }

  private known({ address, type, name, values: value, sensitive_values: sensitive }: StateResource): Resource {
    const values = readArguments({ value, sensitive, written: this.configuration.resource(address) });
    return new Resource(this.place(address), "data", type, name ?? nameIn(address), values);
  }

  private change(planned: ResourceChange): PlannedChange {
    const { address, type, change, action_reason: reason, previous_address: previousAddress, deposed } = planned;
    const written = this.configuration.resource(address);
    const { before, after } = change;
    return new PlannedChange(this.place(address), type, change.actions, {
      before: asBlock(before) && readArguments({ value: before, sensitive: change.before_sensitive, written }),
      after: asBlock(after) && this.planned(planned).values,
      replacePaths: (change.replace_paths ?? []).map(writePath),
      reason,
      previousAddress,
      deposed,
      drift: this.drift.get(address),
    });
  }

  private place(address: string): SubjectPlace {
    const { path, trace } = this.places.get(address) ?? {};
    const place = { stack: this.source.stack, address };
    return { ...place, ...(path === undefined ? {} : { path }), ...(trace === undefined ? {} : { trace }) };
  }

  private outputs(): Readonly<Record<string, Value>> {
    const changes = Object.entries(this.plan.output_changes ?? {}).filter(
      ([, change]) => !change.actions.includes("delete"),
    );
    return Object.fromEntries(
      changes.map(([name, { after: value, after_unknown: unknown, after_sensitive: sensitive }]) => {
        const written = this.configuration.output(name);
        return [name, new Value(this.source.stack, name, readValue({ value, unknown, sensitive, written }))];
      }),
    );
  }

  private providers(): Readonly<Record<string, readonly Value[]>> {
    const providers = new Map<string, Value[]>();
    for (const { name, expressions, written } of this.configuration.providers) {
      const value = new Value(this.source.stack, "", literals(expressions, written));
      providers.set(name, [...(providers.get(name) ?? []), value]);
    }
    return Object.fromEntries(providers);
  }
}

function willExist({ change: { actions, after }, deposed }: ResourceChange): boolean {
  return deposed === undefined && asBlock(after) !== undefined && !actions.every((one) => one === "delete");
}

function isChange({ mode = "managed", change: { actions } }: ResourceChange): boolean {
  return mode === "managed" && actions.some((action) => action !== "no-op" && action !== "read");
}

/** Data sources that were read before the plan was made. */
function dataOf(module: StateModule | undefined): readonly StateResource[] {
  const own = (module?.resources ?? []).filter(({ mode }) => mode === "data");
  return [...own, ...(module?.child_modules ?? []).flatMap(dataOf)];
}

function nameIn(address: string): string {
  const [, rest] = splitModules(address);
  return withoutKey(rest.at(-1) ?? "");
}

/** `vpc_config[0].subnet_ids` */
function writePath(steps: readonly (string | number)[]): string {
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}

/** Arguments of a provider: literals, and what the others are made of. */
function literals(node: unknown, written: Written): unknown {
  if (Array.isArray(node)) return node.map((item) => literals(item, written.element(item)));
  const block = asBlock(node) ?? {};
  if ("constant_value" in block) return block.constant_value;
  if ("references" in block || Object.keys(block).length === 0) return written.unresolved();
  return Object.fromEntries(
    Object.entries(block).map(([name, inner]) => [name, literals(inner, written.argument(name))]),
  );
}
