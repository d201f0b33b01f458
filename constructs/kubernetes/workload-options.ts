import type { ITerraformDependable } from "cdktf";
import type { ICluster } from "../cluster/cluster";
import type { INodePool } from "../cluster/pool";
import type { ContainerOptions, ScratchOptions } from "./container-options";
import type { INamespace } from "./namespace";
import type { IPriorityClass } from "./priority-class";

/** Keeps a number of like pods running. */
export interface DeploymentRun {
  /** Names the kind. */
  readonly kind: "deployment";
  /**
   * Pods.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * How many pods stay when nodes are drained: at least `minAvailable`, or all but `maxUnavailable`.
   *
   * @default - all but one, where there are two replicas or more; one alone goes with its node
   */
  readonly disruptionBudget?: DisruptionBudget;
  /**
   * How a new version replaces the old one: pod by pod, or all at once with a gap (`"recreate"`), for what must not run twice.
   *
   * @default - one new pod more before an old one goes; with GPUs one old pod goes first, since no GPU is left for another
   */
  readonly rollout?: RolloutOptions | "recreate";
  /**
   * Seconds within which a rollout must make progress.
   *
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * Whether Terraform waits until the new pods are ready.
   *
   * @default true
   */
  readonly waitForRollout?: boolean;
}

/** How many pods must stay, or may be missing; one of the two. */
export type DisruptionBudget =
  | { readonly minAvailable: number; readonly maxUnavailable?: never }
  | { readonly maxUnavailable: number; readonly minAvailable?: never };

/** How many pods a rollout adds and takes away at a time; not both 0. */
export interface RolloutOptions {
  /** Pods beyond `replicas` at a time. */
  readonly maxSurge: number;
  /** Pods that may be missing at a time. */
  readonly maxUnavailable: number;
}

/** What runs of jobs have in common. */
export interface JobRunOptions {
  /**
   * Times a failed pod is replaced. Pods that end because their node goes do not count.
   *
   * @default 2
   */
  readonly retries?: number;
  /**
   * Seconds after which the job is ended, retries included.
   *
   * @default - it may run for ever
   */
  readonly timeoutSeconds?: number;
  /**
   * Pods that must succeed.
   *
   * @default 1
   */
  readonly completions?: number;
  /**
   * Pods that run at a time.
   *
   * @default 1
   */
  readonly parallelism?: number;
}

/** Runs to the end once. A change of anything but its labels runs it again. */
export interface JobRun extends JobRunOptions {
  /** Names the kind. */
  readonly kind: "job";
  /**
   * Whether Terraform waits until the job has succeeded, and fails when it fails: for migrations that others wait for.
   *
   * @default false
   */
  readonly waitForCompletion?: boolean;
}

/** Runs to the end by the clock. */
export interface CronJobRun extends JobRunOptions {
  /** Names the kind. */
  readonly kind: "cron-job";
  /** Minute, hour, day of the month, month and day of the week, as cron writes them: `"0 3 * * 1-5"`. */
  readonly schedule: string;
  /**
   * IANA time zone of the schedule.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /**
   * What happens while the last run is still going: the new one is left out, both run, or the old one is ended.
   *
   * @default "forbid"
   */
  readonly overlap?: "forbid" | "allow" | "replace";
  /**
   * Seconds by which a run may start late; later it is left out.
   *
   * @default 600
   */
  readonly startingDeadlineSeconds?: number;
  /**
   * Whether no run is started.
   *
   * @default false
   */
  readonly suspended?: boolean;
}

/** How a workload runs. */
export type WorkloadRun = DeploymentRun | JobRun | CronJobRun;

/** GPUs of a pool. */
export interface GpuRequest {
  /** Pool with GPUs: it says what a GPU is called there, and how pods get to its nodes. */
  readonly pool: INodePool;
  /** GPUs of each pod, or shares or slices of one, whatever the pool offers. A pod gets one share and no more. */
  readonly count: number;
  /**
   * Resource that the workload was made for, such as `nvidia.com/mig-1g.10gb`: a pool that offers another is refused.
   *
   * @default - whatever the pool offers
   */
  readonly resource?: string;
}

/** Where a volume comes from; one of four. */
export type VolumeSource =
  | { readonly scratch: ScratchOptions }
  | { readonly secret: string }
  | { readonly configMap: string }
  | { readonly claim: string };

/** What the service of a workload is like. */
export interface ServiceOptions {
  /**
   * Ports of the service by the name of the container's port.
   *
   * @default - the numbers of the container
   */
  readonly ports?: Readonly<Record<string, number>>;
  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a caller chooses about a workload. */
export interface WorkloadOptions {
  /** Name of the workload and what belongs to it: a DNS label of at most 52 characters. */
  readonly name: string;
  /** How it runs: for ever, once, or by the clock. */
  readonly run: WorkloadRun;
  /** The container that does the work; it is called as the workload. */
  readonly container: ContainerOptions;
  /**
   * Containers beside it, by name.
   *
   * @default - none
   */
  readonly sidecars?: Readonly<Record<string, ContainerOptions>>;
  /**
   * Containers that run to their end before it starts, by name, one after the other.
   *
   * @default - none
   */
  readonly initContainers?: Readonly<Record<string, ContainerOptions>>;
  /**
   * Volumes that containers mount, by name.
   *
   * @default - none
   */
  readonly volumes?: Readonly<Record<string, VolumeSource>>;
  /**
   * Files of the main container, by path, with their text. Pods are replaced when one changes. Not for secrets.
   *
   * @default - none
   */
  readonly configFiles?: Readonly<Record<string, string>>;
  /**
   * Service account of the pods, defined elsewhere. A `PodRole` for the account gives the pods rights in AWS.
   *
   * @default - one of its own, called as the workload
   */
  readonly serviceAccountName?: string;
  /**
   * Whether pods get a token for the Kubernetes API.
   *
   * @default false
   */
  readonly kubernetesApiAccess?: boolean;
  /**
   * What the service of a deployment is like. It has one as soon as the main container has ports.
   *
   * @default - inside the cluster, with the ports of the container
   */
  readonly service?: ServiceOptions;
  /**
   * Whether the service sends requests to pods that nobody asked whether they can take them: a main container with ports and
   * without `readiness`.
   *
   * @default false
   */
  readonly trafficWithoutReadiness?: boolean;
  /**
   * GPUs of each pod, for the main container.
   *
   * @default - none
   */
  readonly gpus?: GpuRequest;
  /**
   * Whether it may run on nodes that AWS takes back at two minutes' notice.
   *
   * @default false
   */
  readonly spotTolerant?: boolean;
  /**
   * How pods of a deployment are spread over zones and nodes: as well as it goes, strictly (a pod then waits), or not at all.
   *
   * @default "preferred"
   */
  readonly spread?: "preferred" | "required" | "none";
  /**
   * Whether autoscalers may move its pods to another node to save nodes.
   *
   * @default - true for a deployment; jobs would lose what they have done
   */
  readonly movable?: boolean;
  /**
   * Who goes first when nodes are full.
   *
   * @default - the default of the cluster
   */
  readonly priorityClass?: IPriorityClass;
  /**
   * Seconds that containers have to end after they were asked to.
   *
   * @default 30
   */
  readonly gracePeriodSeconds?: number;
  /**
   * User and group the containers run as, never 0.
   *
   * @default 10001
   */
  readonly userId?: number;
  /**
   * Who answers for it, kebab-case: the label `flightdeck.dev/team`.
   *
   * @default - no label
   */
  readonly team?: string;
  /**
   * Further labels of the pods.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * What must stand before it runs, besides its namespace.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** What a `Workload` is made of. */
export interface WorkloadProps extends WorkloadOptions {
  /** The cluster it runs in: pools of another are refused. */
  readonly cluster: ICluster;
  /** The namespace it runs in. */
  readonly namespace: INamespace;
}
