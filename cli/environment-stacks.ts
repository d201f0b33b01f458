import type { EnvironmentConfig } from "../config";
import type { StateBucket } from "../sandbox";
import type { EnvironmentStack } from "../sandbox/deploy";

const LAYERS: readonly Omit<EnvironmentStack, "id">[] = [
  { layer: "network", needs: [] },
  { layer: "data", needs: ["network"] },
  { layer: "cluster", needs: ["network", "data"] },
];

/** The stacks of an environment, each after those it reads from. */
export function environmentStacks({
  project,
  stage,
}: Pick<EnvironmentConfig, "project" | "stage">): EnvironmentStack[] {
  return LAYERS.map(({ layer, needs }) => ({ id: `${project}-${stage}-${layer}`, layer, needs }));
}

/** Where the states of an environment are. */
export function stateAddress(config: Pick<EnvironmentConfig, "account" | "region" | "state">): StateBucket {
  return { account: config.account, region: config.region, bucket: config.state.bucket };
}
