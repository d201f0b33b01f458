import { renameSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { ClusterSnapshot } from "../eks";
import type { AwsPort } from "../eks/contract";
import type { ApiConnection } from "../kubernetes/api-connection";
import type { ClusterFacts } from "./cluster-answers";
import { asideOf, type ClusterFolder } from "./cluster-folder";
import type { ClusterHealth, ClusterState } from "./cluster-health";
import { EMPTY_OVERVIEW, overviewOf, type ClusterOverview } from "./cluster-overview";
import { ClusterRecord, type ClusterMemory } from "./cluster-record";
import type { KubernetesRuntime, RunningControlPlane } from "./control-plane-port";
import { refusedWith, type KubernetesPort } from "./kubernetes-port";
import { GroupFactsReader } from "./nodes/group-facts";
import { reconcileNodes, type NodeParts, type NodeWorld } from "./nodes/reconcile-nodes";
import { reconcileAddOns, type AddOnParts } from "./reconcile-add-ons";
import { ReconcileLoop } from "./reconcile-loop";

/** How long things take, in milliseconds. */
export interface ClusterTiming {
  /** Between two looks at a cluster that nobody has changed through EKS. */
  readonly resync: number;
  /** Between two steps while nodes are drained. */
  readonly drainStep: number;
  /**
   * Until a node ends although pods are left on it. EKS waits 5 minutes when a group is deleted and 15 when it is
   * updated; nobody should wait that long here.
   */
  readonly drain: number;
  /** Until a failed pass is tried again: the first time, doubled each time, up to the last. */
  readonly retry: { readonly first: number; readonly last: number };
  /** How long somebody waits at most for a cluster to have its control plane. */
  readonly settle: number;
}

/** What a cluster is made with. */
export interface ManagedClusterParts {
  readonly folder: ClusterFolder;
  /** Resolves when what is left of earlier clusters is gone, which may be in this cluster's folder. */
  readonly swept: () => Promise<void>;
  /** What EKS says of the cluster now; undefined when it has none of that name. */
  readonly snapshot: () => ClusterSnapshot | undefined;
  /** Undefined: no control planes on this machine. */
  readonly runtime: KubernetesRuntime | undefined;
  readonly connect: (connection: ApiConnection) => KubernetesPort;
  readonly aws: AwsPort;
  /** Addresses of the webhooks of its API server. */
  readonly webhooks: () => { readonly authenticate: string; readonly authorize: string };
  readonly timing: ClusterTiming;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** A start that failed may have been bad luck; one that failed twice is a failure. */
const ATTEMPTS = 2;
/** How often an API server may not answer before its control plane is started anew. */
const PATIENCE = 10;
const SERVICE_CIDR = "10.100.0.0/16";

/** One cluster: keeps its control plane running and in it what EKS says is there. */
export class ManagedCluster {
  private state: ClusterState;
  private reason: string | undefined;
  private attempts = 0;
  private unanswered = 0;
  /** Its control plane has been found ready; what fails from then on is no failed start. */
  private proven = false;
  private memory: ClusterMemory | undefined;
  private unreadable: boolean;
  private controlPlane: RunningControlPlane | undefined;
  private api: KubernetesPort | undefined;
  private overview: ClusterOverview = EMPTY_OVERVIEW;
  private readonly aborter = new AbortController();
  private removed = false;
  /** Incarnation that was active before it could have a control plane, and stays so while it gets one. */
  private bare: string | undefined;
  private readonly record: ClusterRecord;
  private readonly facts: GroupFactsReader;
  private readonly loop: ReconcileLoop;

  constructor(private readonly parts: ManagedClusterParts) {
    this.record = new ClusterRecord(parts.folder.record);
    const memory = this.record.read();
    this.unreadable = memory === "unreadable";
    this.memory = memory === "unreadable" ? undefined : memory;
    const cluster = parts.snapshot();
    if (this.memory === undefined && cluster?.status !== "CREATING") this.bare = cluster?.endpoint;
    if (this.memory?.bare === true) this.bare = this.memory.incarnation;
    this.state = parts.runtime === undefined ? "no programs" : "starting";
    this.facts = new GroupFactsReader(parts.aws);
    this.loop = new ReconcileLoop({
      pass: () => this.pass(),
      retryMs: parts.timing.retry,
      onFailure: (error, retryMs) => this.failed(error, retryMs),
    });
  }

  /** Has the cluster brought to what EKS says, without waiting for it. */
  request(): void {
    this.loop.request();
  }

  /**
   * Brings the cluster to what EKS says, and returns when it has its control plane or cannot have it, or the time for
   * that is over.
   */
  async settled(): Promise<void> {
    const { settle } = this.parts.timing;
    const waiting = new AbortController();
    const over = delay(settle, undefined, { signal: waiting.signal }).catch(() => undefined);
    const came = await Promise.race([this.comes(waiting.signal).then(() => true), over.then(() => false)]);
    waiting.abort();
    if (!came) this.reason ??= `it has not become ready within ${settle / 1000} s`;
  }

  private async comes(given: AbortSignal): Promise<void> {
    await this.loop.settled();
    while (this.state === "starting" && !this.removed && !this.aborter.signal.aborted && !given.aborted) {
      await delay(this.parts.timing.retry.first);
      await this.loop.settled();
    }
  }

  /** What the answers of EKS have to say; an earlier cluster of the same name has no part in it. */
  answerFacts(incarnation: string): ClusterFacts {
    const { state, reason, memory, bare } = this;
    const { endpoint, certificateAuthority } = memory?.incarnation === incarnation ? memory : {};
    if (endpoint !== undefined && certificateAuthority !== undefined) {
      return { state, server: { endpoint, certificateAuthority } };
    }
    if (bare === incarnation) return { state: "no programs" };
    return { state: state === "ready" ? "starting" : state, ...(reason !== undefined && { reason }) };
  }

  health({ account, region, name, version }: ClusterSnapshot): ClusterHealth {
    const { controlPlane, state, overview, parts } = this;
    const served = parts.runtime?.version;
    const differs = controlPlane !== undefined && served !== undefined && !served.startsWith(`${version}.`);
    const reason = this.reason ?? (differs ? `the API server is ${served}, the cluster says ${version}` : undefined);
    return {
      ...{ account, region, name, state, version },
      ...(controlPlane !== undefined && {
        servedVersion: served,
        endpoint: controlPlane.endpoint,
        certificateAuthorityFile: controlPlane.certificateAuthorityFile,
        adminKubeconfig: controlPlane.adminKubeconfig,
      }),
      ...(reason !== undefined && { reason }),
      ...overview,
    };
  }

  /** Counts nodes and pods anew. */
  async refresh(): Promise<void> {
    if (this.api !== undefined) this.count(await readWorld(this.api));
  }

  /** Ends the control plane; its folder is kept. */
  async close(): Promise<void> {
    this.aborter.abort();
    await this.loop.close();
    await this.stop();
  }

  private async pass(): Promise<number | undefined> {
    const { snapshot, swept, timing } = this.parts;
    await swept();
    const cluster = snapshot();
    if (cluster === undefined || cluster.status === "DELETING") {
      if (!this.removed) await this.remove();
      return undefined;
    }
    if (this.unreadable) await this.putAside();
    if (this.memory?.incarnation !== cluster.endpoint) await this.forget();
    this.memory ??= { incarnation: cluster.endpoint, launches: 0, addons: {} };
    this.removed = false;
    if (this.unanswered >= PATIENCE) await this.stop();
    const api = this.connected() ?? (await this.start(cluster));
    if (api === undefined) return undefined;
    const world = await readWorld(api);
    this.unanswered = 0;
    this.attempts = 0;
    this.proven = true;
    this.is("ready", this.state === "ready" ? this.reason : undefined);
    // Each for itself: what stands in the way of one must not stand in the way of the other.
    const [nodes, addOns] = await Promise.allSettled([
      reconcileNodes(this.nodeParts(api), cluster, world),
      reconcileAddOns(this.addOnParts(api), cluster),
    ]);
    this.count(await readWorld(api));
    if (nodes.status === "rejected") throw nodes.reason;
    if (addOns.status === "rejected") throw addOns.reason;
    this.is("ready");
    return nodes.value ? timing.drainStep : timing.resync;
  }

  private failed(error: unknown, retryMs: number): void {
    if (this.aborter.signal.aborted) return;
    const message = messageOf(error);
    this.parts.log(`${message}; next attempt in ${retryMs / 1000} s`);
    const unanswered = refusedWith(error, 0);
    if (unanswered) this.unanswered += 1;
    if (!this.proven) this.attempts += 1;
    if (this.attempts >= ATTEMPTS) this.is("failed", message);
    else this.is(unanswered ? "starting" : this.state, message);
  }

  private nodeParts(api: KubernetesPort): NodeParts {
    const { timing, now, log } = this.parts;
    return {
      ...{ api, now, log, facts: this.facts, drainMs: timing.drain },
      reserveLaunches: (count) => {
        const first = this.memory?.launches ?? 0;
        this.remember({ launches: first + count });
        return first;
      },
    };
  }

  private addOnParts(api: KubernetesPort): AddOnParts {
    const applied = this.memory?.addons ?? {};
    return { api, log: this.parts.log, applied, remember: (addons) => this.remember({ addons }) };
  }

  /** @returns undefined without the programs of a control plane */
  private async start(cluster: ClusterSnapshot): Promise<KubernetesPort | undefined> {
    const { runtime, folder, webhooks, log } = this.parts;
    const programs = await runtime?.findPrograms();
    if (runtime === undefined || programs === undefined) {
      this.is("no programs");
      return undefined;
    }
    if (this.state === "no programs") {
      if (cluster.status !== "CREATING") this.bare = cluster.endpoint;
      this.is("starting");
    }
    this.remember(this.bare === cluster.endpoint ? { bare: true } : {});
    const { version } = runtime;
    this.controlPlane = await runtime.start({
      ...{ directory: folder.controlPlane, programs, clusterName: cluster.name, version, log },
      serviceCidr: cluster.serviceCidr ?? SERVICE_CIDR,
      webhooks: webhooks(),
      signal: this.aborter.signal,
    });
    this.unanswered = 0;
    log(`control plane ready at ${this.controlPlane.endpoint}`);
    return this.connect(this.controlPlane);
  }

  /** A control plane that has recovered may answer elsewhere. */
  private connected(): KubernetesPort | undefined {
    const { controlPlane, api, memory } = this;
    if (controlPlane === undefined || memory?.endpoint === controlPlane.endpoint) return api;
    api?.close();
    return this.connect(controlPlane);
  }

  private connect({ endpoint, certificateAuthority, admin }: RunningControlPlane): KubernetesPort {
    this.remember({ endpoint, certificateAuthority });
    this.api = this.parts.connect(admin);
    return this.api;
  }

  private async stop(): Promise<void> {
    const { controlPlane, api } = this;
    this.api = undefined;
    this.controlPlane = undefined;
    this.proven = false;
    this.overview = EMPTY_OVERVIEW;
    api?.close();
    await controlPlane?.stop();
  }

  private async remove(): Promise<void> {
    await this.forget();
    this.removed = true;
  }

  /** Of a folder whose record cannot be read nobody knows which cluster's it is: it is not used, and not removed either. */
  private async putAside(): Promise<void> {
    const { folder, runtime, now, log } = this.parts;
    await runtime?.endLeftovers(folder.controlPlane);
    const aside = asideOf(folder, now());
    renameSync(folder.directory, aside);
    this.unreadable = false;
    log(`${folder.record} cannot be read: the cluster begins empty, and what was in its folder is kept in ${aside}`);
  }

  /** A cluster that comes back under the same name begins empty. */
  private async forget(): Promise<void> {
    const { folder, runtime } = this.parts;
    await this.stop();
    await runtime?.endLeftovers(folder.controlPlane);
    rmSync(folder.directory, { recursive: true, force: true });
    this.memory = undefined;
    this.unreadable = false;
    this.attempts = 0;
    this.is(runtime === undefined ? "no programs" : "starting");
  }

  private is(state: ClusterState, reason?: string): void {
    this.state = state;
    this.reason = reason;
  }

  private count({ nodes, pods }: NodeWorld): void {
    this.overview = overviewOf(nodes, pods);
  }

  private remember(change: Partial<ClusterMemory>): void {
    if (this.memory === undefined) return;
    this.memory = { ...this.memory, ...change };
    this.record.write(this.memory);
  }
}

async function readWorld(api: KubernetesPort): Promise<NodeWorld> {
  return { nodes: await api.list("v1", "Node"), pods: await api.list("v1", "Pod") };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
