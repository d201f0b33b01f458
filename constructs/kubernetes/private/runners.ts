import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { DeploymentV1, type DeploymentV1SpecStrategy } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type {
  CronJobRun,
  DeploymentRun,
  JobRun,
  JobRunOptions,
  RolloutOptions,
  WorkloadRun,
} from "../workload-options";
import type { PodTemplate } from "./pod-template";
import { replicasOf } from "./workload-facts";

/** What makes the pods of a workload. */
export interface Runner {
  readonly resource: TerraformResource;
  /** Gives it another template, until the stack is synthesised. */
  put(template: PodTemplate): void;
}

/** What a runner is made of. */
export interface RunnerParts {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  readonly selector: Record<string, string>;
  readonly template: PodTemplate;
  readonly hasGpus: boolean;
  readonly dependsOn: ITerraformDependable[];
}

const RETRIES = 2;
const STARTING_DEADLINE_SECONDS = 600;
const PROGRESS_DEADLINE_SECONDS = 600;
const RUNS_KEPT = { successful: 3, failed: 3 };
const OVERLAP = { forbid: "Forbid", allow: "Allow", replace: "Replace" } as const;
const ONE_MORE: RolloutOptions = { maxSurge: 1, maxUnavailable: 0 };
/** A further pod would wait for a GPU that the old one holds. */
const ONE_LESS: RolloutOptions = { maxSurge: 0, maxUnavailable: 1 };

/** Defines what makes the pods, as the child `Resource`. */
export function defineRunner(scope: Construct, run: WorkloadRun, parts: RunnerParts): Runner {
  switch (run.kind) {
    case "deployment":
      return deployment(scope, run, parts);
    case "job":
      return job(scope, run, parts);
    case "cron-job":
      return cronJob(scope, run, parts);
  }
}

function deployment(scope: Construct, run: DeploymentRun, parts: RunnerParts): Runner {
  const { metadata, selector, dependsOn } = parts;
  const specOf = (template: PodTemplate) => ({
    replicas: String(replicasOf(run)),
    progressDeadlineSeconds: run.progressDeadlineSeconds ?? PROGRESS_DEADLINE_SECONDS,
    selector: { matchLabels: selector },
    strategy: strategyOf(run, parts.hasGpus),
    template,
  });
  const resource = new DeploymentV1(scope, "Resource", {
    metadata,
    spec: specOf(parts.template),
    waitForRollout: run.waitForRollout ?? true,
    dependsOn,
  });
  return { resource, put: (template) => resource.putSpec(specOf(template)) };
}

function strategyOf({ rollout }: DeploymentRun, hasGpus: boolean): DeploymentV1SpecStrategy {
  if (rollout === "recreate") return { type: "Recreate" };
  const { maxSurge, maxUnavailable } = rollout ?? (hasGpus ? ONE_LESS : ONE_MORE);
  return {
    type: "RollingUpdate",
    rollingUpdate: { maxSurge: String(maxSurge), maxUnavailable: String(maxUnavailable) },
  };
}

function job(scope: Construct, run: JobRun, { metadata, template: first, dependsOn }: RunnerParts): Runner {
  const specOf = (template: PodTemplate) => jobSpec(run, template);
  const resource = new JobV1(scope, "Resource", {
    metadata,
    spec: specOf(first),
    waitForCompletion: run.waitForCompletion ?? false,
    dependsOn,
  });
  return { resource, put: (template) => resource.putSpec(specOf(template)) };
}

function cronJob(scope: Construct, run: CronJobRun, { metadata, template: first, dependsOn }: RunnerParts): Runner {
  const specOf = (template: PodTemplate) => ({
    schedule: run.schedule,
    timezone: run.timeZone ?? "Etc/UTC",
    concurrencyPolicy: OVERLAP[run.overlap ?? "forbid"],
    startingDeadlineSeconds: run.startingDeadlineSeconds ?? STARTING_DEADLINE_SECONDS,
    suspend: run.suspended ?? false,
    successfulJobsHistoryLimit: RUNS_KEPT.successful,
    failedJobsHistoryLimit: RUNS_KEPT.failed,
    jobTemplate: { metadata: { labels: metadata.labels }, spec: jobSpec(run, template) },
  });
  const resource = new CronJobV1(scope, "Resource", { metadata, spec: specOf(first), dependsOn });
  return { resource, put: (template) => resource.putSpec(specOf(template)) };
}

/** A pod that ends because its node goes is no failure of the job. */
function jobSpec(run: JobRunOptions, template: PodTemplate) {
  const { retries: backoffLimit = RETRIES, completions = 1, parallelism = 1, timeoutSeconds } = run;
  return {
    backoffLimit,
    completions,
    parallelism,
    activeDeadlineSeconds: timeoutSeconds,
    podFailurePolicy: {
      rule: [{ action: "Ignore", onPodCondition: [{ type: "DisruptionTarget", status: "True" }] }],
    },
    template,
  };
}
