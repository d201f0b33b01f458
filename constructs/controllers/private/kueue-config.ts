import { stringify } from "yaml";
import type { JobFramework } from "../job-framework";

/** What the configuration of Kueue's manager depends on. */
export interface KueueConfig {
  readonly frameworks: readonly JobFramework[];
  readonly managedNamespaces: readonly string[];
  readonly podsReadyTimeoutMinutes: number | "never";
  readonly fairSharing: boolean;
  readonly holdJobsWithoutQueue: boolean;
  readonly monitoring: boolean;
}

/**
 * Resources that jobs ask for beside what quotas count: they come with the node, and a queue without a quota for them would
 * never let the job start.
 */
const UNCOUNTED = ["vpc.amazonaws.com/efa", "ephemeral-storage", "hugepages-"];

/**
 * The configuration of Kueue's manager as YAML. Ports and the name of the lease are those that the chart's services, probes and
 * roles expect.
 *
 * @see https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/apis/config/v1beta2/configuration_types.go
 */
export function kueueConfig(config: KueueConfig): string {
  return stringify({
    apiVersion: "config.kueue.x-k8s.io/v1beta2",
    kind: "Configuration",
    health: { healthProbeBindAddress: ":8081" },
    // How much of its quota a queue uses is told only on demand: a series for each queue, flavour and resource.
    metrics: { bindAddress: ":8443", ...(config.monitoring && { enableClusterQueueResources: true }) },
    webhook: { port: 9443 },
    leaderElection: { leaderElect: true, resourceName: "c1f6bfd2.kueue.x-k8s.io" },
    clientConnection: { qps: 300, burst: 500 },
    integrations: { frameworks: config.frameworks },
    // The webhooks of jobs look at these namespaces alone: elsewhere jobs start even while Kueue is down.
    managedJobsNamespaceSelector: {
      matchExpressions: [
        { key: "kubernetes.io/metadata.name", operator: "In", values: [...config.managedNamespaces].sort() },
      ],
    },
    manageJobsWithoutQueueName: config.holdJobsWithoutQueue,
    resources: { excludeResourcePrefixes: UNCOUNTED },
    ...podsReady(config.podsReadyTimeoutMinutes),
    ...(config.fairSharing && {
      fairSharing: { preemptionStrategies: ["LessThanOrEqualToFinalShare", "LessThanInitialShare"] },
    }),
  });
}

/** A job that got its nodes but not all its pods gives them back, and waits longer from time to time. */
function podsReady(minutes: number | "never"): Record<string, unknown> {
  if (minutes === "never") return {};
  return {
    waitForPodsReady: {
      timeout: `${minutes}m`,
      recoveryTimeout: `${minutes}m`,
      blockAdmission: false,
      requeuingStrategy: { timestamp: "Eviction", backoffBaseSeconds: 60, backoffMaxSeconds: 3600 },
    },
  };
}
