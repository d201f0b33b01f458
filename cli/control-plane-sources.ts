import { join } from "node:path";
import { sandboxPrograms } from "../catalog";
import type { ProgramSources } from "../toolchain";

/** The pins of the control plane's programs, and the Go module that they are built from. */
export function controlPlaneSources(root: string): Omit<ProgramSources, "host"> {
  return { pins: sandboxPrograms, moduleFolder: join(root, "tools") };
}
