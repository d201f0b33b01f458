import { installHint } from "./install-hint";
import type { Host } from "./host";
import type { ToolCheck } from "./tool-check";
import { isAtLeast, parseVersion } from "./version";

/** 20.19 is the first release of its line that can `require` an ES module. */
const MINIMUM = [20, 19, 0] as const;

/** Checks the version of Node, given as `process.versions.node` has it. */
export function checkNode(host: Host, nodeVersion: string): ToolCheck {
  const version = parseVersion(nodeVersion);
  if (version && isAtLeast(version, MINIMUM)) {
    return { name: "Node.js", status: "ok", version: nodeVersion, detail: "needs 20.19 or later" };
  }
  return {
    name: "Node.js",
    status: "unfit",
    version: nodeVersion,
    detail: `Node.js ${nodeVersion} is too old: Flightdeck needs 20.19 or later`,
    fix: installHint("node", host),
  };
}
