import { autoscalerAlerts } from "./private/autoscaler-alerts";
import { pendingAlerts } from "./private/pending-alerts";
import { QUEUE_ALERTS } from "./private/queue-alerts";
import type { RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** What pods and jobs wait for: nodes, quotas, capacity of AWS, and what scales them. */
export function schedulingRules(settings: RuleSettings): readonly RuleGroup[] {
  const { queues } = settings.components;
  const groups: readonly RuleGroup[] = [
    { name: "scheduling-pods", recording: [], alerts: pendingAlerts(settings) },
    { name: "scheduling-autoscalers", recording: [], alerts: autoscalerAlerts(settings) },
    { name: "scheduling-queues", recording: queues ? QUEUES : [], alerts: queues ? QUEUE_ALERTS : [] },
  ];
  return groups.filter(({ alerts }) => alerts.length > 0);
}

/** A replica of Kueue that does not lead reports what it last knew. */
const LEADER = 'replica_role!="follower"';
/** As Kueue spells resources: whole GPUs, shares, and slices of MIG. */
const GPUS = 'resource=~"nvidia.com/.+"';

const QUEUES: readonly RecordingRule[] = [
  {
    record: "queue:workloads_pending:sum",
    expression: `sum by (cluster_queue) (max by (cluster_queue, status) (kueue_pending_workloads{${LEADER}}))`,
    about: "Jobs that wait in a queue.",
  },
  {
    record: "queue:workloads_admitted:sum",
    expression: `max by (cluster_queue) (kueue_admitted_active_workloads{${LEADER}})`,
    about: "Jobs of a queue that have been let go and have not ended.",
  },
  {
    record: "queue:gpus_used:sum",
    expression: gpus("kueue_cluster_queue_resource_usage"),
    about: "GPUs, shares or slices that the jobs of a queue use, borrowed ones included.",
  },
  {
    record: "queue:gpus_quota:sum",
    expression: gpus("kueue_cluster_queue_nominal_quota"),
    about: "GPUs, shares or slices that belong to a queue.",
  },
];

function gpus(metric: string): string {
  return `sum by (cluster_queue) (max by (cluster_queue, flavor, resource) (${metric}{${LEADER},${GPUS}}))`;
}
