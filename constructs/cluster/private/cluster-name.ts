import { type EnvironmentIdentity, NAME_LIMITS, resourceName } from "../../core/naming";

/** Name of the cluster of an environment. */
export function clusterNameOf({ project, stage }: EnvironmentIdentity): string {
  return resourceName([project, stage], { max: NAME_LIMITS.eksCluster });
}
