import type { AlertRule } from "../rule";
import { FAILED_JOBS, FAILED_JOBS_OF_TEAMS, JOB, OF_SCHEDULES } from "./job-series";
import { promql } from "./promql";
import { KSM, ksm } from "./shared-selectors";

const BASE = {
  area: "cluster",
  severity: "warning",
  dashboard: { name: "cluster", variables: { namespace: "namespace" } },
} as const;

/** Waiting for one of these does not end by itself, whatever Kubernetes goes on to try. */
const CANNOT_START = "ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError";

const CONTAINER = "namespace, pod, container";

/** Where nodes come and go all the time, some are always too new to have a ready pod: this share of them at most. */
const DAEMONS_STARTING = 0.1;

const DAEMONS_WANTED = ksm("kube_daemonset_status_desired_number_scheduled", "namespace, daemonset");

function replicasMissing(kind: string, wanted: string, there: string): string {
  const labels = `namespace, ${kind}`;
  return `${ksm(wanted, labels)} - ${ksm(there, labels)} > 0`;
}

/** Workloads that do not run as they should, of all namespaces. */
export const WORKLOAD_ALERTS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "PodCrashLooping",
    expression: promql`
      max by (${CONTAINER}) (
        max_over_time(kube_pod_container_status_waiting_reason{${KSM},reason="CrashLoopBackOff"}[5m])
      ) >= 1
      and on (${CONTAINER}) sum by (${CONTAINER}) (
        increase(kube_pod_container_status_restarts_total{${KSM}}[30m])
      ) > 0`,
    forMinutes: 15,
    summary: "Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ends again and again",
    description: "The container starts and ends, and Kubernetes waits longer each time. What it serves is not there.",
  },
  {
    ...BASE,
    alert: "ContainerCannotStart",
    expression: `${ksm("kube_pod_container_status_waiting_reason", `${CONTAINER}, reason`, `reason=~"${CANNOT_START}"`)} == 1`,
    forMinutes: 15,
    summary:
      "Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} does not start: {{ $labels.reason }}",
    description:
      "The image cannot be had, or a secret or a config map that the container names is missing. The pod holds its place on the node, GPUs included, and does nothing.",
  },
  {
    ...BASE,
    alert: "ContainerOutOfMemory",
    severity: "info",
    expression: promql`
      sum by (${CONTAINER}) (increase(kube_pod_container_status_restarts_total{${KSM}}[1h])) >= 2
      and on (${CONTAINER})
      ${ksm("kube_pod_container_status_last_terminated_reason", CONTAINER, 'reason="OOMKilled"')} == 1`,
    summary:
      'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} was restarted {{ $value | printf "%.0f" }} times in an hour, last for lack of memory',
    description: "The container uses more memory than its limit allows and is ended each time it does.",
  },
  {
    ...BASE,
    alert: "DeploymentReplicasMissing",
    expression: replicasMissing(
      "deployment",
      "kube_deployment_spec_replicas",
      "kube_deployment_status_replicas_available",
    ),
    forMinutes: 15,
    summary: "{{ $value }} replicas of deployment {{ $labels.namespace }}/{{ $labels.deployment }} are missing",
    description: "The deployment has had fewer available pods than it asks for: it carries less load, or none.",
  },
  {
    ...BASE,
    alert: "StatefulSetReplicasMissing",
    expression: replicasMissing("statefulset", "kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"),
    forMinutes: 15,
    summary: "{{ $value }} replicas of stateful set {{ $labels.namespace }}/{{ $labels.statefulset }} are missing",
    description: "The stateful set has had fewer ready pods than it asks for: what it stores may be out of reach.",
  },
  {
    ...BASE,
    alert: "DaemonSetPodsMissing",
    expression: promql`
      ${DAEMONS_WANTED} - ${ksm("kube_daemonset_status_number_ready", "namespace, daemonset")}
      > ${DAEMONS_STARTING} * ${DAEMONS_WANTED}`,
    forMinutes: 20,
    summary: "{{ $value }} nodes lack a ready pod of daemon set {{ $labels.namespace }}/{{ $labels.daemonset }}",
    description:
      "More than a tenth of the nodes have been without what every node needs: network, storage, devices, logs or metrics, by the daemon set that it is. New nodes alone do not make so many for so long.",
  },
  {
    ...BASE,
    alert: "JobFailed",
    // Jobs of schedules and of teams have alerts of their own, whatever parts the platform has.
    expression: promql`
      ${FAILED_JOBS} unless ${OF_SCHEDULES} unless on (${JOB}) (${FAILED_JOBS_OF_TEAMS})`,
    summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed",
    description: "The job has used up its tries or its time. Nothing starts it again until it is made anew.",
    dashboard: { name: "pipelines", variables: { namespace: "namespace" } },
  },
];
