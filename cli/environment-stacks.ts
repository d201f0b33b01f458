import type { EnvironmentConfig } from "../config";
import type { StateBucket } from "../sandbox";
import type { EnvironmentStack } from "../sandbox/deploy";

const LAYERS: readonly Omit<EnvironmentStack, "id">[] = [
  { layer: "network", needs: [] },
  { layer: "data", needs: ["network"] },
  { layer: "cluster", needs: ["network", "data"] },
  { layer: "controllers", needs: ["network", "cluster"], onCluster: true },
];

/** The stacks of an environment, each after those it reads from. */
export function environmentStacks({
  project,
  stage,
  controllers,
}: Pick<EnvironmentConfig, "project" | "stage" | "controllers">): EnvironmentStack[] {
  return LAYERS.filter(({ layer }) => layer !== "controllers" || controllers.enabled).map((stack) => ({
    ...stack,
    id: `${project}-${stage}-${stack.layer}`,
  }));
}

/** Where the states of an environment are. */
export function stateAddress(config: Pick<EnvironmentConfig, "account" | "region" | "state">): StateBucket {
  return { account: config.account, region: config.region, bucket: config.state.bucket };
}
