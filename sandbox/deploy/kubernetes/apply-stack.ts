import { referenceOf } from "../../kubernetes/api-client";
import { KubernetesApiError } from "../../kubernetes/api-error";
import type { KubernetesObject, ObjectReference } from "../../kubernetes/kubernetes-object";
import type { ChangeCounts, DeployEvent, ResourceAction } from "../deploy-event";
import { removeObjects } from "./remove-objects";
import type { AppliedObject, ObjectInventory } from "./object-inventory";
import type { ObjectPort } from "./object-port";
import { keyOf, nameOf } from "./object-name";
import { planObjects, refusal } from "./plan-objects";
import type { ObjectPlan, PlannedObject } from "./plan-objects";
import { hasReadiness } from "./readiness";
import { chartInWords } from "./rendered-stacks";
import type { ChartOfStack, ObjectOfStack } from "./rendered-stacks";
import type { RunSignal } from "./run-signal";
import { waitReady } from "./wait-ready";
import { writeObject } from "./write-object";

/** What the objects of a stack are applied with. */
export interface ApplyStackOptions {
  readonly api: ObjectPort;
  readonly stack: string;
  /** Of this stack only, in the order in which they can be applied. */
  readonly objects: readonly ObjectOfStack[];
  /**
   * Charts that could not be rendered this time: what was applied of them earlier stays.
   * @default - none
   */
  readonly chartsLeftOut?: readonly ChartOfStack[];
  readonly inventory: ObjectInventory;
  /** Identity of the cluster. */
  readonly cluster: string;
  /** Changes that were made to other resources of the stack. */
  readonly before: ChangeCounts;
  /** How long workloads may take to become ready. */
  readonly patienceMs: number;
  readonly signal: RunSignal;
  readonly report: (event: DeployEvent) => void;
}

/** Hooks of a release that have a place in an apply; those of tests, rollbacks and removals have none. */
const HOOKS_APPLIED = /^(pre|post)-(install|upgrade)$/;

/**
 * Applies the objects of a stack server-side, with strict validation, those of one level of dependencies after the other; waits
 * until workloads are ready; removes what was applied earlier and is no longer wanted. Objects whose kinds nobody has
 * defined are named and left out. What goes wrong is reported as an event.
 *
 * @throws KubernetesApiError when the server does not answer
 */
export async function applyStack(options: ApplyStackOptions): Promise<void> {
  const { api, stack, inventory, cluster, report, chartsLeftOut = [] } = options;
  const wanted = options.objects.filter(isApplied);
  report({ type: "planning", stack });
  const earlier = inventory.read(cluster);
  const unrendered = new Set(chartsLeftOut.map(({ address }) => address));
  const plan = await planObjects(api, wanted, earlier, unrendered);
  if (plan.unknown.length > 0) report({ type: "note", text: unknownNote(stack, plan.unknown) });
  if (plan.refused.length > 0) {
    report({ type: "error", stack, text: plan.refused.join("\n") });
    return;
  }
  const counts = countsOf(plan, options.before);
  report({ type: "planned", stack, ...counts });
  const applied = plan.objects.map(({ rendered: { object, address } }) => ({ ...referenceOf(object), address }));
  inventory.write(cluster, union(earlier, applied));
  const run = new StackApply(options);
  if (!(await run.applyAll(plan.objects)) || !(await run.remove(plan.stale))) return;
  const kept = earlier.filter((one) => !plan.stale.includes(one));
  inventory.write(cluster, chartsLeftOut.length > 0 ? union(kept, applied) : applied);
  report({
    type: "applied",
    stack,
    ...counts,
    ...(chartsLeftOut.length > 0 && { chartsLeftOut: chartsLeftOut.map(chartInWords) }),
  });
}

function isApplied({ hooks }: ObjectOfStack): boolean {
  return hooks.length === 0 || hooks.some((hook) => HOOKS_APPLIED.test(hook));
}

function unknownNote(stack: string, unknown: readonly ObjectReference[]): string {
  return `${stack}: not applied, since the definitions of their kinds are missing: ${unknown.map(nameOf).join(", ")}`;
}

function countsOf({ objects, stale }: ObjectPlan, before: ChangeCounts): ChangeCounts {
  const count = (action: PlannedObject["action"]): number =>
    objects.filter((planned) => planned.action === action).length;
  return {
    add: before.add + count("add"),
    change: before.change + count("change"),
    destroy: before.destroy + stale.length,
  };
}

function union(one: readonly AppliedObject[], other: readonly AppliedObject[]): AppliedObject[] {
  return [...new Map([...one, ...other].map((reference) => [keyOf(reference), reference])).values()];
}

const ACTIONS: Readonly<Record<PlannedObject["action"], ResourceAction>> = {
  add: "create",
  change: "update",
  keep: "refresh",
};

/** The part of the work that changes the cluster. */
class StackApply {
  private readonly startedAt = new Map<KubernetesObject, number>();

  constructor(private readonly options: ApplyStackOptions) {}

  /** @returns false when it failed or was stopped */
  async applyAll(objects: readonly PlannedObject[]): Promise<boolean> {
    const levels = [...new Set(objects.map(({ rendered }) => rendered.level))];
    for (const level of levels) {
      const ofLevel = objects.filter(({ rendered }) => rendered.level === level);
      // Definitions must be served before objects of their kinds can follow.
      const definitions = ofLevel.filter(({ rendered }) => rendered.object.kind === "CustomResourceDefinition");
      const others = ofLevel.filter((planned) => !definitions.includes(planned));
      for (const batch of [definitions, others]) {
        if (!(await this.applyBatch(batch))) return false;
      }
    }
    return true;
  }

  /** @returns false when it failed or was stopped */
  async remove(stale: readonly ObjectReference[]): Promise<boolean> {
    const { api, stack, signal, report, patienceMs } = this.options;
    const left = await removeObjects({ api, stack, references: stale, signal, report, patienceMs });
    return left && signal.interrupts === 0;
  }

  private async applyBatch(batch: readonly PlannedObject[]): Promise<boolean> {
    const { api, stack, signal, report, patienceMs } = this.options;
    for (const planned of batch) {
      if (signal.interrupts > 0) return false;
      if (planned.action !== "keep" && !(await this.write(planned))) return false;
    }
    const actions = new Map(batch.map(({ rendered, action }) => [rendered.object, action]));
    const late = await waitReady({
      ...{ api, patienceMs, signal, objects: [...actions.keys()] },
      onReady: (object) => {
        this.reportObject(object, actions.get(object), "done");
      },
      onWaiting: (object, reason, waited) => {
        const text = `${stack}: waiting for ${nameOf(referenceOf(object))} since ${seconds(waited)}: ${reason}`;
        report({ type: "note", text });
      },
    });
    if (late.length > 0) report({ type: "error", stack, text: late.join("\n") });
    return late.length === 0 && signal.interrupts === 0;
  }

  private async write({ rendered, action }: PlannedObject): Promise<boolean> {
    const { api, stack, report } = this.options;
    const { object } = rendered;
    this.startedAt.set(object, Date.now());
    this.reportObject(object, action, "started");
    try {
      await writeObject(api, object);
    } catch (error) {
      if (!(error instanceof KubernetesApiError) || error.status === 0) throw error;
      report({ type: "error", stack, text: refusal(referenceOf(object), error) });
      return false;
    }
    this.reportObject(object, action, "written");
    return true;
  }

  /** An object that takes time to become ready is done only then; of the others only the end is told. */
  private reportObject(
    object: KubernetesObject,
    action: PlannedObject["action"] = "keep",
    moment: "started" | "written" | "done",
  ): void {
    const takesTime = hasReadiness(object.kind);
    if (action === "keep" || takesTime === (moment === "written")) return;
    if (!takesTime && moment !== "written") return;
    const { stack, report } = this.options;
    const elapsed = seconds(Date.now() - (this.startedAt.get(object) ?? Date.now()));
    const common = { type: "resource", stack, address: nameOf(referenceOf(object)), action: ACTIONS[action] } as const;
    report(moment === "started" ? { ...common, phase: "started" } : { ...common, phase: "done", elapsed });
  }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)}s`;
}
