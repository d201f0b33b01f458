import { countedIn } from "./private/counted-in";
import { ksm } from "./private/shared-selectors";
import type { AlertRule, RecordingRule, RuleGroup } from "./rule";
import type { RuleSettings } from "./rule-settings";

/** Workflows, jobs on a schedule, and features that are made from data. */
export function pipelineRules(settings: RuleSettings): readonly RuleGroup[] {
  const workflows: RuleGroup = {
    name: "workflows",
    recording: workflowRecording(),
    alerts: [workflowFailures(), controllerDown(), controllerQueue(), cronWorkflow()],
  };
  return [
    ...(settings.components.workflows ? [workflows] : []),
    {
      name: "schedules",
      recording: [],
      alerts: [missedSchedule(), lastRunFailed(), staleFeatures(), materialization()],
    },
  ];
}

/** Failures of an hour under which a share says little, and the share that is too many. */
const FAILURES = { least: 3, ratio: 0.3 };
/** Workflows that the controller has yet to look at. */
const CONTROLLER_QUEUE = 100;
/** Minutes by which a job may start late. */
const LATE_MINUTES = 15;
/** Hours after which features that are made every day are too old. */
const FEATURE_HOURS = 26;
const DASHBOARD = { name: "pipelines", variables: { namespace: "namespace" } } as const;
const ENTERED = "argo_workflows_total_count";

/** @see https://argo-workflows.readthedocs.io/en/latest/metrics/ */
function workflowRecording(): readonly RecordingRule[] {
  return [
    {
      record: "pipeline:workflows:count",
      expression: "sum by (phase) (argo_workflows_gauge)",
      about: "Workflows that there are, by phase. The controller does not say of which namespace.",
    },
    {
      record: "pipeline:workflow_failures:increase1h",
      expression: entered("Failed|Error"),
      about: "Workflows that failed in the last hour.",
    },
    {
      record: "pipeline:workflow_successes:increase1h",
      expression: entered("Succeeded"),
      about: "Workflows that succeeded in the last hour.",
    },
  ];
}

/**
 * The label `namespace` of the controller's own series is the workflow's; it is stored as `exported_namespace` where labels of the
 * target win, and `namespace` is then the controller's.
 */
function entered(phases: string): string {
  const counted = countedIn(`${ENTERED}{phase=~"${phases}"}`, "1h");
  return `sum by (namespace) (label_replace(${counted}, "namespace", "$1", "exported_namespace", "(.+)"))`;
}

function workflowFailures(): AlertRule {
  const failures = "pipeline:workflow_failures:increase1h";
  const all = `(${failures} + (pipeline:workflow_successes:increase1h or 0 * ${failures}))`;
  return {
    alert: "WorkflowFailures",
    severity: "warning",
    area: "pipelines",
    expression: `${failures} / (${all} > 0) > ${FAILURES.ratio}\nand ${failures} >= ${FAILURES.least}`,
    summary:
      "{{ $value | humanizePercentage }} of the workflows in {{ $labels.namespace }} that ended in the last hour failed",
    description: "Several have failed, so it is not one workflow's mistake alone: what they share is worth a look.",
    dashboard: DASHBOARD,
  };
}

function controllerDown(): AlertRule {
  return {
    alert: "WorkflowControllerDown",
    severity: "warning",
    area: "pipelines",
    expression: "absent(argo_workflows_is_leader == 1)",
    forMinutes: 10,
    summary: "No controller of Argo Workflows leads",
    description:
      "Steps that run go on and no further one starts; nothing starts on schedule. What is missed in the meantime is started late or not at all.",
    dashboard: { name: "pipelines" },
  };
}

function controllerQueue(): AlertRule {
  return {
    alert: "WorkflowControllerBehind",
    severity: "warning",
    area: "pipelines",
    expression: `max(argo_workflows_queue_depth_gauge{queue_name="workflow_queue"}) > ${CONTROLLER_QUEUE}`,
    forMinutes: 15,
    summary: "The controller of Argo Workflows has {{ $value | humanize }} workflows yet to look at",
    description: "Every step of every workflow starts late by as much.",
    dashboard: { name: "pipelines" },
  };
}

function cronWorkflow(): AlertRule {
  const errors = 'argo_workflows_error_count{cause=~"CronWorkflowSubmissionError|CronWorkflowSpecError"}';
  return {
    alert: "CronWorkflowNotStarted",
    severity: "warning",
    area: "pipelines",
    expression: `sum by (cause) (${countedIn(errors, "1h")}) > 0`,
    summary: "A workflow on a schedule could not be started: {{ $labels.cause }}",
    description:
      "What it makes every night, it has not made. The controller counts these errors without the workflow's name, which its log has.",
    dashboard: { name: "pipelines" },
  };
}

function missedSchedule(): AlertRule {
  const key = "namespace, cronjob";
  const due = `time() - ${ksm("kube_cronjob_next_schedule_time", key)}`;
  return {
    alert: "CronJobMissedSchedule",
    severity: "warning",
    area: "pipelines",
    expression: `${due} > ${LATE_MINUTES * 60}\nunless on (${key}) ${ksm("kube_cronjob_spec_suspend", key)} == 1`,
    summary: "CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} is {{ $value | humanizeDuration }} late",
    description:
      "Its time has come and no job was made. Most often the one before still runs and it forbids two, or a quota is full.",
    dashboard: DASHBOARD,
  };
}

/** Jobs of a schedule are judged by their last run alone: each run that fails is a job that stays, and the next may succeed. */
function lastRunFailed(): AlertRule {
  const key = "namespace, cronjob";
  const of = (series: string): string => ksm(`kube_cronjob_status_${series}`, key);
  return {
    alert: "CronJobLastRunFailed",
    severity: "warning",
    area: "pipelines",
    expression: [
      `(${of("last_schedule_time")} > ${of("last_successful_time")}`,
      `or (${of("last_schedule_time")} unless ${of("last_successful_time")}))`,
      `and on (${key}) ${of("active")} == 0`,
    ].join("\n"),
    forMinutes: LATE_MINUTES,
    summary: "The last run of CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} failed",
    description:
      "It was started, it has ended, and it has not succeeded. The next run may; until then its work is missing.",
    dashboard: DASHBOARD,
  };
}

function staleFeatures(): AlertRule {
  const age = "max by (project, feature_view) (feast_feature_freshness_seconds)";
  return {
    alert: "FeaturesStale",
    severity: "warning",
    area: "pipelines",
    expression: `${age} > ${FEATURE_HOURS * 3600}`,
    forMinutes: 15,
    summary: "Features of {{ $labels.feature_view }} ({{ $labels.project }}) are {{ $value | humanizeDuration }} old",
    description: "Models are asked with what was true then. They answer as if nothing were wrong.",
    dashboard: { name: "pipelines" },
  };
}

function materialization(): AlertRule {
  const failures = countedIn('feast_materialization_result_total{status="failure"}', "1h");
  return {
    alert: "FeatureMaterializationFailed",
    severity: "warning",
    area: "pipelines",
    expression: `sum by (feature_view) (${failures}) > 0`,
    summary: "Features of {{ $labels.feature_view }} could not be brought to the online store",
    description: "The online store keeps the features of the run before; they get older until one succeeds.",
    dashboard: { name: "pipelines" },
  };
}
