import type { TerraformStack } from "cdktf";
import type { ICluster } from "../../constructs/cluster/cluster";
import { JobQueues, type JobQueuesProps } from "../../constructs/controllers/job-queues";
import { type IKueueController, KueueController } from "../../constructs/controllers/kueue-controller";
import type { PoolQuota } from "../../constructs/controllers/team-queue";
import type { ManifestObject } from "../../constructs/kubernetes/manifest-object";
import { synthesizeKubernetes } from "./kubernetes";
import { addEfaPool, addGpuPool, addNeuronPool, clusterWithCpuPool, namespace, objectsOf } from "./releases";
import type { Synthesized } from "./synth";

/** What queues are tried with, the cluster and Kueue aside. */
export type QueueOptions = Partial<Omit<JobQueuesProps, "cluster" | "controller">>;
type Quotas = Readonly<Record<string, PoolQuota>>;

const MANAGED = ["training", "notebooks", "ranking"];

/** A cluster with pools of every kind: batch (40 cores, 160 GiB), l4 (16 shares), training (32 H100), neuron (12 devices). */
export function clusterWithPools(stack: TerraformStack): ICluster {
  const cluster = clusterWithCpuPool(stack);
  addGpuPool(cluster, "l4", { sharing: { timeSlicing: { replicas: 4 } }, instanceTypes: ["g6.xlarge", "g6.2xlarge"] });
  addEfaPool(cluster);
  addNeuronPool(cluster);
  return cluster;
}

/** Kueue that is installed elsewhere and looks at `training`, `notebooks` and `ranking`. */
export function importedController(stack: TerraformStack): IKueueController {
  return KueueController.fromKueueControllerAttributes(stack, "Kueue", {
    namespace: namespace(stack, "kueue-system"),
    managedNamespaces: MANAGED,
  });
}

/** Queues in a cluster with pools of every kind. */
export function defineQueues(stack: TerraformStack, options: (stack: TerraformStack) => QueueOptions): JobQueues {
  const cluster = clusterWithPools(stack);
  return new JobQueues(stack, "Queues", {
    cluster,
    controller: importedController(stack),
    teams: [],
    ...options(stack),
  });
}

/** Queues, synthesised. */
export function queues(options: (stack: TerraformStack) => QueueOptions): Synthesized {
  return synthesizeKubernetes((stack) => void defineQueues(stack, options));
}

/** One team `research` with these quotas. */
export function research(quotas: Quotas, others: QueueOptions = {}): (stack: TerraformStack) => QueueOptions {
  return (stack) => ({
    teams: [{ name: "research", namespaces: [namespace(stack, "training"), namespace(stack, "notebooks")], quotas }],
    ...others,
  });
}

/** Objects of queues. */
export function queueObjects(options: (stack: TerraformStack) => QueueOptions): readonly ManifestObject[] {
  return objectsOf(queues(options).resource("helm_release"));
}
