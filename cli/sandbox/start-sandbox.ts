import { join } from "node:path";
import type { SandboxHandle } from "../../sandbox";
import type { CliContext } from "../context";
import { prepareVirtualEnvironment } from "./prepare-virtual-environment";

/** A sandbox that runs, and the folder of the Python programs it was started with. */
export interface StartedSandbox extends SandboxHandle {
  /** Holds the AWS command line too. */
  readonly programs: string;
}

/** Starts the sandbox with all it needs, or finds it running. */
export async function startSandbox(context: CliContext, port?: number): Promise<StartedSandbox> {
  const { path } = await prepareVirtualEnvironment(context);
  const handle = await context.sandbox.start({ virtualEnvironment: path, port });
  return { ...handle, programs: join(path, "bin") };
}
