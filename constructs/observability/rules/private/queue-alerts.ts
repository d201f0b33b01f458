import type { AlertRule } from "../rule";
import { promql } from "./promql";

const BASE = { area: "scheduling", dashboard: { name: "pipelines", variables: { queue: "cluster_queue" } } } as const;

/** Queues of Kueue in which nothing moves. */
export const QUEUE_ALERTS: readonly AlertRule[] = [
  {
    ...BASE,
    alert: "GpuQuotaExhausted",
    severity: "info",
    expression: promql`
      queue:gpus_used:sum >= queue:gpus_quota:sum
      and on (cluster_queue) queue:gpus_quota:sum > 0
      and on (cluster_queue) queue:workloads_pending:sum > 0`,
    forMinutes: 30,
    summary: 'All GPUs of queue {{ $labels.cluster_queue }} are in use ({{ $value | printf "%.0f" }}), and jobs wait',
    description:
      "The team uses its whole quota, and has more to run. Jobs wait until others end, or until another team leaves GPUs idle that may be borrowed.",
  },
  {
    ...BASE,
    alert: "KueueQueueInactive",
    severity: "warning",
    expression: 'max by (cluster_queue) (kueue_cluster_queue_status{status="active",replica_role!="follower"}) == 0',
    forMinutes: 10,
    summary: "Queue {{ $labels.cluster_queue }} lets no job go",
    description:
      "Kueue has taken the queue out of service: a flavour that it names is missing, or it has been stopped. All jobs of the team wait.",
  },
  {
    ...BASE,
    alert: "KueueQueueStuck",
    severity: "warning",
    expression: "queue:workloads_pending:sum > 0 unless on (cluster_queue) queue:workloads_admitted:sum > 0",
    forMinutes: 60,
    summary: '{{ $value | printf "%.0f" }} jobs wait in queue {{ $labels.cluster_queue }} and none has run for an hour',
    description:
      "Jobs wait although nothing of the team runs: the first of them asks for more than the quota has, for a flavour that it lacks, or others have borrowed the quota and do not give it back.",
  },
];
