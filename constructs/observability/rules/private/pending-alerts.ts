import type { AlertRule } from "../rule";
import type { RuleSettings } from "../rule-settings";
import { promql } from "./promql";
import { ksm } from "./shared-selectors";

const UNSCHEDULABLE_MINUTES = 15;
const BASE = { area: "scheduling", severity: "warning" } as const;

/** Pods that no node takes. */
export function pendingAlerts(settings: RuleSettings): readonly AlertRule[] {
  return settings.components.gpus ? [gpuPods(settings), otherPods(true)] : [otherPods(false)];
}

/** Pods without a node; whether they are waited for is the age of each, since another may take the place of one that has gone. */
function waitingLonger(minutes: number): string {
  return `time() - ${ksm("kube_pod_created", "namespace, pod")} > ${minutes * 60}`;
}

function gpuPods({ thresholds: { gpuPendingMinutes } }: RuleSettings): AlertRule {
  return {
    ...BASE,
    alert: "GpuPodsPending",
    expression: promql`
      count by (namespace) (
        ${waitingLonger(gpuPendingMinutes)} and on (namespace, pod) pod:gpus_requested:sum{node=""}
      )`,
    forMinutes: 1,
    summary: `{{ $value }} pods in {{ $labels.namespace }} have waited ${gpuPendingMinutes} minutes for GPUs`,
    description:
      "No node has the GPUs that these pods ask for, and none is being started for them, or it takes long. Jobs are late, and model servers have fewer replicas than they should.",
    dashboard: { name: "gpu-fleet", variables: { namespace: "namespace" } },
  };
}

function otherPods(withGpus: boolean): AlertRule {
  const unschedulable = `${ksm("kube_pod_status_unschedulable", "namespace, pod")} == 1`;
  const withoutGpus = withGpus ? "unless on (namespace, pod) pod:gpus_requested:sum" : "";
  return {
    ...BASE,
    alert: "PodsUnschedulable",
    expression: promql`
      count by (namespace) (
        ${waitingLonger(UNSCHEDULABLE_MINUTES)} and on (namespace, pod) ${unschedulable} ${withoutGpus}
      )`,
    forMinutes: 1,
    summary: `{{ $value }} pods in {{ $labels.namespace }} have found no node for ${UNSCHEDULABLE_MINUTES} minutes`,
    description:
      "The scheduler has no node for these pods: CPU or memory is short, or a taint, a selector, a zone or a volume keeps them from all nodes.",
    dashboard: { name: "cluster", variables: { namespace: "namespace" } },
  };
}
