import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterHealth } from "../../clusters/cluster-health";
import { KubernetesApi } from "../../kubernetes/api-client";
import type { DeployEvent } from "../deploy-event";
import type { DeployOptions, EnvironmentStack } from "../deploy-options";
import { stackFolder } from "../stack-folder";
import { adminConnection } from "./admin-connection";
import { applyStack } from "./apply-stack";
import { awsPartFolder, runAwsPart } from "./aws-part";
import { clusterOfStack } from "./cluster-of-stack";
import type { KubernetesLayers } from "./kubernetes-layers";
import { ObjectInventory } from "./object-inventory";
import { removeObjects } from "./remove-objects";
import { chartInWords } from "./rendered-stacks";
import type { RenderedStacks } from "./rendered-stacks";
import { resolveChecksum } from "./resolve-checksum";
import { remoteStateKeys, resolveReference } from "./resolve-reference";
import type { KnownValues } from "./resolve-reference";
import type { RunSignal } from "./run-signal";
import { isOfCluster } from "./stack-json";
import type { StackJson } from "./stack-json";
import { stackTrouble } from "./stack-trouble";
import { readState } from "./terraform-state";
import type { TerraformState } from "./terraform-state";

/** What a run without the Kubernetes and Helm providers works with. */
export interface ObjectRunOptions {
  readonly deploy: DeployOptions;
  readonly layers: KubernetesLayers;
  /** Folder of the synthesised stacks. */
  readonly outputFolder: string;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
  readonly clusters: readonly ClusterHealth[];
  readonly signal: RunSignal;
  readonly report: (event: DeployEvent) => void;
  readonly onStart: (pid: number) => void;
}

const PATIENCE_MS = 180_000;

/** A stack that is worked on. */
interface StackAtWork {
  readonly stack: EnvironmentStack;
  readonly json: StackJson;
  readonly text: string;
  readonly folder: string;
}

/**
 * Deploys and destroys stacks with Kubernetes objects where Terraform cannot have the Kubernetes and Helm providers: what the
 * stacks have of AWS with Terraform, their objects from the synthesised JSON by server-side apply. What goes wrong is reported
 * as events.
 */
export class ObjectRun {
  constructor(private readonly options: ObjectRunOptions) {}

  /** Deploys one stack. */
  async deploy(stack: EnvironmentStack): Promise<void> {
    await this.guarded(stack.id, async () => {
      const work = this.open(stack);
      const before = await this.states(work);
      const [first] = resourcesOnCluster(before.own);
      if (first !== undefined) {
        this.options.report({ type: "error", stack: stack.id, text: needsProviders(stack, first) });
        return;
      }
      const counts = await this.awsPart("apply", work, before);
      if (!counts || this.options.signal.interrupts > 0) return;
      const known = await this.states(work);
      const rendered = await this.render(work, known);
      if (rendered)
        await this.withCluster(work, known, (api, cluster) => this.apply(work, rendered, { api, cluster, counts }));
    });
  }

  /**
   * Removes the objects of one stack that were applied without Terraform.
   *
   * @returns how many, or undefined when not all are gone
   */
  async removeObjects(stack: EnvironmentStack): Promise<number | undefined> {
    const inventory = this.inventory(stack.id);
    if (!inventory.exists) return 0;
    let gone: number | undefined;
    await this.guarded(stack.id, async () => {
      const work = this.open(stack);
      await this.withCluster(work, await this.states(work), async (api, cluster) => {
        const { signal, report } = this.options;
        const references = [...inventory.read(cluster)].reverse();
        const { patienceMs = PATIENCE_MS } = this.options.layers;
        const all = await removeObjects({ api, stack: stack.id, references, patienceMs, signal, report });
        if (all) gone = references.length;
      });
    });
    if (gone !== undefined) inventory.remove();
    return gone;
  }

  /** Destroys one stack. */
  async destroy(stack: EnvironmentStack): Promise<void> {
    const { id } = stack;
    const objects = await this.removeObjects(stack);
    if (objects === undefined || this.options.signal.interrupts > 0) return;
    await this.guarded(id, async () => {
      const work = this.open(stack);
      const counts = await this.awsPart("destroy", work, await this.states(work));
      if (counts) this.options.report({ type: "destroyed", stack: id, destroy: counts.destroy + objects });
    });
  }

  /** Forgets the objects of a stack: the cluster that they were in is gone, or goes. */
  forget(stack: EnvironmentStack): void {
    this.inventory(stack.id).remove();
  }

  /** True when objects of the stack were applied without Terraform. */
  hasObjects(stack: EnvironmentStack): boolean {
    return this.inventory(stack.id).exists;
  }

  /** Addresses of the resources of the Kubernetes and Helm providers in the state of a stack. */
  async clusterResources(stack: EnvironmentStack): Promise<readonly string[]> {
    return resourcesOnCluster((await this.states(this.open(stack))).own);
  }

  /** The cluster of a stack, as the sandbox sees it. */
  async clusterOf(stack: EnvironmentStack): Promise<ClusterHealth | undefined> {
    const work = this.open(stack);
    return this.healthOf(work, await this.states(work));
  }

  private open(stack: EnvironmentStack): StackAtWork {
    const folder = stackFolder(this.options.outputFolder, stack.id);
    const file = join(folder, "cdk.tf.json");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
    return { stack, text, folder, json: JSON.parse(text) as StackJson };
  }

  private inventory(stack: string): ObjectInventory {
    return new ObjectInventory(this.options.deploy.sandboxFolder, stack);
  }

  private async states({ json }: StackAtWork): Promise<KnownValues> {
    const { endpoint, state } = this.options.deploy;
    const read = (key: string): Promise<TerraformState | undefined> => readState(endpoint, state, key);
    const ownKey = json.terraform?.backend?.s3?.key;
    const sources = await Promise.all(
      [...remoteStateKeys(json)].map(async ([name, key]) => [name, await read(key)] as const),
    );
    const remote = new Map(sources.flatMap(([name, found]) => (found ? [[name, found] as const] : [])));
    return { own: ownKey === undefined ? undefined : await read(ownKey), remote };
  }

  private awsPart(
    verb: "apply" | "destroy",
    { stack, json, folder }: StackAtWork,
    { own }: KnownValues,
  ): ReturnType<typeof runAwsPart> {
    const { deploy, env, logFile, signal, report, onStart } = this.options;
    const { provider, endpoint, state, sandboxFolder, terraformBinary } = deploy;
    return runAwsPart(verb, {
      ...{ json, env, logFile, signal, report, onStart },
      held: (own?.resources ?? []).some(({ mode, type }) => mode === "managed" && !isOfCluster(type)),
      stack: stack.id,
      synthesized: folder,
      folder: awsPartFolder(sandboxFolder, stack.id),
      settings: { providers: [provider], endpoint, bucket: state.bucket },
      program: terraformBinary,
    });
  }

  private async render(
    { stack, text, json, folder }: StackAtWork,
    known: KnownValues,
  ): Promise<RenderedStacks | undefined> {
    const { layers, report, clusters } = this.options;
    const resolve = (expression: string): unknown => resolveReference(expression, known);
    const rendered = await layers.render([{ id: stack.id, layer: stack.layer, json: text, folder }], {
      resolve: (expression) => resolve(expression) ?? resolveChecksum(expression, json, resolve),
      kubernetesVersion: clusters.find(({ servedVersion }) => servedVersion !== undefined)?.servedVersion,
    });
    const problems = [
      ...rendered.problems.map(({ address, message }) => `${address}: ${message}`),
      ...rendered.objects.flatMap(({ address, references }) =>
        references.map((expression) => `${address}: \`${expression}\` has no value in any state`),
      ),
    ];
    if (problems.length === 0) {
      const left = leftOut(rendered);
      if (left.length > 0) report({ type: "note", text: chartsNote(stack.id, left) });
      return rendered;
    }
    report({ type: "error", stack: stack.id, text: [...new Set(problems)].join("\n") });
    return undefined;
  }

  private async apply(
    { stack }: StackAtWork,
    rendered: RenderedStacks,
    into: { api: KubernetesApi; cluster: string; counts: { add: number; change: number; destroy: number } },
  ): Promise<void> {
    const { signal, report, layers } = this.options;
    const { api, cluster, counts: before } = into;
    const { patienceMs = PATIENCE_MS } = layers;
    const inventory = this.inventory(stack.id);
    await applyStack({
      ...{ api, cluster, before, inventory, patienceMs, signal, report },
      stack: stack.id,
      objects: rendered.objects,
      chartsLeftOut: leftOut(rendered),
    });
  }

  private async withCluster(
    work: StackAtWork,
    known: KnownValues,
    use: (api: KubernetesApi, cluster: string) => Promise<void>,
  ): Promise<void> {
    const { adminKubeconfig } = this.healthOf(work, known) ?? {};
    if (adminKubeconfig === undefined) {
      const text = "The sandbox has no API server for the cluster that the stack names";
      this.options.report({ type: "error", stack: work.stack.id, text });
      return;
    }
    const api = new KubernetesApi(adminConnection(adminKubeconfig));
    try {
      const system = await api.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" });
      await use(api, String(system?.metadata.uid ?? ""));
    } finally {
      api.close();
    }
  }

  private healthOf({ json }: StackAtWork, known: KnownValues): ClusterHealth | undefined {
    const { clusters, deploy } = this.options;
    const place = clusterOfStack(json, (template) => resolveTemplate(template, known));
    return clusters.find(
      ({ account, region, name }) =>
        account === deploy.state.account && region === place?.region && name === place.name,
    );
  }

  /** Errors of the API server and of the sandbox are the stack's; all others are defects. */
  private async guarded(stack: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const text = stackTrouble(error);
      if (text === undefined) throw error;
      this.options.report({ type: "error", stack, text });
    }
  }
}

function resolveTemplate(template: string, known: KnownValues): string {
  const expression = /^\$\{(.*)\}$/.exec(template)?.[1];
  const value = expression === undefined ? undefined : resolveReference(expression, known);
  return typeof value === "string" ? value : template;
}

function resourcesOnCluster(state: TerraformState | undefined): string[] {
  return (state?.resources ?? [])
    .filter(({ mode, type }) => mode === "managed" && isOfCluster(type))
    .map(({ type, name }) => `${type}.${name}`);
}

/** Why nothing can be done about a stack without the Kubernetes and Helm providers. */
export function needsProviders({ id }: EnvironmentStack, address: string): string {
  return (
    `The state of ${id} holds ${address} and maybe others that only the Kubernetes and Helm providers can change, ` +
    "and Terraform cannot have these now"
  );
}

function leftOut({ charts }: RenderedStacks): RenderedStacks["charts"] {
  return charts.filter(({ reason }) => reason !== undefined);
}

function chartsNote(stack: string, charts: RenderedStacks["charts"]): string {
  return `${stack}: charts not applied: ${charts.map(chartInWords).join(", ")}`;
}
