import { join, resolve } from "node:path";
import {
  ensureStateBucket,
  policyFromCalls,
  SandboxClient,
  sandboxStatus,
  startSandbox,
  stopSandbox,
} from "../../sandbox";
import type { Host } from "../../toolchain";
import type { SandboxService } from "./sandbox-service";

/**
 * The sandbox of this machine.
 *
 * @param root root of the repository
 * @param host the machine: its control planes are looked for there, unless `FLIGHTDECK_SANDBOX_KUBERNETES` is `off`
 * @param folder folder of its files, relative to the root
 */
export function localSandbox(root: string, host: Host, folder = join(".flightdeck", "sandbox")): SandboxService {
  const directory = resolve(root, folder);
  const programs = host.env.FLIGHTDECK_SANDBOX_KUBERNETES === "off" ? undefined : host;
  return {
    folder: directory,
    start: ({ virtualEnvironment, port }) =>
      startSandbox({ directory, motoServer: join(virtualEnvironment, "bin", "moto_server"), port, programs }),
    status: () => sandboxStatus(directory),
    stop: (purge) => stopSandbox({ directory, purge }),
    control: (endpoint) => {
      const client = new SandboxClient(endpoint);
      return {
        takeLease: (lease) => client.takeLease(lease),
        releaseLease: (environment, pid) => client.releaseLease(environment, pid),
        recover: (request) => client.recover(request),
        ensureStateBucket: (bucket) => ensureStateBucket(endpoint, bucket),
        reconcileClusters: () => client.reconcileClusters(),
      };
    },
    calls: (endpoint, filter) => new SandboxClient(endpoint).calls(filter),
    policy: policyFromCalls,
  };
}
