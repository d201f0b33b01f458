import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "../cluster/cluster";
import type { INodePool } from "../cluster/pool";
import { PropChecks } from "../core/prop-checks";
import type { ManifestObject } from "../kubernetes/manifest-object";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { IKueueController } from "./kueue-controller";
import { checkSums, checkTeams } from "./private/queue-checks";
import { clusterQueue, cohort, flavour, localQueue, priorityClass, type QueueSettings } from "./private/queue-objects";
import type { TeamQueueOptions } from "./team-queue";

/** What `JobQueues` are made of. */
export interface JobQueuesProps {
  /** The cluster whose pools are divided. */
  readonly cluster: ICluster;
  /** Kueue, whose webhooks must answer before there can be queues. */
  readonly controller: IKueueController;
  /** The teams, with their namespaces and their parts of the pools. */
  readonly teams: readonly TeamQueueOptions[];
  /**
   * Pools of which teams may be promised more than there can ever be.
   *
   * @default - none
   */
  readonly overcommit?: readonly string[];
  /**
   * Whether jobs that name no queue wait in their team's: the queue of each namespace is then called `default`, otherwise by
   * the name of the team. Such jobs need room in a quota too, small ones without a GPU included.
   *
   * @default false
   */
  readonly defaultQueue?: boolean;
  /**
   * Whether jobs may take up CPU of accelerator pools that do not tolerate the taint of the accelerators, as those without a
   * GPU do not. Jobs that ask for a GPU then need no toleration in their pods.
   *
   * @default false
   */
  readonly cpuJobsOnAcceleratorPools?: boolean;
  /**
   * Whether a team gets back what it has lent by stopping jobs of the borrowers, which queue again.
   *
   * @default true
   */
  readonly reclaimLent?: boolean;
  /**
   * Whether a job stops jobs of its own team that have a lower priority when the quota is used up.
   *
   * @default true
   */
  readonly preemptLowerPriority?: boolean;
  /**
   * Priorities that jobs can name (label `kueue.x-k8s.io/priority-class`), by name; whole numbers. A job that names none has the
   * priority of its pods, 0 as a rule. They decide who goes first in the queue, not on the nodes.
   *
   * @default - `low` (-100) and `high` (100)
   */
  readonly priorities?: Readonly<Record<string, number>>;
  /**
   * Name of the cohort within which teams lend one another what they leave idle.
   *
   * @default "teams"
   */
  readonly cohortName?: string;
  /**
   * What must stand before the queues, besides Kueue and the namespaces.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Queues in front of the node pools: each pool that a team has a part of is a flavour, each team has a queue with its quotas,
 * and each namespace of the team a queue that its jobs name (label `kueue.x-k8s.io/queue-name`). Teams lend one another what
 * they leave idle.
 *
 * A job is let go when all its pods fit into the quota of one pool, CPU, memory and accelerators alike. It then gets the
 * labels of the pool as node selector.
 *
 * @example
 * const queues = new JobQueues(this, "Queues", {
 *   cluster,
 *   controller,
 *   teams: [{ name: "research", namespaces: [training], quotas: { l4: { gpus: 4 }, batch: { cpus: 32 } } }],
 * });
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/cluster_queue/
 */
export class JobQueues extends Construct {
  /** What must stand before jobs can queue. */
  readonly ready: readonly ITerraformDependable[];
  /** Name that jobs of a team give as their queue, by team. */
  readonly queueNames: Readonly<Record<string, string>>;

  /** @throws ValidationError `INVALID_JOB_QUEUES_PROPS` */
  constructor(scope: Construct, id: string, props: JobQueuesProps) {
    super(scope, id);
    const { cluster, controller, teams, defaultQueue = false, dependsOn = [] } = props;
    const pools = cluster.pools.filter(({ poolName }) => teams.some(({ quotas }) => poolName in quotas));

    this.validateProps(props, pools);

    const queueNames = Object.fromEntries(teams.map(({ name }) => [name, defaultQueue ? DEFAULT_QUEUE : name]));
    const set = new ManifestSet(this, "Objects", {
      name: "job-queues",
      namespace: controller.namespace.namespaceName,
      objects: this.objects(props, pools, queueNames),
      dependsOn: [
        ...controller.ready,
        ...teams.flatMap(({ namespaces }) => namespaces.flatMap(({ ready }) => ready)),
        ...dependsOn,
      ],
    });
    this.queueNames = queueNames;
    this.ready = [set.resource];
  }

  private objects(
    props: JobQueuesProps,
    pools: readonly INodePool[],
    queueNames: Readonly<Record<string, string>>,
  ): ManifestObject[] {
    const { teams, priorities = DEFAULT_PRIORITIES } = props;
    const settings = settingsOf(props);
    return [
      ...pools.map((pool) => flavour(pool, settings)),
      cohort(settings.cohortName),
      ...teams.map((team) => clusterQueue(team, poolsOf(team, pools), settings)),
      ...teams.flatMap(({ name, namespaces }) =>
        namespaces.map(({ namespaceName }) => localQueue(queueNames[name] ?? name, namespaceName, name)),
      ),
      ...Object.entries(priorities).map(([name, value]) => priorityClass(name, value)),
    ];
  }

  private validateProps(props: JobQueuesProps, pools: readonly INodePool[]): void {
    const { cluster, controller, teams, overcommit = [], priorities = DEFAULT_PRIORITIES } = props;
    const { cohortName } = settingsOf(props);
    const checks = new PropChecks(this, "INVALID_JOB_QUEUES_PROPS");
    checkTeams(checks, teams, cluster, controller.managedNamespaces);
    checkSums(checks, teams, pools, overcommit);
    const idle = overcommit.filter((name) => !pools.some(({ poolName }) => poolName === name));
    const shared = "must be pools that a team has a part of";
    checks.require(idle.length === 0, "overcommit", shared, idle);
    const dns = "must be a DNS name: lower-case letters, digits, hyphens and dots";
    checks.require(DNS_NAME.test(cohortName), "cohortName", dns, cohortName);
    for (const [name, value] of Object.entries(priorities)) {
      checks.require(DNS_NAME.test(name), `priorities.${name}`, dns, name);
      const fits = Number.isInteger(value) && Math.abs(value) <= MOST_PRIORITY;
      const range = `must be a whole number from ${-MOST_PRIORITY} to ${MOST_PRIORITY}`;
      checks.require(fits, `priorities.${name}`, range, value);
    }
    checks.throwIfAny();
  }
}

/** Kueue puts jobs that name no queue into the one of their namespace with this name. */
const DEFAULT_QUEUE = "default";
const DEFAULT_PRIORITIES: Readonly<Record<string, number>> = { low: -100, high: 100 };
/** As far as priorities of users' pods go, within the 32 bits of the field. */
const MOST_PRIORITY = 1_000_000_000;
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

function settingsOf(props: JobQueuesProps): QueueSettings {
  const { cohortName = "teams", reclaimLent = true, preemptLowerPriority = true } = props;
  return {
    ...{ cohortName, reclaimLent, preemptLowerPriority },
    cpuJobsOnAcceleratorPools: props.cpuJobsOnAcceleratorPools ?? false,
  };
}

/** In the order of the quotas: jobs try the pools one after the other. */
function poolsOf({ quotas }: TeamQueueOptions, pools: readonly INodePool[]): readonly INodePool[] {
  return Object.keys(quotas).flatMap((name) => pools.filter(({ poolName }) => poolName === name));
}
