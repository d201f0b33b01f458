import { isTimeZone } from "../../../catalog";
import type { PropChecks } from "../../core/prop-checks";
import type { CronJobRun, DeploymentRun, JobRunOptions, VolumeSource, WorkloadProps } from "../workload-options";
import { checkConfigFiles } from "./config-files";
import { checkContainer, checkContainerNames, checkScratch } from "./container-checks";
import { checkAnnotations, checkLabels, checkName, checkObjectName } from "./metadata";
import { containersOf, replicasOf } from "./workload-facts";

/** A CronJob appends 11 characters to make the names of its jobs. @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
const LONGEST_NAME = 52;
const MOST_REPLICAS = 1000;
const VOLUME_KINDS = ["scratch", "secret", "configMap", "claim"] as const;
const MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const DAYS = "sun|mon|tue|wed|thu|fri|sat";
const CRON_FIELDS = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
];

/** Adds the rules for a workload, those for its nodes excepted. */
export function checkWorkload(checks: PropChecks, props: WorkloadProps): void {
  const { name, namespace, serviceAccountName, volumes = {}, labels = {}, annotations = {}, team } = props;
  checkName(checks, "name", name);
  const long = `must have at most ${LONGEST_NAME} characters, since names of pods begin with it`;
  checks.require(name.length <= LONGEST_NAME, "name", long, name);
  checkName(checks, "namespace", namespace.namespaceName);
  if (serviceAccountName !== undefined) checkObjectName(checks, "serviceAccountName", serviceAccountName);
  if (team !== undefined) checkName(checks, "team", team);
  checkContainers(checks, props);
  for (const [volume, source] of Object.entries(volumes)) checkVolume(checks, volume, source);
  checkConfigFiles(checks, props.configFiles ?? {});
  checkLabels(checks, "labels", labels);
  checkAnnotations(checks, "annotations", annotations);
  checkAtLeast(checks, "gracePeriodSeconds", props.gracePeriodSeconds, 0);
  checkAtLeast(checks, "userId", props.userId, 1);
  checkRun(checks, props);
  checkService(checks, props);
}

function checkContainers(checks: PropChecks, props: WorkloadProps): void {
  const containers = containersOf(props);
  const volumes = Object.keys(props.volumes ?? {});
  checkContainerNames(
    checks,
    containers.slice(1).map(({ prop, name }) => [prop, name] as const),
  );
  const taken = containers.slice(1).filter(({ name }) => name === props.name);
  for (const { prop, name } of taken) checks.require(false, prop, "must not be the name of the workload", name);
  for (const { prop, container } of containers) checkContainer(checks, prop, container, volumes);
  const beside = containers.filter(({ prop }) => !prop.startsWith("initContainers"));
  const ports = beside.flatMap(({ prop, container }) =>
    Object.entries(container.ports ?? {}).map(([port, number]) => ({ prop, place: `${prop}.ports.${port}`, number })),
  );
  ports.forEach(({ prop, place, number }, index) => {
    const other = ports.slice(0, index).find((earlier) => earlier.number === number && earlier.prop !== prop);
    const rule = `must not be \`${other?.place}\` too: containers of a pod share one address`;
    checks.require(other === undefined, place, rule, number);
  });
}

function checkVolume(checks: PropChecks, name: string, source: VolumeSource): void {
  const prop = `volumes.${name}`;
  checkName(checks, prop, name);
  const kinds = VOLUME_KINDS.filter((kind) => kind in source);
  checks.require(kinds.length === 1, prop, `must be one of ${VOLUME_KINDS.join(", ")}`, source);
  if ("scratch" in source) checkScratch(checks, prop, source.scratch);
  else checkObjectName(checks, prop, Object.values(source)[0] ?? "");
}

function checkRun(checks: PropChecks, { run }: WorkloadProps): void {
  if (run.kind === "deployment") {
    checkDeployment(checks, run);
    return;
  }
  checkJob(checks, run);
  if (run.kind === "cron-job") checkCronJob(checks, run);
}

function checkDeployment(checks: PropChecks, run: DeploymentRun): void {
  const { disruptionBudget, rollout, progressDeadlineSeconds } = run;
  const replicas = replicasOf(run);
  const within = Number.isInteger(replicas) && replicas >= 0 && replicas <= MOST_REPLICAS;
  checks.require(within, "run.replicas", `must be a whole number from 0 to ${MOST_REPLICAS}`, replicas);
  checkAtLeast(checks, "run.progressDeadlineSeconds", progressDeadlineSeconds, 1);
  if (disruptionBudget !== undefined) checkBudget(checks, disruptionBudget, replicas);
  if (rollout === undefined || rollout === "recreate") return;
  const { maxSurge, maxUnavailable } = rollout;
  checkAtLeast(checks, "run.rollout.maxSurge", maxSurge, 0);
  checkAtLeast(checks, "run.rollout.maxUnavailable", maxUnavailable, 0);
  const moves = maxSurge !== 0 || maxUnavailable !== 0;
  checks.require(moves, "run.rollout", "must allow one pod more or one less, or no pod is ever replaced", rollout);
}

function checkBudget(
  checks: PropChecks,
  { minAvailable, maxUnavailable }: { readonly minAvailable?: number; readonly maxUnavailable?: number },
  replicas: number,
): void {
  const prop = "run.disruptionBudget";
  const one = (minAvailable === undefined) !== (maxUnavailable === undefined);
  const budget = { minAvailable, maxUnavailable };
  checks.require(one, prop, "must have one of `minAvailable` and `maxUnavailable`", budget);
  checkAtLeast(checks, `${prop}.minAvailable`, minAvailable, 1);
  const fewer = `must be less than \`replicas\` (${replicas}), or no node with such a pod could be drained`;
  checks.require((minAvailable ?? 0) < replicas || replicas === 0, `${prop}.minAvailable`, fewer, minAvailable);
  const some = "must be a whole number of 1 or more, or no node with such a pod could be drained";
  const whole = maxUnavailable === undefined || (Number.isInteger(maxUnavailable) && maxUnavailable >= 1);
  checks.require(whole, `${prop}.maxUnavailable`, some, maxUnavailable);
}

function checkJob(checks: PropChecks, { retries, timeoutSeconds, completions, parallelism }: JobRunOptions): void {
  checkAtLeast(checks, "run.retries", retries, 0);
  checkAtLeast(checks, "run.timeoutSeconds", timeoutSeconds, 1);
  checkAtLeast(checks, "run.completions", completions, 1);
  checkAtLeast(checks, "run.parallelism", parallelism, 1);
}

function checkCronJob(
  checks: PropChecks,
  { schedule, timeZone = "Etc/UTC", startingDeadlineSeconds }: CronJobRun,
): void {
  const cron = "must be five fields of cron: minute, hour, day of the month, month, day of the week (0 to 6)";
  checks.require(isSchedule(schedule), "run.schedule", cron, schedule);
  checks.require(isTimeZone(timeZone), "run.timeZone", "must be an IANA time zone such as Europe/Berlin", timeZone);
  // With less the controller, which looks every ten seconds, may miss a run.
  checkAtLeast(checks, "run.startingDeadlineSeconds", startingDeadlineSeconds, 10);
}

function checkService(checks: PropChecks, props: WorkloadProps): void {
  const { run, container, service, trafficWithoutReadiness = false } = props;
  const ports = Object.keys(container.ports ?? {});
  const served = run.kind === "deployment" && ports.length > 0;
  const none = "must be left out: only a deployment whose main container has ports has a service";
  checks.require(service === undefined || served, "service", none, service);
  const probe = "must say when the container can take requests, or `trafficWithoutReadiness` be true";
  const asked = container.readiness !== undefined || trafficWithoutReadiness;
  checks.require(!served || asked, "container.readiness", probe, container.readiness);
  checkAnnotations(checks, "service.annotations", service?.annotations ?? {});
  const renumbered = Object.entries(service?.ports ?? {});
  for (const [name, port] of renumbered) {
    const place = `service.ports.${name}`;
    const known = `must be the name of a port of the container (${ports.join(", ")})`;
    checks.require(ports.includes(name), place, known, name);
    const within = Number.isInteger(port) && port >= 1 && port <= 65535;
    checks.require(within, place, "must be a whole number from 1 to 65535", port);
  }
  const numbers = Object.entries(container.ports ?? {}).map(([name, port]) => service?.ports?.[name] ?? port);
  const distinct = new Set(numbers).size === numbers.length;
  checks.require(distinct || renumbered.length === 0, "service.ports", "must be different numbers", numbers);
}

function checkAtLeast(checks: PropChecks, prop: string, value: number | undefined, least: number): void {
  const whole = value === undefined || (Number.isInteger(value) && value >= least);
  checks.require(whole, prop, `must be a whole number of ${least} or more`, value);
}

function isSchedule(schedule: string): boolean {
  const fields = schedule.trim().toLowerCase().split(/\s+/);
  return (
    fields.length === CRON_FIELDS.length && CRON_FIELDS.every((field, index) => isField(fields[index] ?? "", field))
  );
}

function isField(text: string, { least, most, names = "" }: (typeof CRON_FIELDS)[number]): boolean {
  const named = names.split("|");
  const numberOf = (part: string) => (named.includes(part) ? named.indexOf(part) + least : Number(part));
  return text.split(",").every((item) => {
    const [, range = ""] = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/[1-9]\d*)?$/.exec(item) ?? [];
    if (range === "*") return true;
    const [first = NaN, last = first] = range.split("-").map(numberOf);
    return range !== "" && first >= least && last <= most && first <= last;
  });
}
