import { join, resolve } from "node:path";

/** Files of a sandbox. */
export interface SandboxPaths {
  readonly directory: string;
  /** Who runs and where. */
  readonly state: string;
  /** Held by the one daemon of the folder. */
  readonly lock: string;
  readonly gatewayLog: string;
  readonly motoLog: string;
  /** One folder per cluster with a control plane. */
  readonly clusters: string;
}

/** @param directory folder of the sandbox; made absolute */
export function sandboxPaths(directory: string): SandboxPaths {
  const root = resolve(directory);
  return {
    directory: root,
    state: join(root, "gateway.json"),
    lock: join(root, "daemon.lock"),
    gatewayLog: join(root, "gateway.log"),
    motoLog: join(root, "moto.log"),
    clusters: join(root, "clusters"),
  };
}
