import { existsSync, realpathSync } from "node:fs";
import { inTurn } from "../collect-failures";
import { COMPONENT_NAMES, componentMarks, type ComponentName } from "./components/marks";
import { controlPlanePaths } from "./control-plane-paths";
import { endProcess } from "./processes/component-process";
import { readRecord, writeRecord } from "./processes/control-plane-record";
import { releaseDirectoryLock, takeDirectoryLock } from "./processes/directory-lock";
import { processesWith } from "./processes/process-identity";

/**
 * Ends what still runs of a control plane whose sandbox died, in order and without starting anything: what the record
 * names, and what was started just before the record was cut off. One that does not end keeps no other one running.
 *
 * @param directory folder of the control plane
 * @throws SandboxError SANDBOX_CONTROL_PLANE_HELD when a living process runs it, SANDBOX_STOP_FAILED when a process
 * cannot be ended
 */
export async function endControlPlane(directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const paths = controlPlanePaths(realpathSync(directory));
  takeDirectoryLock(paths.lock);
  try {
    const { ports, processes } = readRecord(paths.record);
    const marks = componentMarks(paths);
    const endAll = (name: ComponentName) => {
      const recorded = processes[name];
      const others = processesWith(marks[name]).filter(({ started }) => started !== recorded?.started);
      return inTurn([...(recorded ? [recorded] : []), ...others].map((identity) => () => endProcess(identity)));
    };
    await inTurn([...COMPONENT_NAMES].reverse().map((name) => () => endAll(name)));
    if (existsSync(paths.record)) writeRecord(paths.record, { ports, processes: {} });
  } finally {
    releaseDirectoryLock(paths.lock);
  }
}
