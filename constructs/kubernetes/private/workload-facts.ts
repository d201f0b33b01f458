import type { ContainerOptions } from "../container-options";
import type { DeploymentRun, WorkloadOptions } from "../workload-options";

/** Pods of a deployment: two, so that one is left while the other moves. */
export function replicasOf({ replicas = 2 }: DeploymentRun): number {
  return replicas;
}

/** Every container of a workload with its name and the place it has in the props. */
export function containersOf(options: WorkloadOptions): { prop: string; name: string; container: ContainerOptions }[] {
  const listed = (prop: string, containers: Readonly<Record<string, ContainerOptions>> = {}) =>
    Object.entries(containers).map(([name, container]) => ({ prop: `${prop}.${name}`, name, container }));
  return [
    { prop: "container", name: options.name, container: options.container },
    ...listed("sidecars", options.sidecars),
    ...listed("initContainers", options.initContainers),
  ];
}
