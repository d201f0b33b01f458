import { around, dayLoad } from "./noise";
import { isThere, NODES, PODS } from "./platform";
import type { Moment, Sink } from "./sink";
import type { Target } from "./target";

const GIB = 1024 ** 3;

/** What databases say through CloudWatch, and what all of it costs. */
export function cloudTargets(): readonly Target[] {
  return [
    { job: "cloudwatch-exporter", labels: { instance: "10.0.71.60:5000" }, tell: tellDatabases },
    { job: "opencost", labels: { instance: "10.0.71.61:9003" }, tell: tellCosts },
  ];
}

function tellDatabases(sink: Sink, moment: Moment): void {
  const load = dayLoad(moment);
  const rds = (name: string, value: number): void =>
    sink.gauge(
      `aws_rds_${name}`,
      {
        dimension_DBInstanceIdentifier: "atlas-prod-mlflow",
        name: "arn:aws:rds:eu-central-1:111122223333:db:atlas-prod-mlflow",
      },
      value,
    );
  rds("cpuutilization_average", around(18 + 30 * load, 0.2, "rds/cpu", moment));
  rds("database_connections_maximum", Math.round(around(40 + 70 * load, 0.1, "rds/connections", moment)));
  rds("free_storage_space_minimum", (62 + 0.35 * moment.hoursAgo) * GIB);
  rds("freeable_memory_minimum", 5.2 * GIB);
  rds("read_latency_average", around(0.0012, 0.4, "rds/read", moment));
  rds("write_latency_average", around(0.0026, 0.4, "rds/write", moment));
  rds("replica_lag_maximum", 0);
  rds("burst_balance_average", 96);
  for (const node of ["001", "002"]) {
    const cache = (name: string, value: number): void =>
      sink.gauge(`aws_elasticache_${name}`, { dimension_CacheClusterId: `atlas-prod-features-${node}` }, value);
    cache("database_memory_usage_percentage_maximum", around(58 + 14 * load, 0.03, "cache/memory", moment));
    cache("engine_cpuutilization_maximum", around(12 + 25 * load, 0.2, "cache/cpu", moment));
    cache("curr_connections_maximum", Math.round(around(220, 0.1, "cache/connections", moment)));
    cache("evictions_sum", Math.max(0, Math.round(3_000 * (load - 0.85))));
    cache("cache_hits_sum", 90_000 * load);
    cache("cache_misses_sum", 90_000 * load * 0.06);
    cache("replication_lag_maximum", 0.2);
  }
}

function tellCosts(sink: Sink, moment: Moment): void {
  for (const { name, cpus, memoryGib, gpus, hourly, gpuHourly, instanceType, spot } of NODES) {
    const labels = { node: name, instance_type: instanceType, region: "eu-central-1" };
    const rest = hourly - gpus * gpuHourly;
    sink.gauge("node_total_hourly_cost", labels, hourly);
    sink.gauge("node_cpu_hourly_cost", labels, (rest * 0.65) / cpus);
    sink.gauge("node_ram_hourly_cost", labels, (rest * 0.35) / memoryGib);
    sink.gauge("kubecost_node_is_spot", labels, spot ? 1 : 0);
    if (gpus === 0) continue;
    sink.gauge("node_gpu_count", labels, gpus);
    sink.gauge("node_gpu_hourly_cost", labels, gpuHourly);
  }
  for (const pod of PODS) {
    if (pod.node === undefined || !isThere(pod, moment)) continue;
    const labels = { namespace: pod.namespace, pod: pod.pod, container: pod.container, node: pod.node };
    sink.gauge("container_cpu_allocation", labels, pod.cpus);
    sink.gauge("container_memory_allocation_bytes", labels, pod.memoryGib * GIB);
    if (pod.gpus.length > 0) sink.gauge("container_gpu_allocation", labels, pod.gpus.length);
  }
  for (const persistentvolume of ["pvc-prometheus", "pvc-mlflow", "pvc-loki"]) {
    sink.gauge("pv_hourly_cost", { persistentvolume }, 0.000_13);
  }
  sink.gauge("kubecost_cluster_management_cost", { provisioner_name: "EKS" }, 0.1);
  sink.gauge("kubecost_load_balancer_cost", { namespace: "serving", service_name: "gateway", ingress_ip: "lb" }, 0.027);
}
