import { mkdirSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { ControlPlanePrograms } from "../../toolchain/control-plane";
import { SandboxError } from "../errors";
import type { ApiConnection } from "../kubernetes/api-connection";
import { KubernetesApi } from "../kubernetes/api-client";
import { clusterFoundation } from "./cluster-foundation";
import type { ComponentContext, ControlPlaneComponent, PortName, WebhookAddresses } from "./components/context";
import { apiServerAddress, PORT_NAMES } from "./components/context";
import { etcd } from "./components/etcd";
import { kubeApiserver } from "./components/kube-apiserver";
import { kubeControllerManager } from "./components/kube-controller-manager";
import { kubeScheduler } from "./components/kube-scheduler";
import { kwok } from "./components/kwok";
import type { ControlPlanePaths } from "./control-plane-paths";
import { controlPlanePaths } from "./control-plane-paths";
import { clientKubeconfig } from "./files/kubeconfig";
import { writePrivately } from "./files/write-privately";
import type { PublicKeyInfrastructure } from "./pki/public-key-infrastructure";
import { preparePublicKeyInfrastructure } from "./pki/public-key-infrastructure";
import type { Ports } from "./processes/component";
import { releaseDirectoryLock, takeDirectoryLock } from "./processes/directory-lock";
import { Supervisor } from "./processes/supervisor";

/** What a control plane is started with. */
export interface ControlPlaneOptions {
  /** Folder of its data, certificates and logs; created, and its owner's alone. */
  readonly directory: string;
  /** Paths of the programs. */
  readonly programs: ControlPlanePrograms;
  readonly clusterName: string;
  /** Version of Kubernetes that the programs are, e.g. `1.36.3`. */
  readonly version: string;
  /** Addresses of services, e.g. `172.20.0.0/16`; cannot change later. */
  readonly serviceCidr: string;
  /** Where the API server asks who a caller is and what the caller may do: `http` addresses on loopback. */
  readonly webhooks: WebhookAddresses;
  /** Told what happens, one line each. */
  readonly log: (line: string) => void;
  /**
   * Issuer of the tokens of service accounts.
   * @default "https://kubernetes.default.svc.cluster.local"
   */
  readonly serviceAccountIssuer?: string;
  /**
   * Gives a start up: what it has started is ended.
   * @default - a start is not given up
   */
  readonly signal?: AbortSignal;
}

const SERVICE_ACCOUNT_ISSUER = "https://kubernetes.default.svc.cluster.local";
const FIELD_MANAGER = "flightdeck-sandbox";
/** Threads of a Go program that run at once: more only take memory, each with its own cache of it. */
const MOST_THREADS = 4;

/**
 * A Kubernetes control plane on this machine: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, and kwok in
 * the place of the nodes.
 *
 * Its processes outlive the one that started them when that is killed: the cluster stays as it is, and the next start
 * of the same folder takes over what still runs as it should, and ends and starts the rest. While this object lives,
 * a process that dies is started again. Everything a control plane has lies in its folder, and is kept between starts.
 *
 * @example
 * const controlPlane = await ControlPlane.start({ directory, programs, clusterName, version, serviceCidr, webhooks, log });
 * const api = new KubernetesApi(controlPlane.admin);
 */
export class ControlPlane {
  /** Kubeconfig of an administrator: a file, its owner's alone. */
  readonly adminKubeconfig: string;
  private readonly supervisor: Supervisor<PortName>;
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly options: ControlPlaneOptions,
    private readonly paths: ControlPlanePaths,
    private readonly pki: PublicKeyInfrastructure,
  ) {
    this.adminKubeconfig = paths.kubeconfig("admin");
    this.supervisor = new Supervisor({
      directory: paths.directory,
      recordFile: paths.record,
      portNames: PORT_NAMES,
      describe: (ports) => this.components(ports),
      logFile: (component) => paths.log(component),
      environment: environmentOf(paths),
      log: options.log,
      onRecovered: () => this.writeAdminKubeconfig(),
    });
  }

  /**
   * Starts the control plane of a folder, or takes over one that still runs, and waits until it is ready.
   *
   * The port of the API server is that of the last time, unless another process has taken it meanwhile.
   *
   * @throws SandboxError SANDBOX_CONTROL_PLANE_HELD when another process runs it, SANDBOX_CONTROL_PLANE_PROGRAM when a
   * program cannot be run, SANDBOX_CONTROL_PLANE_NOT_READY with the end of the log when one does not get ready or the
   * start is given up, SANDBOX_PORT_TAKEN when there is no free port; nothing is left running then
   */
  static async start(options: ControlPlaneOptions): Promise<ControlPlane> {
    const directory = resolve(options.directory);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const paths = controlPlanePaths(realpathSync(directory));
    takeDirectoryLock(paths.lock);
    try {
      const { serviceCidr, log } = options;
      const pki = await preparePublicKeyInfrastructure({ paths, serviceCidr, log });
      return await new ControlPlane(options, paths, pki).bringUp();
    } catch (error) {
      releaseDirectoryLock(paths.lock);
      throw error;
    }
  }

  /** e.g. `https://127.0.0.1:41231`; another one after a recovery that found its port taken. */
  get endpoint(): string {
    return apiServerAddress(this.supervisor.ports);
  }

  /** Certificate of the authority that vouches for the server, PEM. */
  get certificateAuthority(): string {
    return this.pki.authorities.cluster.certificate;
  }

  /** Path of the certificate of that authority. */
  get certificateAuthorityFile(): string {
    return this.paths.authority("cluster").certificate;
  }

  /** How an administrator, above all permissions, reaches the API server. */
  get admin(): ApiConnection {
    const { endpoint: server, certificateAuthority } = this;
    return { server, certificateAuthority, identity: this.pki.certificates.admin };
  }

  /** Ids of the processes by name of the program. */
  get pids(): Readonly<Record<string, number>> {
    return this.supervisor.pids;
  }

  /** True while every process runs; false while one that died is brought back, and after a stop. */
  get ready(): boolean {
    return this.stopping === undefined && this.supervisor.complete;
  }

  /**
   * Ends every process: kwok, scheduler, controller manager, API server, and etcd last, without which the API server
   * could not end. What the cluster holds is kept for the next start.
   *
   * @throws SandboxError SANDBOX_STOP_FAILED when a process cannot be ended
   */
  stop(): Promise<void> {
    this.stopping ??= this.supervisor.stop().finally(() => releaseDirectoryLock(this.paths.lock));
    return this.stopping;
  }

  /**
   * Lets the processes run on unwatched, as they do when the sandbox is killed: the next start of the folder takes them
   * over.
   */
  letGo(): Promise<void> {
    this.stopping ??= this.supervisor.letGo().finally(() => releaseDirectoryLock(this.paths.lock));
    return this.stopping;
  }

  private async bringUp(): Promise<this> {
    const { signal, log, version, clusterName } = this.options;
    const began = Date.now();
    const giveUp = () => void this.stop();
    signal?.addEventListener("abort", giveUp, { once: true });
    try {
      signal?.throwIfAborted();
      await this.supervisor.start();
      this.writeAdminKubeconfig();
    } catch (error) {
      await this.stop();
      throw signal?.aborted ? givenUp(clusterName) : error;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    log(`Kubernetes ${version} of ${clusterName} is ready at ${this.endpoint} after ${seconds} s`);
    return this;
  }

  private components(ports: Ports<PortName>): ControlPlaneComponent[][] {
    const { programs, clusterName, serviceCidr, webhooks } = this.options;
    const { serviceAccountIssuer = SERVICE_ACCOUNT_ISSUER } = this.options;
    const context: ComponentContext = {
      ...{ paths: this.paths, pki: this.pki, programs, ports, clusterName, serviceCidr, webhooks },
      serviceAccountIssuer,
    };
    return [
      [etcd(context)],
      [kubeApiserver(context)],
      [kubeControllerManager(context), kubeScheduler(context), kwok(context, () => this.layFoundation())],
    ];
  }

  private async layFoundation(): Promise<void> {
    const api = new KubernetesApi(this.admin);
    try {
      for (const object of clusterFoundation()) await api.apply(object, { fieldManager: FIELD_MANAGER, force: true });
    } finally {
      api.close();
    }
  }

  private writeAdminKubeconfig(): void {
    const content = clientKubeconfig("admin", this.endpoint, this.pki, this.options.clusterName);
    writePrivately(this.adminKubeconfig, content);
  }
}

/** Nothing of the surroundings: no credentials, no proxy, no settings of the user's own Kubernetes tools. */
function environmentOf({ directory }: ControlPlanePaths): Record<string, string> {
  const threads = Math.min(MOST_THREADS, availableParallelism());
  return { PATH: "/usr/bin:/bin", HOME: directory, GOMAXPROCS: String(threads) };
}

function givenUp(clusterName: string): SandboxError {
  return new SandboxError(
    "SANDBOX_CONTROL_PLANE_NOT_READY",
    `The start of the control plane of ${clusterName} was given up.`,
  );
}
