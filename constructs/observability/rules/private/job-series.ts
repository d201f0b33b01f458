import { ksm } from "./shared-selectors";

/** Labels by which a job of Kubernetes is known. */
export const JOB = "namespace, job_name";

/** Jobs that have used up their tries or their time. */
export const FAILED_JOBS = `${ksm("kube_job_failed", JOB, 'condition="true"')} == 1`;

/** Jobs that a schedule has made: what becomes of them is told of by their CronJob. */
export const OF_SCHEDULES = `on (${JOB}) ${ksm("kube_job_owner", JOB, 'owner_kind="CronJob"')}`;

/** Jobs in namespaces of teams that neither a schedule nor a workflow has made: those are what it starts and are told of there. */
export const OF_TEAMS = [
  `on (${JOB}) ${ksm("kube_job_owner", JOB, 'owner_kind!~"CronJob|Workflow"')}`,
  `and on (namespace) ${ksm("kube_namespace_labels", "namespace", 'label_flightdeck_dev_team!=""')}`,
].join("\n");

/** Jobs of teams that have failed: an alert of their own. */
export const FAILED_JOBS_OF_TEAMS = `${FAILED_JOBS}\nand ${OF_TEAMS}`;
