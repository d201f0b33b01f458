import type { EnvironmentStack } from "../../sandbox/deploy";
import { downloadControlPlane, findControlPlane } from "../../toolchain";
import type { CliContext } from "../context";
import { controlPlaneSources } from "../control-plane-sources";
import { formatDuration } from "../duration";

/**
 * Downloads the programs of the control plane when a cluster is deployed and they are not there. It never compiles, and what
 * cannot be had stays away: the deploy then says what adds it.
 */
export async function prepareControlPlane(
  { host, root, output, now }: CliContext,
  stacks: readonly Pick<EnvironmentStack, "layer">[],
): Promise<void> {
  if (host.env.FLIGHTDECK_SANDBOX_KUBERNETES === "off" || !stacks.some(({ layer }) => layer === "cluster")) return;
  const sources = { host, ...controlPlaneSources(root) };
  const { missing } = await findControlPlane(sources);
  if (missing.length === 0) return;
  const startedAt = now();
  output.line(`Programs of the Kubernetes control plane: downloading ${missing.join(", ")}`);
  const { missing: still, failed } = await downloadControlPlane(sources);
  const reason = failed[0]?.reason ?? "no release for this machine";
  output.line(still.length === 0 ? `  ready after ${formatDuration(now() - startedAt)}` : `  not now: ${reason}`);
}
