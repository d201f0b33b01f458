import { around, fixedShare } from "./noise";
import { FILLING_NODE, fillingDisk, GPU_PODS, isThere, JOBS, NODES, PODS, TEAMS, type WorldPod } from "./platform";
import type { Moment, Sink } from "./sink";
import type { Target } from "./target";

const GIB = 1024 ** 3;

/** What a cluster says of itself: nodes, pods, jobs, volumes, and its own parts. */
export function kubernetesTargets(): readonly Target[] {
  return [
    { job: "kube-state-metrics", labels: { instance: "10.0.71.20:8080" }, tell: tellState },
    ...NODES.flatMap((node): Target[] => [
      {
        job: "node-exporter",
        labels: { instance: node.name, node: node.name },
        tell: (sink, moment) => tellNode(sink, moment, node),
      },
      {
        job: "kubelet",
        labels: { instance: node.name, node: node.name, metrics_path: "/metrics/cadvisor" },
        tell: (sink, moment) => tellContainers(sink, moment, node.name),
      },
    ]),
    { job: "kubelet", labels: { instance: "volumes", metrics_path: "/metrics" }, tell: tellVolumes },
    { job: "apiserver", labels: { instance: "10.0.4.11:443" }, tell: tellApiServer },
    { job: "coredns", labels: { instance: "10.0.12.9:9153" }, tell: tellCoreDns },
  ];
}

function tellState(sink: Sink, moment: Moment): void {
  for (const node of NODES) tellNodeState(sink, node);
  for (const [namespace, team] of Object.entries(TEAMS)) {
    sink.gauge("kube_namespace_labels", { namespace, label_flightdeck_dev_team: team }, 1);
  }
  for (const pod of PODS) if (isThere(pod, moment)) tellPodState(sink, moment, pod);
  for (const pod of GPU_PODS) tellOwner(sink, moment, pod);
  tellJobs(sink, moment);
  tellWorkloads(sink, moment);
  for (const [name, gib] of Object.entries({ "pvc-prometheus": 100, "pvc-mlflow": 20, "pvc-loki": 50 })) {
    sink.gauge("kube_persistentvolume_capacity_bytes", { persistentvolume: name }, gib * GIB);
  }
}

function tellNodeState(sink: Sink, { name, ...node }: (typeof NODES)[number]): void {
  sink.gauge(
    "kube_node_labels",
    {
      node: name,
      label_flightdeck_dev_pool: node.pool,
      label_node_kubernetes_io_instance_type: node.instanceType,
      label_topology_kubernetes_io_zone: node.zone,
      label_karpenter_sh_capacity_type: node.spot ? "spot" : "on-demand",
    },
    1,
  );
  sink.gauge("kube_node_info", { node: name }, 1);
  for (const condition of ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"]) {
    for (const status of ["true", "false", "unknown"]) {
      const holds = status === (condition === "Ready" ? "true" : "false");
      sink.gauge("kube_node_status_condition", { node: name, condition, status }, holds ? 1 : 0);
    }
  }
  const sizes = {
    cpu: [node.cpus, "core"],
    memory: [node.memoryGib * GIB, "byte"],
    nvidia_com_gpu: [node.gpus, "integer"],
  } as const;
  for (const [resource, [value, unit]] of Object.entries(sizes)) {
    if (value === 0) continue;
    sink.gauge("kube_node_status_capacity", { node: name, resource, unit }, value);
    sink.gauge(
      "kube_node_status_allocatable",
      { node: name, resource, unit },
      resource === "nvidia_com_gpu" ? value : value * 0.94,
    );
  }
  sink.gauge("kube_node_spec_unschedulable", { node: name }, 0);
}

function tellPodState(sink: Sink, moment: Moment, pod: WorldPod): void {
  const labels = { namespace: pod.namespace, pod: pod.pod };
  const waits = pod.node === undefined;
  for (const phase of ["Pending", "Running", "Succeeded", "Failed", "Unknown"]) {
    sink.gauge("kube_pod_status_phase", { ...labels, phase }, phase === (waits ? "Pending" : "Running") ? 1 : 0);
  }
  if (waits) sink.gauge("kube_pod_status_unschedulable", labels, 1);
  sink.gauge("kube_pod_created", labels, moment.time - Math.min(pod.from - moment.hoursAgo, 300) * 3600);
  const wanted = { cpu: pod.cpus, memory: pod.memoryGib * GIB, nvidia_com_gpu: pod.gpus.length };
  for (const [resource, value] of Object.entries(wanted)) {
    if (value === 0) continue;
    const request = { ...labels, container: pod.container, node: pod.node ?? "", resource };
    sink.gauge("kube_pod_container_resource_requests", request, value);
  }
  const restarts = pod.pod.startsWith("grafana") && moment.hoursAgo < 3.5 && moment.hoursAgo > 3.48 ? 2 : 0;
  sink.counter("kube_pod_container_status_restarts_total", { ...labels, container: pod.container }, restarts);
}

function tellOwner(sink: Sink, moment: Moment, pod: WorldPod): void {
  if (!isThere(pod, moment)) return;
  const { kind, name } = pod.owner;
  sink.gauge("kube_pod_owner", { namespace: pod.namespace, pod: pod.pod, owner_kind: kind, owner_name: name }, 1);
}

function tellJobs(sink: Sink, moment: Moment): void {
  for (const job of JOBS) {
    if (moment.hoursAgo > job.from) continue;
    const labels = { namespace: job.namespace, job_name: job.name };
    const active = isThere(job, moment);
    sink.gauge("kube_job_owner", { ...labels, owner_kind: "", owner_name: "" }, 1);
    sink.gauge("kube_job_status_active", labels, active ? 1 : 0);
    sink.gauge("kube_job_status_start_time", labels, moment.time - (job.from - moment.hoursAgo) * 3600);
    if (active) continue;
    sink.gauge(job.failed ? "kube_job_failed" : "kube_job_complete", { ...labels, condition: "true" }, 1);
  }
  const cron = { namespace: "monitoring", cronjob: "model-monitor-ranker" };
  const last = Math.floor(moment.time / 3600) * 3600;
  sink.gauge("kube_cronjob_next_schedule_time", cron, last + 3600);
  sink.gauge("kube_cronjob_spec_suspend", cron, 0);
  sink.gauge("kube_cronjob_status_last_schedule_time", cron, last - 60);
  sink.gauge("kube_cronjob_status_last_successful_time", cron, last);
}

function tellWorkloads(sink: Sink, moment: Moment): void {
  for (const { namespace, name } of PODS.flatMap(({ namespace: of, owner }) =>
    owner.kind === "ReplicaSet" ? [{ namespace: of, name: owner.name }] : [],
  )) {
    const deployment = name.replace(/-[0-9a-f]{8,}$/, "");
    sink.gauge("kube_deployment_spec_replicas", { namespace, deployment }, 1);
    const away = deployment === "grafana" && moment.hoursAgo < 3.5 && moment.hoursAgo > 3.4;
    sink.gauge("kube_deployment_status_replicas_available", { namespace, deployment }, away ? 0 : 1);
  }
  for (const daemonset of ["dcgm-exporter", "alloy", "node-exporter"]) {
    const labels = { namespace: "monitoring-agents", daemonset };
    sink.gauge("kube_daemonset_status_desired_number_scheduled", labels, NODES.length);
    sink.gauge("kube_daemonset_status_number_ready", labels, NODES.length);
  }
  for (const statefulset of ["prometheus-kps-prometheus", "loki"]) {
    sink.gauge("kube_statefulset_replicas", { namespace: "monitoring", statefulset }, 1);
    sink.gauge("kube_statefulset_status_replicas_ready", { namespace: "monitoring", statefulset }, 1);
  }
}

function tellNode(sink: Sink, moment: Moment, { name, cpus, memoryGib, gpus }: (typeof NODES)[number]): void {
  const busy = Math.min(0.95, around(gpus > 0 ? 0.22 : 0.38, 0.35, `${name}/cpu`, moment));
  for (let cpu = 0; cpu < Math.min(cpus, 4); cpu += 1) {
    const seconds = (mode: string, share: number): void =>
      sink.counter("node_cpu_seconds_total", { cpu: String(cpu), mode }, share * moment.elapsed);
    seconds("idle", 1 - busy);
    seconds("user", busy * 0.8);
    seconds("system", busy * 0.2);
  }
  sink.gauge("node_memory_MemTotal_bytes", {}, memoryGib * GIB);
  sink.gauge(
    "node_memory_MemAvailable_bytes",
    {},
    memoryGib * GIB * (1 - around(0.48, 0.15, `${name}/memory`, moment)),
  );
  const disk = { device: "/dev/nvme1n1", fstype: "xfs", mountpoint: "/local" };
  const used = name === FILLING_NODE ? fillingDisk(moment) : 0.25 + 0.3 * fixedShare(`${name}/disk`);
  sink.gauge("node_filesystem_size_bytes", disk, 200 * GIB);
  sink.gauge("node_filesystem_avail_bytes", disk, 200 * GIB * (1 - used));
  sink.gauge("node_filesystem_files", disk, 13_000_000);
  sink.gauge("node_filesystem_files_free", disk, 12_400_000);
  sink.gauge("node_filesystem_readonly", disk, 0);
  sink.counter(
    "node_network_receive_bytes_total",
    { device: "eth0" },
    around(4e7, 0.4, `${name}/in`, moment) * moment.elapsed,
  );
  sink.counter(
    "node_network_transmit_bytes_total",
    { device: "eth0" },
    around(3e7, 0.4, `${name}/out`, moment) * moment.elapsed,
  );
}

function tellContainers(sink: Sink, moment: Moment, node: string): void {
  for (const pod of PODS.filter((one) => one.node === node && isThere(one, moment))) {
    const labels = { namespace: pod.namespace, pod: pod.pod, container: pod.container };
    const share = pod.gpus.length > 0 ? 0.3 : pod.busy(moment);
    sink.counter("container_cpu_usage_seconds_total", labels, pod.cpus * share * moment.elapsed);
    const memory = pod.memoryGib * GIB * around(0.62, 0.06, `${pod.pod}/memory`, moment);
    sink.gauge("container_memory_working_set_bytes", labels, memory);
  }
}

function tellVolumes(sink: Sink, moment: Moment): void {
  const claims = { "prometheus-kps-prometheus-db-prometheus-kps-prometheus-0": 0.58, "storage-loki-0": 0.41 };
  for (const [persistentvolumeclaim, share] of Object.entries(claims)) {
    const labels = { namespace: "monitoring", persistentvolumeclaim };
    sink.gauge("kubelet_volume_stats_capacity_bytes", labels, 100 * GIB);
    sink.gauge("kubelet_volume_stats_used_bytes", labels, 100 * GIB * (share + 0.002 * (24 - moment.hoursAgo)));
    sink.gauge("kubelet_volume_stats_inodes", labels, 6_500_000);
    sink.gauge("kubelet_volume_stats_inodes_used", labels, 140_000);
  }
}

function tellApiServer(sink: Sink, moment: Moment): void {
  const count = around(55, 0.2, "apiserver", moment) * moment.elapsed;
  sink.counter("apiserver_request_total", { verb: "GET", code: "200" }, count);
  sink.counter("apiserver_request_total", { verb: "GET", code: "500" }, count * 0.0008);
}

function tellCoreDns(sink: Sink, moment: Moment): void {
  const count = around(30, 0.3, "coredns", moment) * moment.elapsed;
  sink.counter("coredns_dns_responses_total", { rcode: "NOERROR" }, count);
  sink.counter("coredns_dns_responses_total", { rcode: "SERVFAIL" }, count * 0.0005);
}
