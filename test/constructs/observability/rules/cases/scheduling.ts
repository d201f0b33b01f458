import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

/** A pod of namespace training: when it was made, and what it asks for. */
function waitingPod(pod: string, createdSeconds: number, gpus: number | undefined): Record<string, string> {
  const of = `job="kube-state-metrics",namespace="training",pod="${pod}"`;
  return {
    [`kube_pod_created{${of}}`]: `${createdSeconds}x120`,
    [`kube_pod_status_phase{${of},phase="Pending"}`]: "1x120",
    [`kube_pod_status_unschedulable{${of}}`]: "1x120",
    ...(gpus !== undefined && {
      [`kube_pod_container_resource_requests{${of},container="train",resource="nvidia_com_gpu"}`]: `${gpus}x120`,
    }),
  };
}

const PENDING: readonly RuleCase[] = [
  {
    alert: "GpuPodsPending",
    what: "two pods wait for 16 minutes, and a third for five",
    series: { ...waitingPod("a", 0, 8), ...waitingPod("b", 60, 8), ...waitingPod("c", 780, 8) },
    atMinutes: 18,
    fires: [{ namespace: "training" }],
  },
  {
    alert: "GpuPodsPending",
    what: "pods come and go, and none has waited for a quarter of an hour",
    series: { ...waitingPod("a", 240, 8), ...waitingPod("b", 600, 8) },
    atMinutes: 18,
    fires: [],
  },
  {
    alert: "GpuPodsPending",
    what: "the pod has its node and pulls its image",
    series: {
      'kube_pod_created{job="kube-state-metrics",namespace="training",pod="a"}': "0x60",
      'kube_pod_status_phase{job="kube-state-metrics",namespace="training",pod="a",phase="Pending"}': "1x60",
      'kube_pod_container_resource_requests{job="kube-state-metrics",namespace="training",pod="a",container="t",node="n1",resource="nvidia_com_gpu"}':
        "8x60",
    },
    atMinutes: 40,
    fires: [],
  },
  {
    alert: "PodsUnschedulable",
    what: "a pod without GPUs finds no node for 17 minutes",
    series: waitingPod("a", 0, undefined),
    atMinutes: 18,
    fires: [{ namespace: "training" }],
  },
  {
    alert: "PodsUnschedulable",
    what: "for 14 minutes",
    series: waitingPod("a", 240, undefined),
    atMinutes: 18,
    fires: [],
  },
  {
    alert: "PodsUnschedulable",
    what: "a pod with GPUs waits: that is an alert of its own",
    series: waitingPod("a", 0, 1),
    atMinutes: 40,
    fires: [],
  },
];

const FAILURES = "karpenter_cloudprovider_instance_launch_failures_total";
const NOT_THERE = 'zone="eu-central-1a",zone_id="euc1-az2",capacity_type="spot",reason="LaunchFailed"';
const QUOTA = 'zone="eu-central-1a",zone_id="euc1-az2",capacity_type="on-demand",reason="VCPULimitExceeded"';
const SPOT = 'karpenter_interruption_received_messages_total{message_type="spot_interrupted"}';
const PENDING_POD = {
  'kube_pod_status_phase{job="kube-state-metrics",namespace="a",pod="b",phase="Pending"}': "1x120",
};

function spotNodes(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  return Object.fromEntries(
    names.map((node) => [
      `kube_node_labels{job="kube-state-metrics",node="${node}",label_flightdeck_dev_pool="l4",label_karpenter_sh_capacity_type="spot"}`,
      "1x120",
    ]),
  );
}

const KARPENTER: readonly RuleCase[] = [
  {
    alert: "KarpenterInsufficientCapacity",
    what: "EC2 has had no spot instances for three quarters of an hour",
    series: { [`${FAILURES}{${NOT_THERE}}`]: "0+1x60" },
    atMinutes: 45,
    fires: [{ capacity_type: "spot", zone: "eu-central-1a" }],
  },
  {
    alert: "KarpenterInsufficientCapacity",
    what: "it had none for five minutes",
    series: { [`${FAILURES}{${NOT_THERE}}`]: "0x10 1+1x5 7x60" },
    atMinutes: 45,
    fires: [],
  },
  {
    alert: "KarpenterLaunchFailures",
    what: "the quota of vCPUs is used up",
    series: { [`${FAILURES}{${QUOTA}}`]: "0+1x60" },
    atMinutes: 25,
    fires: [{ reason: "VCPULimitExceeded" }],
  },
  {
    alert: "KarpenterLaunchFailures",
    what: "instances are short, which is another alert",
    series: { [`${FAILURES}{${NOT_THERE}}`]: "0+1x60" },
    atMinutes: 40,
    fires: [],
  },
  {
    alert: "KarpenterPoolAtLimit",
    what: "15 of 16 GPUs of the pool are in use, and pods wait",
    series: {
      ...PENDING_POD,
      'karpenter_nodepools_usage{nodepool="l4",resource_type="nvidia.com/gpu"}': "15x60",
      'karpenter_nodepools_limit{nodepool="l4",resource_type="nvidia.com/gpu"}': "16x60",
    },
    atMinutes: 20,
    fires: [{ nodepool: "l4", resource_type: "nvidia.com/gpu" }],
  },
  {
    alert: "KarpenterPoolAtLimit",
    what: "the pool is at its limit, and nothing waits",
    series: {
      'karpenter_nodepools_usage{nodepool="l4",resource_type="nvidia.com/gpu"}': "16x60",
      'karpenter_nodepools_limit{nodepool="l4",resource_type="nvidia.com/gpu"}': "16x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "KarpenterPoolAtLimit",
    what: "pods wait, and 14 of 16 GPUs are in use",
    series: {
      ...PENDING_POD,
      'karpenter_nodepools_usage{nodepool="l4",resource_type="nvidia.com/gpu"}': "14x60",
      'karpenter_nodepools_limit{nodepool="l4",resource_type="nvidia.com/gpu"}': "16x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "SpotInterruptionsHigh",
    what: "six of ten spot nodes are taken back within an hour",
    series: { ...spotNodes(10), [SPOT]: "0x10 1 2 3 4 5 6x60" },
    atMinutes: 40,
    fires: [{}],
  },
  {
    alert: "SpotInterruptionsHigh",
    what: "all spot nodes are gone",
    series: { [SPOT]: "0x10 1 2 3 4 5 6x60" },
    atMinutes: 40,
    fires: [{}],
  },
  {
    alert: "SpotInterruptionsHigh",
    what: "four of twenty",
    series: { ...spotNodes(20), [SPOT]: "0x10 1 2 3 4x60" },
    atMinutes: 40,
    fires: [],
  },
];

const KEDA_LABELS =
  'namespace="keda",exported_namespace="serving",scaledObject="chat",scaler="prometheusScaler",metric="s0"';

const KEDA: readonly RuleCase[] = [
  {
    alert: "KedaScalerErrors",
    what: "a trigger has failed for a quarter of an hour",
    series: { [`keda_scaler_detail_errors_total{${KEDA_LABELS}}`]: "0+2x60" },
    atMinutes: 20,
    fires: [{ exported_namespace: "serving", scaledObject: "chat", scaler: "prometheusScaler" }],
  },
  {
    alert: "KedaScalerErrors",
    what: "it failed once",
    series: { [`keda_scaler_detail_errors_total{${KEDA_LABELS}}`]: "0x5 1x60" },
    atMinutes: 25,
    fires: [],
  },
];

const TEAM = 'cluster_queue="research"';
const GPU = `cohort="teams",${TEAM},flavor="l4",resource="nvidia.com/gpu"`;

/** A queue with so many GPUs in use of eight, jobs that wait and jobs that run. */
function queue(used: number, pending: number, admitted: number): Record<string, string> {
  return {
    [`kueue_cluster_queue_resource_usage{${GPU},replica_role="leader"}`]: `${used}x120`,
    [`kueue_cluster_queue_nominal_quota{${GPU},replica_role="leader"}`]: "8x120",
    [`kueue_pending_workloads{${TEAM},status="active",replica_role="leader"}`]: "0x120",
    [`kueue_pending_workloads{${TEAM},status="inadmissible",replica_role="leader"}`]: `${pending}x120`,
    [`kueue_pending_workloads{${TEAM},status="inadmissible",replica_role="follower"}`]: "9x120",
    [`kueue_admitted_active_workloads{${TEAM},replica_role="leader"}`]: `${admitted}x120`,
  };
}

const QUEUES: readonly RuleCase[] = [
  {
    alert: "GpuQuotaExhausted",
    what: "all eight GPUs in use and a job waits",
    series: queue(8, 1, 4),
    atMinutes: 35,
    fires: [{ cluster_queue: "research", severity: "info" }],
  },
  {
    alert: "GpuQuotaExhausted",
    what: "all eight in use, and nothing waits but in the memory of a replica that does not lead",
    series: queue(8, 0, 4),
    atMinutes: 60,
    fires: [],
  },
  {
    alert: "GpuQuotaExhausted",
    what: "seven in use",
    series: queue(7, 3, 4),
    atMinutes: 60,
    fires: [],
  },
  {
    alert: "KueueQueueInactive",
    what: "the queue has been pending for eleven minutes",
    series: {
      [`kueue_cluster_queue_status{${TEAM},status="active",replica_role="leader"}`]: "1x3 0x60",
      [`kueue_cluster_queue_status{${TEAM},status="pending",replica_role="leader"}`]: "0x3 1x60",
    },
    atMinutes: 16,
    fires: [{ cluster_queue: "research" }],
  },
  {
    alert: "KueueQueueInactive",
    what: "the queue is active",
    series: {
      [`kueue_cluster_queue_status{${TEAM},status="active",replica_role="leader"}`]: "1x60",
      [`kueue_cluster_queue_status{${TEAM},status="active",replica_role="follower"}`]: "0x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "KueueQueueStuck",
    what: "two jobs wait, and none has run for over an hour",
    series: queue(0, 2, 0),
    atMinutes: 65,
    fires: [{ cluster_queue: "research" }],
  },
  {
    alert: "KueueQueueStuck",
    what: "jobs wait while one runs",
    series: queue(8, 2, 1),
    atMinutes: 90,
    fires: [],
  },
];

/** For each alert of scheduling what raises it, and what comes near and does not. */
export const cases: readonly RuleCase[] = [...PENDING, ...KARPENTER, ...KEDA, ...QUEUES];

/** What the series of queues are made of. */
export const recordingCases: readonly RecordingCase[] = [
  {
    what: "a replica that does not lead says nothing of the queues",
    expression: "queue:workloads_pending:sum",
    series: queue(8, 2, 1),
    atMinutes: 5,
    samples: [{ labels: { cluster_queue: "research" }, value: 2 }],
  },
  {
    what: "flavours and kinds of GPUs of a queue add up",
    expression: "queue:gpus_quota:sum",
    series: {
      [`kueue_cluster_queue_nominal_quota{${GPU},replica_role="standalone"}`]: "8x10",
      [`kueue_cluster_queue_nominal_quota{${TEAM},flavor="h100",resource="nvidia.com/mig-1g.10gb",replica_role="standalone"}`]:
        "14x10",
      [`kueue_cluster_queue_nominal_quota{${TEAM},flavor="h100",resource="cpu",replica_role="standalone"}`]: "96x10",
    },
    atMinutes: 5,
    samples: [{ labels: { cluster_queue: "research" }, value: 22 }],
  },
];
