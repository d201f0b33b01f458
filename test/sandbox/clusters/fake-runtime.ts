import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ControlPlaneSettings, KubernetesRuntime, RunningControlPlane } from "../../../sandbox/clusters";
import type { ControlPlanePrograms } from "../../../toolchain/control-plane";

const PROGRAMS: ControlPlanePrograms = {
  etcd: "/etcd",
  kubeApiserver: "/kube-apiserver",
  kubeScheduler: "/kube-scheduler",
  kubeControllerManager: "/kube-controller-manager",
  kwok: "/kwok",
};

/** Control planes without processes: each is a file in its folder. */
export class FakeRuntime implements KubernetesRuntime {
  readonly version = "1.36.3";
  readonly started: ControlPlaneSettings[] = [];
  readonly stopped: string[] = [];
  readonly ended: string[] = [];
  programs: ControlPlanePrograms | undefined = PROGRAMS;
  /** What the next starts end with. */
  failures: Error[] = [];
  /** Held up until this resolves. */
  gate: Promise<void> = Promise.resolve();
  port = 40000;

  findPrograms(): Promise<ControlPlanePrograms | undefined> {
    return Promise.resolve(this.programs);
  }

  async start(settings: ControlPlaneSettings): Promise<RunningControlPlane> {
    await this.gate;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    this.started.push(settings);
    const { directory } = settings;
    mkdirSync(directory, { recursive: true });
    if (!existsSync(join(directory, "etcd"))) writeFileSync(join(directory, "etcd"), "data");
    const port = () => this.port;
    return {
      get endpoint() {
        return `https://127.0.0.1:${port()}`;
      },
      certificateAuthority: "PEM",
      certificateAuthorityFile: join(directory, "ca.crt"),
      admin: { server: "https://127.0.0.1", certificateAuthority: "PEM", identity: { token: "t" } },
      adminKubeconfig: join(directory, "admin.yaml"),
      stop: () => {
        this.stopped.push(directory);
        return Promise.resolve();
      },
    };
  }

  endLeftovers(directory: string): Promise<void> {
    this.ended.push(directory);
    return Promise.resolve();
  }
}
