import type { EnvironmentConfig } from "../config";
import type { StateBucket } from "../sandbox";
import type { EnvironmentStack } from "../sandbox/deploy";

const LAYERS: readonly Omit<EnvironmentStack, "id">[] = [
  { layer: "network", needs: [] },
  { layer: "data", needs: ["network"] },
  { layer: "cluster", needs: ["network", "data"] },
  { layer: "controllers", needs: ["network", "cluster"], onCluster: true },
  { layer: "observability", needs: ["network", "data", "cluster", "controllers"], onCluster: true },
];

type LayeredConfig = Pick<EnvironmentConfig, "project" | "stage" | "controllers" | "observability">;

/** The stacks of an environment, each after those it reads from. */
export function environmentStacks(config: LayeredConfig): EnvironmentStack[] {
  const { project, stage } = config;
  return LAYERS.filter(({ layer }) => isPresent(layer, config)).map((stack) => ({
    ...stack,
    id: `${project}-${stage}-${stack.layer}`,
  }));
}

function isPresent(layer: string, config: LayeredConfig): boolean {
  return layer === "controllers" || layer === "observability" ? config[layer].enabled : true;
}

/** Where the states of an environment are. */
export function stateAddress(config: Pick<EnvironmentConfig, "account" | "region" | "state">): StateBucket {
  return { account: config.account, region: config.region, bucket: config.state.bucket };
}
