import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

const KSM = 'job="kube-state-metrics"';
const TRAIN_JOB = { namespace: "training", job_name: "train-1" };
const READY = `kube_node_status_condition{${KSM},node="n1",condition="Ready",status="true"}`;
const POOL = { [`kube_node_labels{${KSM},node="n1",label_flightdeck_dev_pool="batch"}`]: "1x400" };
const NODE = { node: "n1", pool: "batch" };

/** A filesystem of node n1: its size is 1000. */
function disk(free: string, mountpoint = "/", readonly = 0): Record<string, string> {
  const of = `job="node-exporter",node="n1",device="/dev/nvme0n1p1",fstype="ext4",mountpoint="${mountpoint}"`;
  return {
    [`node_filesystem_avail_bytes{${of}}`]: free,
    [`node_filesystem_size_bytes{${of}}`]: "1000x400",
    [`node_filesystem_readonly{${of}}`]: `${readonly}x400`,
  };
}

const VOLUME = 'job="kubelet",namespace="serving",persistentvolumeclaim="models"';

const NODES: readonly RuleCase[] = [
  {
    alert: "NodeNotReady",
    what: "the kubelet has been silent for 16 minutes",
    series: { ...POOL, [READY]: "1x2 0x60" },
    atMinutes: 20,
    fires: [NODE],
  },
  {
    alert: "NodeNotReady",
    what: "the kubelet is back after twelve minutes",
    series: { ...POOL, [READY]: "1x2 0x11 1x60" },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "NodeNotReady",
    what: "a node with GPUs, which is an alert of its own",
    series: {
      ...POOL,
      [READY]: "0x60",
      [`kube_node_status_capacity{${KSM},node="n1",resource="nvidia_com_gpu"}`]: "8x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "NodeUnderPressure",
    what: "memory is short for a quarter of an hour",
    series: {
      ...POOL,
      [`kube_node_status_condition{${KSM},node="n1",condition="MemoryPressure",status="true"}`]: "0x3 1x60",
    },
    atMinutes: 18,
    fires: [{ ...NODE, condition: "MemoryPressure" }],
  },
  {
    alert: "NodeUnderPressure",
    what: "the node is ready, and that it has no pressure is true",
    series: {
      ...POOL,
      [READY]: "1x60",
      [`kube_node_status_condition{${KSM},node="n1",condition="DiskPressure",status="false"}`]: "1x60",
      [`kube_node_status_condition{${KSM},node="n1",condition="DiskPressure",status="true"}`]: "0x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "NodeDiskFilling",
    what: "88% full and full in three hours",
    series: { ...POOL, ...disk("300-1.5x400") },
    atMinutes: 120,
    fires: [NODE],
  },
  {
    alert: "NodeDiskFilling",
    what: "88% full for hours",
    series: { ...POOL, ...disk("120x400") },
    atMinutes: 200,
    fires: [],
  },
  {
    alert: "NodeDiskFilling",
    what: "the system of Bottlerocket is full, and cannot be written",
    series: { ...POOL, ...disk("0x400", "/", 1), ...disk("600x400", "/local") },
    atMinutes: 200,
    fires: [],
  },
  {
    alert: "VolumeFilling",
    what: "87% of the bytes",
    series: {
      [`kubelet_volume_stats_used_bytes{${VOLUME}}`]: "87x60",
      [`kubelet_volume_stats_capacity_bytes{${VOLUME}}`]: "100x60",
    },
    atMinutes: 15,
    fires: [{ namespace: "serving", persistentvolumeclaim: "models" }],
  },
  {
    alert: "VolumeFilling",
    what: "90% of the inodes of a volume that is half empty",
    series: {
      [`kubelet_volume_stats_used_bytes{${VOLUME}}`]: "50x60",
      [`kubelet_volume_stats_capacity_bytes{${VOLUME}}`]: "100x60",
      [`kubelet_volume_stats_inodes_used{${VOLUME}}`]: "90x60",
      [`kubelet_volume_stats_inodes{${VOLUME}}`]: "100x60",
    },
    atMinutes: 15,
    fires: [{ namespace: "serving", persistentvolumeclaim: "models" }],
  },
  {
    alert: "VolumeFilling",
    what: "84%, and a network filesystem that says no size",
    series: {
      [`kubelet_volume_stats_used_bytes{${VOLUME}}`]: "84x60",
      [`kubelet_volume_stats_capacity_bytes{${VOLUME}}`]: "100x60",
      'kubelet_volume_stats_used_bytes{job="kubelet",namespace="a",persistentvolumeclaim="s3"}': "5x60",
      'kubelet_volume_stats_capacity_bytes{job="kubelet",namespace="a",persistentvolumeclaim="s3"}': "0x60",
    },
    atMinutes: 30,
    fires: [],
  },
];

const CONTAINER = `${KSM},namespace="serving",pod="chat-0",container="server"`;
const HERE = { namespace: "serving", pod: "chat-0", container: "server" };
const RESTARTS = `kube_pod_container_status_restarts_total{${CONTAINER}}`;

const CONTAINERS: readonly RuleCase[] = [
  {
    alert: "PodCrashLooping",
    what: "the container ends every five minutes",
    series: {
      [RESTARTS]: "0+0.2x60",
      [`kube_pod_container_status_waiting_reason{${CONTAINER},reason="CrashLoopBackOff"}`]: "1 0 1 1 1x60",
    },
    atMinutes: 25,
    fires: [HERE],
  },
  {
    alert: "PodCrashLooping",
    what: "it ended twice and runs since then",
    series: {
      [RESTARTS]: "0 1 2x60",
      [`kube_pod_container_status_waiting_reason{${CONTAINER},reason="CrashLoopBackOff"}`]: "0 1 1 1 0x60",
    },
    atMinutes: 25,
    fires: [],
  },
  {
    alert: "ContainerCannotStart",
    what: "the image is not there",
    series: { [`kube_pod_container_status_waiting_reason{${CONTAINER},reason="ImagePullBackOff"}`]: "1x60" },
    atMinutes: 20,
    fires: [{ ...HERE, reason: "ImagePullBackOff" }],
  },
  {
    alert: "ContainerCannotStart",
    what: "the container is being made, which takes long with a large image",
    series: { [`kube_pod_container_status_waiting_reason{${CONTAINER},reason="ContainerCreating"}`]: "1x60" },
    atMinutes: 40,
    fires: [],
  },
  {
    alert: "ContainerOutOfMemory",
    what: "three restarts within the hour, last for lack of memory",
    series: {
      [RESTARTS]: "0x5 1x5 2x5 3x60",
      [`kube_pod_container_status_last_terminated_reason{${CONTAINER},reason="OOMKilled"}`]: "_x5 1x70",
    },
    atMinutes: 30,
    fires: [{ ...HERE, severity: "info" }],
  },
  {
    alert: "ContainerOutOfMemory",
    what: "one restart",
    series: {
      [RESTARTS]: "0x5 1x70",
      [`kube_pod_container_status_last_terminated_reason{${CONTAINER},reason="OOMKilled"}`]: "_x5 1x70",
    },
    atMinutes: 30,
    fires: [],
  },
];

/** What a workload asks for and has, of the kind and the metrics that are named. */
function replicas(
  kind: string,
  wanted: string,
  there: string,
  values: readonly [string, string],
): Record<string, string> {
  const of = `${KSM},namespace="serving",${kind}="chat"`;
  return { [`${wanted}{${of}}`]: values[0], [`${there}{${of}}`]: values[1] };
}

const DEPLOYMENT = [
  "deployment",
  "kube_deployment_spec_replicas",
  "kube_deployment_status_replicas_available",
] as const;
const STATEFUL_SET = ["statefulset", "kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"] as const;
const DAEMON_SET = [
  "daemonset",
  "kube_daemonset_status_desired_number_scheduled",
  "kube_daemonset_status_number_ready",
] as const;

const WORKLOADS: readonly RuleCase[] = [
  {
    alert: "DeploymentReplicasMissing",
    what: "two of three replicas for 16 minutes",
    series: replicas(...DEPLOYMENT, ["3x60", "3x2 2x60"]),
    atMinutes: 20,
    fires: [{ namespace: "serving", deployment: "chat" }],
  },
  {
    alert: "DeploymentReplicasMissing",
    what: "a rollout that is done after ten minutes, and a deployment of no replicas",
    series: replicas(...DEPLOYMENT, ["3x15 0x60", "2x9 3x6 0x60"]),
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "StatefulSetReplicasMissing",
    what: "one of two is not ready",
    series: replicas(...STATEFUL_SET, ["2x60", "1x60"]),
    atMinutes: 20,
    fires: [{ namespace: "serving", statefulset: "chat" }],
  },
  {
    alert: "StatefulSetReplicasMissing",
    what: "it is ready after twelve minutes",
    series: replicas(...STATEFUL_SET, ["2x60", "1x12 2x60"]),
    atMinutes: 20,
    fires: [],
  },
  {
    alert: "DaemonSetPodsMissing",
    what: "of forty nodes five lack the pod for 22 minutes",
    series: replicas(...DAEMON_SET, ["40x60", "35x60"]),
    atMinutes: 22,
    fires: [{ namespace: "serving", daemonset: "chat" }],
  },
  {
    alert: "DaemonSetPodsMissing",
    what: "of forty nodes three are always too new to have theirs",
    series: replicas(...DAEMON_SET, ["40x60", "37x60"]),
    atMinutes: 40,
    fires: [],
  },
  {
    alert: "DaemonSetPodsMissing",
    what: "a new node gets its pod after a quarter of an hour",
    series: replicas(...DAEMON_SET, ["5x5 6x60", "5x20 6x60"]),
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "JobFailed",
    what: "a job has used up its tries",
    series: { [`kube_job_failed{${KSM},namespace="training",job_name="train-1",condition="true"}`]: "0x3 1x10" },
    atMinutes: 6,
    fires: [TRAIN_JOB],
  },
  ...[
    { what: "a job of no team that a workflow has made has failed", owner: "Workflow", team: "", fires: [TRAIN_JOB] },
    { what: "the job is a team's, whose own alert fires", owner: "", team: "research", fires: [] },
    { what: "a workflow of a team has made the job", owner: "Workflow", team: "research", fires: [TRAIN_JOB] },
    { what: "a schedule has made the job, which is judged by its last run", owner: "CronJob", team: "", fires: [] },
    { what: "a schedule of a team has made the job", owner: "CronJob", team: "research", fires: [] },
  ].map(({ what, owner, team, fires }) => ({
    alert: "JobFailed",
    what,
    series: {
      [`kube_job_failed{${KSM},namespace="training",job_name="train-1",condition="true"}`]: "0x3 1x10",
      [`kube_job_owner{${KSM},namespace="training",job_name="train-1",owner_kind="${owner}"}`]: "1x20",
      [`kube_namespace_labels{${KSM},namespace="training",label_flightdeck_dev_team="${team}"}`]: "1x20",
    },
    atMinutes: 6,
    fires,
  })),
  {
    alert: "JobFailed",
    what: "a job tries again",
    series: {
      [`kube_job_failed{${KSM},namespace="training",job_name="train-1",condition="true"}`]: "0x10",
      [`kube_job_status_failed{${KSM},namespace="training",job_name="train-1"}`]: "2x10",
    },
    atMinutes: 6,
    fires: [],
  },
];

const CONTROL_PLANE: readonly RuleCase[] = [
  {
    alert: "ApiServerDown",
    what: "both addresses of the API server cannot be scraped",
    series: { 'up{job="apiserver",instance="a"}': "1x3 0x20", 'up{job="apiserver",instance="b"}': "1x3 0x20" },
    atMinutes: 10,
    fires: [{ severity: "critical" }],
  },
  {
    alert: "ApiServerDown",
    what: "one of two can be",
    series: { 'up{job="apiserver",instance="a"}': "0x20", 'up{job="apiserver",instance="b"}': "1x20" },
    atMinutes: 15,
    fires: [],
  },
  {
    alert: "ApiServerErrors",
    what: "6 of 100 requests fail",
    series: {
      'apiserver_request_total{job="apiserver",code="200",verb="GET"}': "0+94x60",
      'apiserver_request_total{job="apiserver",code="503",verb="GET"}': "0+6x60",
    },
    atMinutes: 20,
    fires: [{ severity: "critical" }],
  },
  {
    alert: "ApiServerErrors",
    what: "4 of 100 fail, and clients ask for what is not there",
    series: {
      'apiserver_request_total{job="apiserver",code="404",verb="GET"}': "0+96x60",
      'apiserver_request_total{job="apiserver",code="500",verb="GET"}': "0+4x60",
    },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "DnsErrors",
    what: "6 of 100 answers are failures of the server",
    series: {
      'coredns_dns_responses_total{job="coredns",rcode="NOERROR"}': "0+94x60",
      'coredns_dns_responses_total{job="coredns",rcode="SERVFAIL"}': "0+6x60",
    },
    atMinutes: 20,
    fires: [{ severity: "critical" }],
  },
  {
    alert: "DnsErrors",
    what: "half of the names do not exist, which search domains bring about",
    series: {
      'coredns_dns_responses_total{job="coredns",rcode="NXDOMAIN"}': "0+50x60",
      'coredns_dns_responses_total{job="coredns",rcode="NOERROR"}': "0+48x60",
      'coredns_dns_responses_total{job="coredns",rcode="SERVFAIL"}': "0+2x60",
    },
    atMinutes: 30,
    fires: [],
  },
];

/** For each alert of the cluster what raises it, and what comes near and does not. */
export const cases: readonly RuleCase[] = [...NODES, ...CONTAINERS, ...WORKLOADS, ...CONTROL_PLANE];

const CPU = 'job="node-exporter",node="n1",mode="idle"';

/** What the series of nodes, pools and namespaces are made of. */
export const recordingCases: readonly RecordingCase[] = [
  {
    what: "of two CPUs one is busy half of the time",
    expression: "pool:cpu_utilization:avg",
    series: {
      ...POOL,
      [`node_cpu_seconds_total{${CPU},cpu="0"}`]: "0+60x20",
      [`node_cpu_seconds_total{${CPU},cpu="1"}`]: "0+30x20",
    },
    atMinutes: 10,
    samples: [{ labels: { pool: "batch" }, value: 0.25 }],
  },
  {
    what: "requests of pods that wait for a node or have ended do not count",
    expression: "cluster:cpu_requested:ratio",
    series: {
      [`kube_node_status_allocatable{${KSM},node="n1",resource="cpu"}`]: "8x10",
      [`kube_pod_container_resource_requests{${KSM},namespace="a",pod="runs",container="c",node="n1",resource="cpu"}`]:
        "2x10",
      [`kube_pod_status_phase{${KSM},namespace="a",pod="runs",phase="Running"}`]: "1x10",
      [`kube_pod_container_resource_requests{${KSM},namespace="a",pod="waits",container="c",resource="cpu"}`]: "4x10",
      [`kube_pod_status_phase{${KSM},namespace="a",pod="waits",phase="Pending"}`]: "1x10",
      [`kube_pod_container_resource_requests{${KSM},namespace="a",pod="done",container="c",node="n1",resource="cpu"}`]:
        "4x10",
      [`kube_pod_status_phase{${KSM},namespace="a",pod="done",phase="Succeeded"}`]: "1x10",
    },
    atMinutes: 5,
    samples: [{ labels: {}, value: 0.25 }],
  },
  {
    what: "nothing is pending, and that is a number",
    expression: "cluster:pods_pending:count",
    series: {},
    atMinutes: 5,
    samples: [{ labels: {}, value: 0 }],
  },
  {
    what: "sums of pods and of the node are not counted again",
    expression: "namespace:memory_usage_bytes:sum",
    series: {
      'container_memory_working_set_bytes{job="kubelet",namespace="a",pod="b",container="c",node="n1"}': "100x10",
      'container_memory_working_set_bytes{job="kubelet",namespace="a",pod="b",node="n1"}': "110x10",
      'container_memory_working_set_bytes{job="kubelet",node="n1",id="/"}': "900x10",
    },
    atMinutes: 5,
    samples: [{ labels: { namespace: "a" }, value: 100 }],
  },
  {
    what: "the fullest filesystem of a node that can be written",
    expression: "node:disk_used:ratio",
    series: { ...disk("0x10", "/", 1), ...disk("500x10", "/local"), ...disk("750x10", "/data") },
    atMinutes: 5,
    samples: [{ labels: { node: "n1" }, value: 0.5 }],
  },
];
