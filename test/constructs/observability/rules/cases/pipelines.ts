import type { RecordingCase } from "../recording-case";
import type { RuleCase } from "../rule-case";

type Series = Readonly<Record<string, string>>;

const KSM = 'job="kube-state-metrics"';
const ARGO = 'job="argo-workflows-workflow-controller",pod="controller-0"';
const NIGHTLY = 'namespace="search",cronjob="nightly"';
const nightly = [{ namespace: "search", cronjob: "nightly" }];
const TRAIN = 'namespace="search",job_name="train-7"';
const train = [{ namespace: "search", job_name: "train-7" }];
const TEAM: Series = {
  [`kube_namespace_labels{${KSM},namespace="search",label_flightdeck_dev_team="search"}`]: "1x90",
};

function ended(phase: string, values: string): Series {
  return {
    [`argo_workflows_total_count{${ARGO},namespace="argo",exported_namespace="search",phase="${phase}"}`]: values,
  };
}

function cronJob(values: Readonly<Record<string, string>>): Series {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [`kube_cronjob_${name}{${KSM},${NIGHTLY}}`, text]),
  );
}

function ownedBy(kind: string): Series {
  return { [`kube_job_owner{${KSM},${TRAIN},owner_kind="${kind}",owner_name="x"}`]: "1x90" };
}

const FAILED: Series = { [`kube_job_failed{${KSM},${TRAIN},condition="true"}`]: "1x90" };

/** A job with two GPUs in two pods that has run since the start. */
function running(gauge: string, first: string, second: string): Series {
  const pod = (name: string): string =>
    `kube_pod_owner{${KSM},namespace="search",pod="${name}",owner_kind="Job",owner_name="train-7"}`;
  const gpu = (name: string): string =>
    `${gauge}{job="dcgm-exporter",node="n",gpu="0",namespace="search",pod="${name}"}`;
  return {
    [`kube_job_status_start_time{${KSM},${TRAIN}}`]: "0x90",
    [`kube_job_status_active{${KSM},${TRAIN}}`]: "2x90",
    [pod("train-7-a")]: "1x90",
    [pod("train-7-b")]: "1x90",
    [gpu("train-7-a")]: first,
    [gpu("train-7-b")]: second,
  };
}

const MEMORY = "DCGM_FI_PROF_DRAM_ACTIVE";
const COARSE = "DCGM_FI_DEV_MEM_COPY_UTIL";
const ENGINE = "DCGM_FI_DEV_GPU_UTIL";

const workflows: readonly RuleCase[] = [
  {
    alert: "WorkflowFailures",
    what: "4 of 12 workflows of an hour fail",
    series: { ...ended("Failed", "0x10 4x60"), ...ended("Succeeded", "0x10 8x60") },
    atMinutes: 30,
    fires: [{ namespace: "search", severity: "warning" }],
  },
  {
    alert: "WorkflowFailures",
    what: "the first three workflows after a start of the controller fail, two of them with an error",
    series: { ...ended("Error", "_x5 2x60"), ...ended("Failed", "_x5 1x60") },
    atMinutes: 30,
    fires: [{ namespace: "search", severity: "warning" }],
  },
  {
    alert: "WorkflowFailures",
    what: "4 of 14 workflows of an hour fail",
    series: { ...ended("Failed", "0x10 4x60"), ...ended("Succeeded", "0x10 10x60") },
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "WorkflowFailures",
    what: "both workflows of an hour fail",
    series: ended("Failed", "0x10 2x60"),
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "WorkflowControllerDown",
    what: "the controller is gone",
    series: { [`argo_workflows_is_leader{${ARGO}}`]: "1x2 _x30" },
    atMinutes: 20,
    fires: [{ severity: "warning", area: "pipelines" }],
  },
  {
    alert: "WorkflowControllerDown",
    what: "one of two controllers leads",
    series: { [`argo_workflows_is_leader{${ARGO}}`]: "1x30", 'argo_workflows_is_leader{pod="controller-1"}': "0x30" },
    atMinutes: 20,
    fires: [],
  },
  ...[101, 99].map((depth) => ({
    alert: "WorkflowControllerBehind",
    what: `${depth} workflows stand in the queue`,
    series: { [`argo_workflows_queue_depth_gauge{${ARGO},queue_name="workflow_queue"}`]: `${depth}x30` },
    atMinutes: 17,
    fires: depth > 100 ? [{ severity: "warning" }] : [],
  })),
  {
    alert: "CronWorkflowNotStarted",
    what: "the first workflow on a schedule cannot be started",
    series: { [`argo_workflows_error_count{${ARGO},cause="CronWorkflowSubmissionError"}`]: "_x70 1x20" },
    atMinutes: 75,
    fires: [{ cause: "CronWorkflowSubmissionError" }],
  },
  {
    alert: "CronWorkflowNotStarted",
    what: "the error is more than an hour old",
    series: { [`argo_workflows_error_count{${ARGO},cause="CronWorkflowSubmissionError"}`]: "1x90" },
    atMinutes: 75,
    fires: [],
  },
];

const schedules: readonly RuleCase[] = [
  {
    alert: "CronJobMissedSchedule",
    what: "a job should have started 16 minutes ago",
    series: cronJob({ next_schedule_time: "600x40", spec_suspend: "0x40" }),
    atMinutes: 26,
    fires: nightly,
  },
  {
    alert: "CronJobMissedSchedule",
    what: "a job should have started 14 minutes ago",
    series: cronJob({ next_schedule_time: "600x40", spec_suspend: "0x40" }),
    atMinutes: 24,
    fires: [],
  },
  {
    alert: "CronJobMissedSchedule",
    what: "the schedule is suspended",
    series: cronJob({ next_schedule_time: "600x40", spec_suspend: "1x40" }),
    atMinutes: 40,
    fires: [],
  },
  {
    alert: "CronJobLastRunFailed",
    what: "the last run has ended without success",
    series: cronJob({
      status_last_schedule_time: "600x40",
      status_last_successful_time: "60x40",
      status_active: "0x40",
    }),
    atMinutes: 17,
    fires: nightly,
  },
  {
    alert: "CronJobLastRunFailed",
    what: "no run has ever succeeded",
    series: cronJob({ status_last_schedule_time: "600x40", status_active: "0x40" }),
    atMinutes: 17,
    fires: nightly,
  },
  {
    alert: "CronJobLastRunFailed",
    what: "the last run goes on",
    series: cronJob({
      status_last_schedule_time: "600x40",
      status_last_successful_time: "60x40",
      status_active: "1x40",
    }),
    atMinutes: 30,
    fires: [],
  },
  {
    alert: "CronJobLastRunFailed",
    what: "the last run has succeeded",
    series: cronJob({
      status_last_schedule_time: "600x40",
      status_last_successful_time: "660x40",
      status_active: "0x40",
    }),
    atMinutes: 30,
    fires: [],
  },
  ...[26.1, 25.9].map((hours) => ({
    alert: "FeaturesStale",
    what: `features are ${hours} hours old`,
    series: { 'feast_feature_freshness_seconds{project="shop",feature_view="users"}': `${hours * 3600}x30` },
    atMinutes: 17,
    fires: hours > 26 ? [{ project: "shop", feature_view: "users" }] : [],
  })),
  {
    alert: "FeatureMaterializationFailed",
    what: "the first run to bring features to the online store fails",
    series: { 'feast_materialization_result_total{feature_view="users",status="failure"}': "_x10 1x30" },
    atMinutes: 20,
    fires: [{ feature_view: "users" }],
  },
  {
    alert: "FeatureMaterializationFailed",
    what: "all runs succeed",
    series: { 'feast_materialization_result_total{feature_view="users",status="success"}': "_x10 1x30" },
    atMinutes: 20,
    fires: [],
  },
];

const training: readonly RuleCase[] = [
  {
    alert: "TrainingJobFailed",
    what: "a job of a team has failed",
    series: { ...TEAM, ...FAILED, ...ownedBy("") },
    atMinutes: 5,
    fires: train,
  },
  {
    alert: "TrainingJobFailed",
    what: "a job that a schedule has made has failed",
    series: { ...TEAM, ...FAILED, ...ownedBy("CronJob") },
    atMinutes: 5,
    fires: [],
  },
  {
    alert: "TrainingJobFailed",
    what: "a job of no team has failed",
    series: { ...FAILED, ...ownedBy("") },
    atMinutes: 5,
    fires: [],
  },
  {
    alert: "TrainingStuck",
    what: "the memory of both GPUs stands still while their engines are busy",
    series: { ...running(MEMORY, "0.3x5 0x85", "0x90"), ...running(ENGINE, "100x90", "100x90") },
    atMinutes: 70,
    fires: train,
  },
  {
    alert: "TrainingStuck",
    what: "without profiling, the memory of both GPUs stands still while their engines are busy",
    series: { ...running(COARSE, "0x90", "0x90"), ...running(ENGINE, "100x90", "100x90") },
    atMinutes: 62,
    fires: train,
  },
  {
    alert: "TrainingStuck",
    what: "without profiling, one of two GPUs still moves data in one percent of the time",
    series: running(COARSE, "0x90", "0x30 1 0x60"),
    atMinutes: 62,
    fires: [],
  },
  {
    alert: "TrainingStuck",
    what: "profiling sees data move where whole percents show none",
    series: { ...running(MEMORY, "0.01x90", "0x90"), ...running(COARSE, "0x90", "0x90") },
    atMinutes: 62,
    fires: [],
  },
  {
    alert: "TrainingStuck",
    what: "one of two GPUs still moves data",
    series: running(MEMORY, "0x90", "0.02x90"),
    atMinutes: 80,
    fires: [],
  },
  {
    alert: "TrainingStuck",
    what: "the job has run for 59 minutes",
    series: running(MEMORY, "0x90", "0x90"),
    atMinutes: 59,
    fires: [],
  },
  ...[
    {
      share: 90,
      what: "one job in ten waits longer than 5.7 hours",
      fires: [{ cluster_queue: "search", severity: "info" }],
    },
    { share: 96, what: "four jobs in a hundred do", fires: [] },
  ].map(({ share, what, fires }) => ({
    alert: "QueueWaitLong",
    what,
    series: Object.fromEntries(
      Object.entries({ "10240": share, "20480": share, "40960": 100, "+Inf": 100 }).map(([le, jobs]) => [
        `kueue_admission_wait_time_seconds_bucket{cluster_queue="search",priority_class="",replica_role="leader",le="${le}"}`,
        `0+${jobs}x40`,
      ]),
    ),
    atMinutes: 30,
    fires,
  })),
];

/** Situations of workflows, schedules, training and features, each with the alerts it raises. */
export const cases: readonly RuleCase[] = [...workflows, ...schedules, ...training];

/** Series that are recorded of them. */
export const recordingCases: readonly RecordingCase[] = [
  {
    expression: "training:jobs:count",
    what: "jobs of teams alone, by state",
    series: {
      ...TEAM,
      ...FAILED,
      ...ownedBy("JobSet"),
      [`kube_job_failed{${KSM},namespace="kube-system",job_name="hook",condition="true"}`]: "1x5",
      [`kube_job_owner{${KSM},namespace="kube-system",job_name="hook",owner_kind=""}`]: "1x5",
      [`kube_job_status_active{${KSM},namespace="search",job_name="train-8"}`]: "4x5",
      [`kube_job_owner{${KSM},namespace="search",job_name="train-8",owner_kind=""}`]: "1x5",
      [`kube_job_status_active{job="opencost",namespace="search",job_name="train-9"}`]: "4x5",
    },
    atMinutes: 3,
    samples: [
      { labels: { namespace: "search", state: "active" }, value: 1 },
      { labels: { namespace: "search", state: "failed" }, value: 1 },
    ],
  },
  {
    expression: "pipeline:workflows:count",
    what: "workflows of all controllers, by phase",
    series: {
      [`argo_workflows_gauge{${ARGO},phase="Running"}`]: "3x5",
      [`argo_workflows_gauge{${ARGO},phase="Failed"}`]: "1x5",
    },
    atMinutes: 3,
    samples: [
      { labels: { phase: "Running" }, value: 3 },
      { labels: { phase: "Failed" }, value: 1 },
    ],
  },
];
