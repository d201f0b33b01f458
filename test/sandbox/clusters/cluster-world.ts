import type { ClusterHealth, Clusters as ClustersType } from "../../../sandbox/clusters";
import { Clusters } from "../../../sandbox/clusters";
import type { ClustersOptions } from "../../../sandbox/clusters";
import { createEksService } from "../../../sandbox/eks";
import { EksHarness } from "../eks/support/eks-harness";
import { FakeKubernetes } from "./fake-kubernetes";
import { FakeRuntime } from "./fake-runtime";

/** EKS with clusters beside it, as a gateway puts them together; nothing in it is a process. */
export class ClusterWorld {
  readonly eks = Object.assign(new EksHarness(), { service: createEksService() });
  readonly runtime = new FakeRuntime();
  readonly api = new FakeKubernetes();
  readonly log: string[] = [];
  clusters: ClustersType;
  now = 0;

  /** @param directory folder of the clusters */
  constructor(
    readonly directory: string,
    private readonly more: Partial<ClustersOptions> = {},
  ) {
    this.clusters = this.start();
  }

  /** The clusters of another sandbox process in the same folder. */
  restart(): void {
    this.clusters = this.start();
  }

  /** Makes a call to EKS as the gateway does, and waits until the clusters have followed. */
  async call(method: string, path: string, body?: object): Promise<ClusterHealth> {
    await this.eks.ok(method, path, body);
    return this.settled();
  }

  async settled(): Promise<ClusterHealth> {
    const [health] = await this.clusters.reconcile();
    return health!;
  }

  /** The cluster as `DescribeCluster` answers it through the gateway. */
  async describe(): Promise<Record<string, unknown>> {
    const { body, status } = await this.eks.call("GET", "/clusters/atlas");
    const request = { account: "111111111111", region: "eu-west-1" } as never;
    const answer = this.clusters.completeAnswer(request, { status, body });
    return (answer.body as { cluster: Record<string, unknown> }).cluster;
  }

  /** Reconciles a number of times, a second passing in between. */
  async steps(count: number): Promise<void> {
    for (let step = 0; step < count; step++) {
      this.now += 1000;
      await this.settled();
    }
  }

  private start(): ClustersType {
    return new Clusters({
      directory: this.directory,
      snapshot: () => this.eks.snapshot(),
      aws: () => this.eks.aws,
      webhooks: ({ name }) => ({ authenticate: `http://sandbox/${name}/a`, authorize: `http://sandbox/${name}/b` }),
      runtime: this.runtime,
      connect: () => this.api,
      log: (line) => this.log.push(line),
      now: () => this.now,
      timing: { resync: 3_600_000, drainStep: 3_600_000, drain: 10_000, retry: { first: 5, last: 20 }, settle: 10_000 },
      ...this.more,
    });
  }
}
