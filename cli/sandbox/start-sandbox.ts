import type { SandboxHandle } from "../../sandbox";
import type { CliContext } from "../context";
import { prepareVirtualEnvironment } from "./prepare-virtual-environment";

/** Starts the sandbox with all it needs, or finds it running. */
export async function startSandbox(context: CliContext, port?: number): Promise<SandboxHandle> {
  const { path } = await prepareVirtualEnvironment(context);
  return context.sandbox.start({ virtualEnvironment: path, port });
}
