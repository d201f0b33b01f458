import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ClusterSnapshot, EksSnapshot } from "../eks";
import type { AwsPort, EksRequest, EksResponse } from "../eks/contract";
import type { ApiConnection } from "../kubernetes/api-connection";
import { KubernetesApi } from "../kubernetes/api-client";
import { allEnded } from "../collect-failures";
import { completeAnswer } from "./cluster-answers";
import { clusterFolder, clusterFolders, type ClusterPlace } from "./cluster-folder";
import type { ClusterHealth } from "./cluster-health";
import type { KubernetesRuntime } from "./control-plane-port";
import type { KubernetesPort } from "./kubernetes-port";
import { ManagedCluster, type ClusterTiming } from "./managed-cluster";

/** What the clusters are made with. */
export interface ClustersOptions {
  /** Folder with one folder per cluster; made when there is a cluster. */
  readonly directory: string;
  /** What EKS says is there. */
  readonly snapshot: () => EksSnapshot;
  /** How an account's services are reached. */
  readonly aws: (place: { readonly account: string; readonly region: string }) => AwsPort;
  /** Addresses of the webhooks that a cluster's API server asks. */
  readonly webhooks: (place: ClusterPlace) => { readonly authenticate: string; readonly authorize: string };
  /**
   * What control planes run on.
   * @default - clusters have none
   */
  readonly runtime?: KubernetesRuntime;
  /** Told what happens, one line each. */
  readonly log: (line: string) => void;
  /**
   * How an API server is talked to.
   * @default - by HTTPS
   */
  readonly connect?: (connection: ApiConnection) => KubernetesPort;
  /**
   * How long things take.
   * @default - a look every 5 s, drained or ended within 60 s, retries after 1 s to 60 s, waited for at most 4 minutes
   */
  readonly timing?: Partial<ClusterTiming>;
  /**
   * Milliseconds since the epoch.
   * @default - the clock of this machine
   */
  readonly now?: () => number;
}

const TIMING: ClusterTiming = {
  resync: 5_000,
  drainStep: 500,
  drain: 60_000,
  retry: { first: 1_000, last: 60_000 },
  // Less than the 5 minutes after which an HTTP client gives up.
  settle: 4 * 60_000,
};
/** The state of a sandbox must be told at once, whatever an API server does. */
const REFRESH_MS = 2_000;

/**
 * The Kubernetes side of EKS: for every cluster a control plane with the nodes and the add-ons that EKS says are there.
 *
 * EKS itself stays as it is, a deterministic service that knows nothing of this. Whenever something has changed there,
 * the clusters are told, and bring the world to it in their own time: one at a time each, and again after a failure.
 */
export class Clusters {
  private readonly managed = new Map<string, ManagedCluster>();
  private closing: Promise<void> | undefined;
  private swept: Promise<void> | undefined;

  constructor(private readonly options: ClustersOptions) {}

  /** Says that EKS may have changed; returns at once. */
  changed(): void {
    for (const cluster of this.all()) cluster.request();
  }

  /**
   * Brings all clusters to what EKS says; returns when each has its control plane or cannot have it, or the time for that
   * is over: what holds one cluster up must not hold up everybody.
   */
  async reconcile(): Promise<ClusterHealth[]> {
    await Promise.all(this.all().map((cluster) => cluster.settled()));
    return this.health();
  }

  /** Completes an answer of the EKS service with what is true of the cluster that it is about. */
  completeAnswer(request: EksRequest, response: EksResponse): EksResponse {
    if (this.options.runtime === undefined) return response;
    return completeAnswer(request, response, (place) => {
      const cluster = this.snapshotOf(place);
      return cluster && this.find(place).answerFacts(cluster.endpoint);
    });
  }

  health(): ClusterHealth[] {
    const off = this.options.runtime === undefined ? { reason: "Kubernetes is switched off in this sandbox" } : {};
    return this.options.snapshot().clusters.map((cluster) => ({ ...this.find(cluster).health(cluster), ...off }));
  }

  /** Counts nodes and pods anew, as far as API servers answer in time. */
  async refresh(): Promise<void> {
    const all = [...this.managed.values()].map((cluster) => cluster.refresh().catch(() => undefined));
    await Promise.race([Promise.all(all), delay(REFRESH_MS, undefined, { ref: false })]);
  }

  /** Ends all control planes; what they hold is kept. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.swept;
      await allEnded([...this.managed.values()].map((cluster) => cluster.close()));
    })();
    return this.closing;
  }

  /** Those that EKS has, and those that it had. */
  private all(): ManagedCluster[] {
    if (this.closing !== undefined) return [];
    this.swept ??= this.sweep();
    for (const place of this.options.snapshot().clusters) this.find(place);
    return [...this.managed.values()];
  }

  private find(place: ClusterPlace): ManagedCluster {
    const { account, region, name } = place;
    const key = `${account}/${region}/${name}`;
    const known = this.managed.get(key);
    if (known !== undefined) return known;
    const { directory, runtime, aws, webhooks, log, now = Date.now, timing } = this.options;
    const cluster = new ManagedCluster({
      ...{ runtime, now, timing: { ...TIMING, ...timing } },
      folder: clusterFolder(directory, place),
      swept: () => this.swept ?? Promise.resolve(),
      snapshot: () => this.snapshotOf({ account, region, name }),
      connect: this.options.connect ?? ((connection) => new KubernetesApi(connection)),
      aws: aws({ account, region }),
      webhooks: () => webhooks({ account, region, name }),
      log: (line) => log(`cluster ${name}: ${line}`),
    });
    this.managed.set(key, cluster);
    return cluster;
  }

  private snapshotOf({ account, region, name }: ClusterPlace): ClusterSnapshot | undefined {
    const { clusters } = this.options.snapshot();
    return clusters.find((one) => one.account === account && one.region === region && one.name === name);
  }

  /** Removes what is left of clusters that went while no sandbox ran. */
  private async sweep(): Promise<void> {
    const { directory, runtime, snapshot, log } = this.options;
    if (runtime === undefined) return;
    const kept = new Set(snapshot().clusters.map((place) => clusterFolder(directory, place).directory));
    for (const folder of clusterFolders(directory)) {
      if (kept.has(folder.directory)) continue;
      try {
        await runtime.endLeftovers(folder.controlPlane);
        await rm(folder.directory, { recursive: true, force: true });
      } catch (error) {
        log(`${folder.directory} is left of a cluster and cannot be removed: ${String(error)}`);
      }
    }
  }
}
