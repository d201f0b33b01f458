import type { ClusterHealth } from "../../clusters/cluster-health";
import type { EnvironmentStack } from "../deploy-options";
import { needsProviders, ObjectRun } from "./object-run";
import type { ObjectRunOptions } from "./object-run";
import { stackTrouble } from "./stack-trouble";

/** What a run over stacks with Kubernetes objects needs. */
export interface ClusterPhaseOptions extends Omit<ObjectRunOptions, "clusters"> {
  readonly stacks: readonly EnvironmentStack[];
  /** Brings the clusters of the sandbox up and says how they are. */
  readonly reconcileClusters: () => Promise<readonly ClusterHealth[]>;
  /** Runs cdktf over stacks. */
  readonly cdktf: (stacks: readonly EnvironmentStack[]) => Promise<void>;
  /** Only computes the stacks. */
  readonly synthesize: () => Promise<void>;
  readonly leaveOut: (stack: EnvironmentStack) => void;
  /** True as long as nothing failed and nobody asked to stop. */
  readonly goesOn: () => boolean;
  /** True when the cluster goes in this run too. */
  readonly clusterGoes: boolean;
}

const TOOLS = "npm run sandbox:tools";

/** Deploys the stacks with Kubernetes objects, whose cluster is deployed already. */
export function deployOnCluster(options: ClusterPhaseOptions): Promise<void> {
  return guarded(options, () => deploy(options));
}

/** Destroys the stacks with Kubernetes objects, before their cluster goes. */
export function destroyOnCluster(options: ClusterPhaseOptions): Promise<void> {
  return guarded(options, () => destroy(options));
}

/** A sandbox that fails or is gone is in the way of these stacks. */
async function guarded(
  { stacks, report }: Pick<ClusterPhaseOptions, "stacks" | "report">,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text = stackTrouble(error);
    if (text === undefined) throw error;
    for (const { id: stack } of stacks) report({ type: "error", stack, text });
  }
}

async function deploy(options: ClusterPhaseOptions): Promise<void> {
  const { stacks, layers, report } = options;
  const run = new ObjectRun({ ...options, clusters: await options.reconcileClusters() });
  const ready = await readyStacks(options, run);
  if (ready.length === 0) return;
  if (await layers.providersAtHand()) {
    const handedOver = ready.filter((stack) => run.hasObjects(stack));
    for (const stack of handedOver) {
      report({ type: "note", text: `${stack.id}: Terraform takes over the objects that were applied without it` });
      if ((await run.removeObjects(stack)) === undefined) return;
    }
    if (options.goesOn()) await options.cdktf(ready);
    return;
  }
  report({ type: "note", text: withoutProviders(stacks) });
  for (const stack of ready) {
    if (options.goesOn()) await run.deploy(stack);
  }
}

async function destroy(options: ClusterPhaseOptions): Promise<void> {
  const { stacks, layers, report, clusterGoes } = options;
  await options.synthesize();
  if (!options.goesOn()) return;
  const run = new ObjectRun({ ...options, clusters: await options.reconcileClusters() });
  for (const stack of [...stacks].reverse()) {
    if (!options.goesOn()) return;
    await guarded({ stacks: [stack], report }, async () => {
      if (clusterGoes && (await run.clusterOf(stack))?.state !== "ready") run.forget(stack);
      const [first] = await run.clusterResources(stack);
      if (first === undefined) await run.destroy(stack);
      else if (await layers.providersAtHand()) await options.cdktf([stack]);
      else report({ type: "error", stack: stack.id, text: needsProviders(stack, first) });
    });
  }
}

/** The stacks whose cluster answers. A cluster that failed is an error, one without programs leaves its stacks out. */
async function readyStacks(options: ClusterPhaseOptions, run: ObjectRun): Promise<readonly EnvironmentStack[]> {
  const { stacks, report, leaveOut } = options;
  const ready: EnvironmentStack[] = [];
  const leftOut: EnvironmentStack[] = [];
  let why: string | undefined;
  for (const stack of stacks) {
    const cluster = await run.clusterOf(stack);
    if (cluster?.state === "ready") ready.push(stack);
    else if (cluster?.state === "no programs") {
      leftOut.push(stack);
      why = cluster.reason;
    } else report({ type: "error", stack: stack.id, text: troubleOf(cluster) });
  }
  leftOut.forEach(leaveOut);
  if (leftOut.length > 0) report({ type: "note", text: withoutPrograms(leftOut, why) });
  return ready;
}

function troubleOf(cluster: ClusterHealth | undefined): string {
  if (cluster === undefined) return "The sandbox knows no cluster of the name that the stack gives";
  const { name, state, reason = "it is still starting" } = cluster;
  return `The control plane of ${name} ${state === "failed" ? "does not start" : "is not ready"}: ${reason}`;
}

function withoutPrograms(stacks: readonly EnvironmentStack[], why: string | undefined): string {
  const mend = `the programs of the control plane are not here yet. To add them: ${TOOLS}, then deploy again`;
  return `Left out: ${layersOf(stacks)}, since ${why ?? mend}.`;
}

function withoutProviders(stacks: readonly EnvironmentStack[]): string {
  return `Terraform cannot have the Kubernetes and Helm providers here: the objects of ${layersOf(stacks)} are applied by server-side apply instead.`;
}

function layersOf(stacks: readonly EnvironmentStack[]): string {
  return stacks.map(({ layer }) => layer).join(", ");
}
