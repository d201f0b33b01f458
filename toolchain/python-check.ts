import { findExecutable } from "./find-executable";
import { installHint } from "./install-hint";
import type { Host } from "./host";
import { runCommand } from "./run-command";
import type { ToolCheck } from "./tool-check";
import { formatVersion, isAtLeast, parseVersion } from "./version";

const MINIMUM = [3, 10, 0] as const;
const CANDIDATES = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/** A Python that can build the virtual environment of the sandbox. */
export interface PythonTool {
  readonly path: string;
  readonly version: string;
}

/** A check, and the tool when it fits. */
export interface PythonCheck extends ToolCheck {
  /** @default - nothing fits */
  readonly tool?: PythonTool;
}

/** Looks for Python 3.10 or later with `venv` and `ensurepip`, which Debian and Ubuntu ship as a package of their own. */
export async function checkPython(host: Host): Promise<PythonCheck> {
  const fix = installHint("python", host);
  let unfit: PythonCheck | undefined;
  for (const name of CANDIDATES) {
    const path = findExecutable(name, host.env);
    if (!path) continue;
    const check = await inspect(path, host);
    if (check.status === "ok") return check;
    unfit ??= { ...check, fix };
  }
  const detail = "`python3` is not on the PATH: the sandbox needs Python 3.10 or later with venv";
  return unfit ?? { name: "Python", status: "missing", detail, fix };
}

async function inspect(path: string, host: Host): Promise<PythonCheck> {
  const script = "import sys; print('%d.%d.%d' % sys.version_info[:3]); import venv, ensurepip; print('venv')";
  const { stdout } = await runCommand(path, ["-c", script], { env: host.env });
  const parsed = parseVersion(stdout);
  if (!parsed) return { name: "Python", status: "unfit", path, detail: `\`${path}\` does not run` };
  const version = formatVersion(parsed);
  if (!isAtLeast(parsed, MINIMUM)) {
    const detail = `Python ${version} is too old: the sandbox needs 3.10 or later`;
    return { name: "Python", status: "unfit", path, version, detail };
  }
  if (!stdout.includes("venv")) {
    const detail = `Python ${version} comes without venv: the sandbox needs it`;
    return { name: "Python", status: "unfit", path, version, detail };
  }
  return {
    name: "Python",
    status: "ok",
    path,
    version,
    detail: "needs 3.10 or later with venv",
    tool: { path, version },
  };
}
