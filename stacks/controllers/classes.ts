import type { Construct } from "constructs";
import { type ICluster, PriorityClass, StorageClass } from "../../constructs";

/** Who goes before whom when nodes are short; controllers have the classes of Kubernetes itself, far above. */
const PRIORITIES = {
  serving: { value: 100_000, description: "Models that answer requests: they push out what can wait." },
  interactive: { value: 50_000, description: "Notebooks and services of development: someone sits before them." },
  training: { value: 10_000, description: "Training that was asked for: it goes before batch jobs." },
  batch: {
    value: 1000,
    description: "Jobs that can start again: they wait for room and push out nothing.",
    preempts: false,
  },
};

/** Name of the default storage class. */
export const STORAGE_CLASS = "gp3";

/** Defines the storage class of volumes and the priority classes of workloads. */
export function defineClasses(scope: Construct, cluster: ICluster): void {
  new StorageClass(scope, "DefaultStorage", { cluster, name: STORAGE_CLASS, defaultClass: true });
  for (const [name, priority] of Object.entries(PRIORITIES)) {
    new PriorityClass(scope, `Priority-${name}`, { name, ...priority });
  }
}
