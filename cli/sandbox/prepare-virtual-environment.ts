import { cacheFolder, checkPython, ensureVirtualEnvironment, ToolchainError } from "../../toolchain";
import type { VirtualEnvironment } from "../../toolchain";
import type { CliContext } from "../context";
import { formatDuration } from "../duration";
import { requirementsFile } from "../requirements-file";

const REPORT_EVERY_MS = 5000;

/**
 * Builds the virtual environment of the sandbox, if it is not there yet, and says so while it does.
 *
 * @throws ToolchainError `PYTHON_MISSING` with the command that installs it
 */
export async function prepareVirtualEnvironment(context: CliContext): Promise<VirtualEnvironment> {
  const { host, root, output, now } = context;
  const check = await checkPython(host);
  if (!check.tool) throw new ToolchainError("PYTHON_MISSING", `${check.detail}. Install it: ${check.fix ?? ""}`);
  const startedAt = now();
  let reportedAt: number | undefined;
  const environment = await ensureVirtualEnvironment({
    cacheFolder: cacheFolder(host),
    requirementsFile: requirementsFile(root),
    python: check.tool,
    env: host.env,
    onProgress: (text) => {
      if (reportedAt !== undefined && now() - reportedAt < REPORT_EVERY_MS) return;
      output.line(reportedAt === undefined ? `Python packages of the sandbox: ${text}` : `  ${text}`);
      reportedAt = now();
    },
  });
  if (environment.built) output.line(`  ready after ${formatDuration(now() - startedAt)}`);
  return environment;
}
