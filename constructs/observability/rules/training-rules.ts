import { FAILED_JOBS, FAILED_JOBS_OF_TEAMS, JOB, OF_TEAMS } from "./private/job-series";
import { ksm } from "./private/shared-selectors";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** Training jobs of teams: whether they fail, whether they still compute, and how long they wait for their turn. */
export function trainingRules({ components, thresholds }: RuleSettings): readonly RuleGroup[] {
  const alerts = [
    jobFailed(),
    ...(components.gpus ? [stuck(thresholds.gpuIdleMinutes)] : []),
    ...(components.queues ? [queueWait()] : []),
  ];
  return [{ name: "training", recording: recording(), alerts }];
}

/**
 * Share of the time in which a GPU's memory is read or written. A job that hangs in a collective operation waits on the GPU
 * itself, which then counts as busy all the time; its memory stands still.
 */
const STILL = 0.01;
/** Hours that a job may wait for its quota, 95th percentile. The buckets of Kueue end at 11 hours. */
const QUEUE_WAIT_HOURS = 4;
const DASHBOARD = { name: "pipelines", variables: { namespace: "namespace" } } as const;

function recording(): readonly RecordingRule[] {
  const states = {
    active: `${ksm("kube_job_status_active", JOB)} > 0`,
    failed: FAILED_JOBS,
    succeeded: `${ksm("kube_job_complete", JOB, 'condition="true"')} == 1`,
  };
  return Object.entries(states).map(([state, jobs]) => ({
    record: "training:jobs:count",
    expression: `count by (namespace) (${jobs}\nand ${OF_TEAMS})`,
    labels: { state },
    about: `Jobs of a team that are ${state}, as long as Kubernetes keeps them.`,
  }));
}

function jobFailed(): AlertRule {
  return {
    alert: "TrainingJobFailed",
    severity: "warning",
    area: "pipelines",
    expression: FAILED_JOBS_OF_TEAMS,
    summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} failed",
    description:
      "All its retries are used up. What it had computed is lost from its last checkpoint on. The alert ends when the job is deleted.",
    dashboard: DASHBOARD,
  };
}

function stuck(minutes: number): AlertRule {
  const quiet = (gauge: string, share: number): string =>
    `max by (namespace, pod) (max_over_time(${gauge}{pod!=""}[${minutes}m])) < bool ${share}`;
  // The second is measured everywhere but on slices of MIG, in whole percents; the first needs profiling and is finer.
  const still = `(${quiet("DCGM_FI_PROF_DRAM_ACTIVE", STILL)})\nor\n(${quiet("DCGM_FI_DEV_MEM_COPY_UTIL", STILL * 100)})`;
  const pods = ksm("kube_pod_owner", "namespace, pod, owner_name", 'owner_kind="Job"');
  const owner = `label_replace(${pods}, "job_name", "$1", "owner_name", "(.+)")`;
  const byJob = `min by (${JOB}) ((${still}) * on (namespace, pod) group_left (job_name) ${owner})`;
  const old = `time() - ${ksm("kube_job_status_start_time", JOB)} > ${minutes * 60}`;
  return {
    alert: "TrainingStuck",
    severity: "warning",
    area: "pipelines",
    expression: [
      old,
      `and on (${JOB}) ${ksm("kube_job_status_active", JOB)} > 0`,
      `and on (${JOB}) ${byJob} == 1`,
    ].join("\n"),
    summary: `No GPU of job {{ $labels.namespace }}/{{ $labels.job_name }} has computed for ${minutes} minutes`,
    description:
      "The job runs and holds its GPUs, and none of them moves data. It hangs, in most cases in a collective operation whose partner is gone, or it waits for data.",
    dashboard: DASHBOARD,
  };
}

function queueWait(): AlertRule {
  const buckets = "sum by (cluster_queue, le) (rate(kueue_admission_wait_time_seconds_bucket[1h]))";
  return {
    alert: "QueueWaitLong",
    severity: "info",
    area: "pipelines",
    expression: `histogram_quantile(0.95, ${buckets}) > ${QUEUE_WAIT_HOURS * 3600}`,
    summary: "Jobs of queue {{ $labels.cluster_queue }} wait {{ $value | humanizeDuration }} for their turn",
    description:
      "One in twenty of the jobs that were let go in the last hour waited at least as long. The team's quota is smaller than what it wants to run.",
    dashboard: { name: "pipelines" },
  };
}
