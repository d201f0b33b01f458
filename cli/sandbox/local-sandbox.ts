import { join, resolve } from "node:path";
import {
  ensureStateBucket,
  policyFromCalls,
  SandboxClient,
  sandboxStatus,
  startSandbox,
  stopSandbox,
} from "../../sandbox";
import type { SandboxService } from "./sandbox-service";

/**
 * The sandbox of this machine.
 *
 * @param root root of the repository
 * @param folder folder of its files, relative to the root
 */
export function localSandbox(root: string, folder = join(".flightdeck", "sandbox")): SandboxService {
  const directory = resolve(root, folder);
  return {
    folder: directory,
    start: ({ virtualEnvironment, port }) =>
      startSandbox({ directory, motoServer: join(virtualEnvironment, "bin", "moto_server"), port }),
    status: () => sandboxStatus(directory),
    stop: (purge) => stopSandbox({ directory, purge }),
    control: (endpoint) => {
      const client = new SandboxClient(endpoint);
      return {
        takeLease: (lease) => client.takeLease(lease),
        releaseLease: (environment, pid) => client.releaseLease(environment, pid),
        recover: (request) => client.recover(request),
        ensureStateBucket: (bucket) => ensureStateBucket(endpoint, bucket),
      };
    },
    calls: (endpoint, filter) => new SandboxClient(endpoint).calls(filter),
    policy: policyFromCalls,
  };
}
