import { allEnded } from "../collect-failures";
import { endControlPlane } from "../control-plane";
import { clusterFolders } from "./cluster-folder";

/**
 * Ends the control planes of all clusters of a sandbox that does not run.
 *
 * @param root folder with one folder per cluster
 * @throws SandboxError SANDBOX_CONTROL_PLANE_HELD when a living process runs one, SANDBOX_STOP_FAILED when a process cannot be
 * ended
 */
export async function endAllLeftovers(root: string): Promise<void> {
  await allEnded(clusterFolders(root).map(({ controlPlane }) => endControlPlane(controlPlane)));
}
