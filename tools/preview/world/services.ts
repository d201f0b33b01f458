import { around, dayLoad, ramp } from "./noise";
import { JOBS, isThere } from "./platform";
import type { Moment, Sink } from "./sink";
import type { Target } from "./target";

const HTTP_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const WAIT_BOUNDS = [1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240];
const PHASES = ["Pending", "Running", "Succeeded", "Failed", "Error"] as const;

/** MLflow, the queue, pipelines, autoscalers and other controllers. */
export function serviceTargets(): readonly Target[] {
  const tells: Readonly<Record<string, Target["tell"]>> = {
    mlflow: tellMlflow,
    kueue: tellKueue,
    "argo-workflows": tellWorkflows,
    karpenter: tellKarpenter,
    keda: tellKeda,
    "cert-manager": tellCertManager,
    "external-secrets": tellExternalSecrets,
    feast: tellFeatures,
  };
  return Object.entries(tells).map(([job, tell], index) => ({
    job,
    labels: { instance: `10.0.71.${40 + index}:8080`, namespace: job, pod: `${job}-0` },
    tell,
  }));
}

function tellMlflow(sink: Sink, moment: Moment): void {
  const count = around(6 + 8 * dayLoad(moment), 0.3, "mlflow", moment) * moment.elapsed;
  const shares = { "200": 0.974, "404": 0.02, "500": moment.hoursAgo < 4 && moment.hoursAgo > 3.7 ? 0.04 : 0.001 };
  for (const [status, share] of Object.entries(shares)) {
    sink.counter("mlflow_http_request_total", { method: "POST", status }, count * share);
  }
  const labels = { method: "POST", path: "/api/2.0/mlflow/runs/log-batch", status: "200" };
  const times = { median: 0.045 * (0.8 + dayLoad(moment)), spread: 0.8 };
  sink.histogram("mlflow_http_request_duration_seconds", labels, { bounds: HTTP_BOUNDS, count, times });
}

function tellKueue(sink: Sink, moment: Moment): void {
  const queues = { ranking: { quota: 4, priority: 0 }, research: { quota: 8, priority: 1 } };
  for (const [cluster_queue, { quota, priority }] of Object.entries(queues)) {
    const active = JOBS.filter((job) => job.namespace === cluster_queue && isThere(job, moment));
    const waiting = active.filter(({ name }) => name === "llm-finetune-89").length;
    const labels = { cluster_queue, replica_role: "standalone" };
    sink.gauge("kueue_pending_workloads", { ...labels, status: "active" }, waiting);
    sink.gauge("kueue_pending_workloads", { ...labels, status: "inadmissible" }, 0);
    sink.gauge("kueue_admitted_active_workloads", labels, active.length - waiting);
    const resource = { ...labels, flavor: "h100", resource: "nvidia.com/gpu" };
    sink.gauge("kueue_cluster_queue_nominal_quota", resource, quota);
    sink.gauge("kueue_cluster_queue_resource_usage", resource, 4 * (active.length - waiting));
    sink.gauge("kueue_cluster_queue_status", { ...labels, status: "active" }, 1);
    const admitted = JOBS.filter((job) => job.namespace === cluster_queue && justBefore(job.from, moment)).length;
    sink.counter("kueue_admitted_workloads_total", labels, admitted);
    const times = { median: 90 * (1 + priority), spread: 0.6 };
    const count = 0.02 * moment.elapsed * (1 + priority) * 0.1;
    sink.histogram("kueue_admission_wait_time_seconds", labels, { bounds: WAIT_BOUNDS, count, times });
  }
}

function justBefore(hours: number, { hoursAgo, elapsed }: Moment): boolean {
  return hoursAgo <= hours && hoursAgo + elapsed / 3600 > hours;
}

/** A workflow ends every twenty minutes; in one hour most of them fail. */
function tellWorkflows(sink: Sink, moment: Moment): void {
  const ends = Math.floor(moment.time / 1200) !== Math.floor((moment.time - moment.elapsed) / 1200);
  const bad = moment.hoursAgo < 5.2 && moment.hoursAgo > 4.2;
  const running = Math.max(1, Math.round(around(3, 0.6, "workflows", moment)));
  for (const phase of PHASES) {
    const there = { Pending: running > 4 ? 1 : 0, Running: running, Succeeded: 14, Failed: bad ? 3 : 1, Error: 0 }[
      phase
    ];
    sink.gauge("argo_workflows_gauge", { phase }, there);
    const entered = { Pending: ends, Running: ends, Succeeded: ends && !bad, Failed: ends && bad, Error: false }[phase];
    sink.counter("argo_workflows_total_count", { phase, namespace: "ranking" }, entered ? 1 : 0);
    const other =
      moment.time % 3600 < moment.elapsed && (phase === "Succeeded" || phase === "Running" || phase === "Pending");
    sink.counter("argo_workflows_total_count", { phase, namespace: "research" }, other ? 1 : 0);
  }
  sink.gauge("argo_workflows_is_leader", {}, 1);
  sink.gauge("argo_workflows_queue_depth_gauge", { queue_name: "workflow_queue" }, Math.max(0, running - 3));
  sink.counter("argo_workflows_error_count", { cause: "CronWorkflowSubmissionError" }, 0);
  sink.counter("argo_workflows_error_count", { cause: "OperationPanic" }, 0);
}

function tellKarpenter(sink: Sink, moment: Moment): void {
  for (const [nodepool, [used, limit]] of Object.entries({ l40s: [8, 16], h100: [8, 8], general: [32, 128] })) {
    const resource_type = nodepool === "general" ? "cpu" : "nvidia.com/gpu";
    sink.gauge("karpenter_nodepools_usage", { nodepool, resource_type }, used ?? 0);
    sink.gauge("karpenter_nodepools_limit", { nodepool, resource_type }, limit ?? 0);
  }
  const interrupted = justBefore(9, moment) || justBefore(2.2, moment) ? 1 : 0;
  sink.counter("karpenter_interruption_received_messages_total", { message_type: "spot_interrupted" }, interrupted);
  const failed = moment.hoursAgo < 0.4 && moment.time % 300 < moment.elapsed ? 1 : 0;
  sink.counter(
    "karpenter_cloudprovider_instance_launch_failures_total",
    { nodepool: "h100", error_code: "InsufficientInstanceCapacity" },
    failed,
  );
  sink.counter("karpenter_nodeclaims_created_total", { nodepool: "l40s", reason: "provisioned" }, interrupted);
  sink.counter("karpenter_nodeclaims_terminated_total", { nodepool: "l40s" }, interrupted);
  sink.gauge("karpenter_cluster_state_synced", {}, 1);
}

function tellKeda(sink: Sink, moment: Moment): void {
  const labels = {
    exported_namespace: "serving",
    scaledObject: "chat",
    scaler: "prometheusScaler",
    metric: "requests",
  };
  sink.counter("keda_scaler_detail_errors_total", labels, 0);
  sink.gauge("keda_scaler_metrics_value", labels, around(12, 0.3, "keda", moment));
  sink.gauge("keda_scaler_active", labels, 1);
}

function tellCertManager(sink: Sink, moment: Moment): void {
  const labels = { name: "serving-tls", exported_namespace: "serving", issuer_name: "private" };
  sink.gauge("certmanager_certificate_expiration_timestamp_seconds", labels, moment.time + 40 * 86_400);
  sink.gauge("certmanager_certificate_renewal_timestamp_seconds", labels, moment.time + 10 * 86_400);
  sink.gauge("certmanager_certificate_ready_status", { ...labels, condition: "True" }, 1);
}

function tellExternalSecrets(sink: Sink): void {
  const labels = { name: "mlflow-database", exported_namespace: "mlflow" };
  sink.gauge("externalsecret_status_condition", { ...labels, condition: "Ready", status: "True" }, 1);
  sink.gauge("externalsecret_status_condition", { ...labels, condition: "Ready", status: "False" }, 0);
}

function tellFeatures(sink: Sink, moment: Moment): void {
  const labels = { project: "ranking", feature_view: "user_clicks" };
  sink.gauge("feast_feature_freshness_seconds", labels, 900 + 5_400 * ramp(moment, 1.5, 0));
  sink.counter(
    "feast_materialization_result_total",
    { feature_view: "user_clicks", status: "success" },
    moment.elapsed / 3600,
  );
  sink.counter("feast_materialization_result_total", { feature_view: "user_clicks", status: "failure" }, 0);
}
