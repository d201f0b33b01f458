import fastify, { type FastifyInstance } from "fastify";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { accessPaths, addAccessRoutes } from "../access/access-routes";
import type { AccessParts } from "../access/access-parts";
import { IssuedKeys } from "../access/issued-keys";
import { motoCallerIdentity } from "../access/moto-caller-identity";
import { Clusters, type KubernetesRuntime } from "../clusters";
import { inTurn } from "../collect-failures";
import type { EksBackend } from "../eks/contract";
import { SandboxError } from "../errors";
import { Journal } from "../journal/journal";
import type { MotoServer } from "../moto/moto-server";
import { addAdminRoutes } from "./admin-routes";
import { awsPort } from "./aws-port";
import { addAwsRoute, callRecord } from "./aws-route";
import { CallLog } from "./call-log";
import { Executor } from "./executor";
import { Faults } from "./faults";
import type { AccountOverview, Health } from "./health";
import { Leases } from "./leases";
import { OpenConnections } from "./open-connections";
import { processAlive } from "../../toolchain/process-alive";
import type { RecoverReport, RecoverRequest } from "./recovery";
import { recover } from "./recovery";
import { SerialQueue } from "./serial-queue";
import { World } from "./world";

/** What a gateway is made with. */
export interface GatewayOptions {
  /** Folder for the journal and the call log; created. */
  readonly directory: string;
  readonly moto: MotoServer;
  readonly eks: EksBackend;
  /**
   * What the control planes of clusters run on.
   * @default - clusters have none: their endpoints lead nowhere
   */
  readonly kubernetes?: KubernetesRuntime;
  /**
   * Loopback port.
   * @default 0 - the system chooses
   */
  readonly port?: number;
  /**
   * Milliseconds a call waits for its turn.
   * @default 60000
   */
  readonly patienceMs?: number;
  /**
   * Told what happens, one line each.
   * @default - nobody is told
   */
  readonly log?: (line: string) => void;
  /**
   * Called when a client asks the gateway to end.
   * @default - the gateway closes
   */
  readonly onShutdown?: () => void;
  /**
   * Called whenever moto has been started, before the journal is replayed.
   * @default - nobody is told
   */
  readonly onMotoStarted?: (health: Health) => void;
}

/** Objects in the sandbox's buckets are state files and small samples. */
const BODY_LIMIT = 256 * 1024 * 1024;
/** Longer than clients keep theirs: an open connection is how the gateway knows that a client lives. */
const KEEP_ALIVE_MS = 15 * 60_000;
/** In whose name the Kubernetes side of EKS looks things up. */
const EKS_PRINCIPAL = "eks";

/** The one endpoint for all AWS services, in this process. */
export class Gateway {
  private readonly queue = new SerialQueue();
  private readonly connections = new OpenConnections();
  private readonly faults = new Faults();
  private readonly issuedKeys = new IssuedKeys();
  private readonly startedAt = new Date().toISOString();
  private readonly journal: Journal;
  private readonly calls: CallLog;
  private readonly leases: Leases;
  private readonly world: World;
  private readonly clusters: Clusters;
  private readonly executor: Executor;
  private readonly app: FastifyInstance;
  private port = 0;
  private status: Health["status"] = "starting";
  private closing: Promise<void> | undefined;

  private constructor(private readonly options: GatewayOptions) {
    const { directory, moto, eks } = options;
    mkdirSync(directory, { recursive: true });
    this.journal = new Journal(join(directory, "journal.ndjson"));
    this.calls = new CallLog(join(directory, "calls.ndjson"));
    this.leases = new Leases(join(directory, "leases.json"), processAlive);
    const onMotoStarted = () => options.onMotoStarted?.(this.health());
    this.world = new World({ journal: this.journal, moto, eks, log: this.log, onMotoStarted });
    this.clusters = this.newClusters();
    this.executor = this.newExecutor();
    this.app = this.routes();
    moto.onUnexpectedExit((reason) => this.bringMotoBack(reason));
  }

  /**
   * Starts moto, replays the journal and listens.
   *
   * @throws SandboxError SANDBOX_PORT_TAKEN, SANDBOX_MOTO_FAILED, SANDBOX_JOURNAL_CORRUPT
   */
  static async start(options: GatewayOptions): Promise<Gateway> {
    const gateway = new Gateway(options);
    try {
      await gateway.listen();
      await gateway.queue.run(() => gateway.world.rebuild());
    } catch (error) {
      await gateway.close();
      throw error;
    }
    gateway.status = "ready";
    gateway.clusters.changed();
    return gateway;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  health(): Health {
    const { moto, directory } = this.options;
    const { restarts, lastReplay } = this.world;
    const effective = this.journal.effective;
    return {
      status: this.status,
      pid: process.pid,
      directory,
      endpoint: this.endpoint,
      startedAt: this.startedAt,
      moto: { pid: moto.pid, port: moto.port, restarts, lastReplay },
      journal: { effective: effective.length },
      calls: { total: this.calls.size, last: this.calls.last },
      leases: this.leases.current,
      accounts: overview(effective),
      clusters: this.clusters.health(),
    };
  }

  /** Takes interrupted operations back; see {@link recover}. */
  async recover(request: RecoverRequest): Promise<RecoverReport> {
    const { journal, world, leases, connections, log } = this;
    const report = await this.queue.run(() => recover({ journal, world, leases, connections, log }, request));
    this.clusters.changed();
    return report ?? { stacks: [] };
  }

  /**
   * Ends the control planes and moto, lets go of the port and closes the files, each whatever became of the others.
   *
   * @throws SandboxError SANDBOX_STOP_FAILED when a process cannot be ended
   */
  close(): Promise<void> {
    this.closing ??= inTurn([
      () => this.app.close(),
      () => this.clusters.close(),
      () => this.queue.run(() => this.options.moto.stop()),
      () => this.journal.close(),
      () => this.calls.close(),
    ]);
    return this.closing;
  }

  private readonly log = (line: string): void => this.options.log?.(line);

  private routes(): FastifyInstance {
    const { log, calls, faults, connections, leases, executor, clusters } = this;
    const { eks } = this.options;
    const app = fastify({
      bodyLimit: BODY_LIMIT,
      keepAliveTimeout: KEEP_ALIVE_MS,
      forceCloseConnections: true,
      exposeHeadRoutes: false,
    });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    addAdminRoutes(app, {
      ...{ calls, faults, leases },
      health: () => this.health(),
      freshHealth: () => clusters.refresh().then(() => this.health()),
      reconcileClusters: () => clusters.reconcile(),
      recover: (request) => this.recover(request),
      shutdown: this.options.onShutdown ?? (() => void this.close().catch((error: unknown) => log(String(error)))),
    });
    addAccessRoutes(app, { snapshot: () => eks.snapshot(Date.now()), callerIdentity: this.callerIdentity });
    addAwsRoute(app, { executor, eks, faults, calls, connections, log });
    return app;
  }

  private readonly callerIdentity: AccessParts["callerIdentity"] = async (request) =>
    this.issuedKeys.find(request.accessKey) ?? motoCallerIdentity(this.options.moto)(request);

  private newExecutor(): Executor {
    const { calls, clusters, journal, world, queue } = this;
    const { eks, patienceMs = 60_000 } = this.options;
    return new Executor({
      ...{ journal, world, eks, queue, patienceMs },
      completeAnswer: (request, response) => clusters.completeAnswer(request, response),
      onAnswer: (call, response) => this.issuedKeys.learn(call, response),
      onEksChange: () => clusters.changed(),
      onInternalCall: (call, { status }, seq, ms) => calls.add(callRecord(call, { status, seq, ms, internal: true })),
    });
  }

  private newClusters(): Clusters {
    const { directory, eks, kubernetes } = this.options;
    return new Clusters({
      directory: join(directory, "clusters"),
      runtime: kubernetes,
      log: this.log,
      snapshot: () => eks.snapshot(Date.now()),
      aws: (place) =>
        awsPort({ ...place, principal: EKS_PRINCIPAL }, async (call) => (await this.executor.execute(call)).response),
      webhooks: (place) => {
        const { authenticate, authorize } = accessPaths(place);
        return { authenticate: this.endpoint + authenticate, authorize: this.endpoint + authorize };
      },
    });
  }

  private async listen(): Promise<void> {
    const { port = 0 } = this.options;
    try {
      const address = await this.app.listen({ host: "127.0.0.1", port });
      this.port = Number(new URL(address).port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      throw portTaken(port);
    }
  }

  private bringMotoBack(reason: string): void {
    const { moto } = this.options;
    if (this.closing !== undefined) return;
    this.queue
      .run(async () => {
        if (!moto.running && this.closing === undefined) await this.world.restart(reason);
      })
      .catch((error: unknown) => this.log(`moto cannot be brought back: ${String(error)}`));
  }
}

/** The refusal of a port that another process listens on. */
export function portTaken(port: number): SandboxError {
  return new SandboxError(
    "SANDBOX_PORT_TAKEN",
    `Port ${port} on 127.0.0.1 is taken by another process. End that process, or choose another port with \`--port\`; without \`--port\` the sandbox takes a free one.`,
  );
}

function overview(effective: Journal["effective"]): AccountOverview[] {
  const accounts = new Map<string, Record<string, number>>();
  for (const { account, principal } of effective) {
    const principals = accounts.get(account) ?? {};
    principals[principal] = (principals[principal] ?? 0) + 1;
    accounts.set(account, principals);
  }
  return [...accounts].map(([account, principals]) => ({ account, principals }));
}
