import type { ITerraformDependable } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { nearestName } from "../../catalog";
import { PropChecks } from "../core/prop-checks";
import type { INamespace } from "../kubernetes/namespace";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import { JOB_FRAMEWORKS, type JobFramework } from "./job-framework";
import { installChart } from "../components/install-chart";
import { kueueConfig } from "./private/kueue-config";
import {
  checkPlace,
  CRITICAL_PRIORITY,
  disruptionBudget,
  replicaSettings,
  resources,
  spread,
} from "../components/replicas";
import type { ReplicatedComponentProps } from "../components/replicated-component-props";

/** Kueue, for those who give it queues. */
export interface IKueueController extends IConstruct {
  /** The namespace its pods run in. */
  readonly namespace: INamespace;
  /** Names of the namespaces whose jobs it looks at. */
  readonly managedNamespaces: readonly string[];
  /** What must stand before its custom resources are used: its webhooks refuse them until it runs. */
  readonly ready: readonly ITerraformDependable[];
}

/** What a `KueueController` is made of. */
export interface KueueControllerProps extends ReplicatedComponentProps {
  /**
   * Namespaces whose jobs it looks at: those of the teams that have queues. Jobs of all others start as if it were not there,
   * also while it is down.
   */
  readonly managedNamespaces: readonly INamespace[];
  /**
   * Kinds of jobs that it holds back. Those whose definitions are not installed are taken up when they are.
   *
   * @default - `batch/job`, JobSet, the TrainJob of Kubeflow Trainer, MPIJob, RayJob and RayCluster
   */
  readonly frameworks?: readonly JobFramework[];
  /**
   * Minutes, 1 to 1440, after which a job that was let go and still lacks pods gives its quota back and waits again: no job
   * holds half the GPUs that it needs. Must leave time for nodes to start and images to be pulled.
   *
   * @default 30
   */
  readonly podsReadyTimeoutMinutes?: number | "never";
  /**
   * Whether what teams leave idle goes to whom has borrowed least, instead of whom has waited longest.
   *
   * @default false
   */
  readonly fairSharing?: boolean;
  /**
   * Whether jobs of the managed namespaces that name no queue are held for ever, instead of starting past all quotas. See
   * `defaultQueue` of `JobQueues` for a third way.
   *
   * @default false
   */
  readonly holdJobsWithoutQueue?: boolean;
  /**
   * Whether cert-manager makes the certificates of the webhooks; it must be among `dependsOn`.
   *
   * @default - Kueue makes them itself
   */
  readonly certManager?: boolean;
}

/** Kueue, installed elsewhere. */
export interface KueueControllerAttributes {
  /** The namespace its pods run in. */
  readonly namespace: INamespace;
  /** Names of the namespaces whose jobs it looks at. */
  readonly managedNamespaces: readonly string[];
}

const DEFAULT_TIMEOUT = 30;
const LONGEST_TIMEOUT = 1440;

/**
 * Kueue: jobs wait until their team's quota has room, and then get all they asked for at once. It comes without queues: those
 * are `JobQueues`. Uninstalling the chart deletes all queues with it.
 *
 * @example
 * const kueue = new KueueController(this, "Kueue", { cluster, namespace, managedNamespaces: [training] });
 * new JobQueues(this, "Queues", { cluster, controller: kueue, teams });
 *
 * @see https://kueue.sigs.k8s.io/docs/overview/
 */
export class KueueController extends Construct implements IKueueController {
  /** Kueue that is installed elsewhere, and runs. */
  static fromKueueControllerAttributes(
    scope: Construct,
    id: string,
    attributes: KueueControllerAttributes,
  ): IKueueController {
    return new ImportedKueueController(scope, id, attributes);
  }

  /** The strictest level its pods run under. */
  static readonly podSecurity: PodSecurityLevel = "restricted";
  /** Ports on which the API server calls its pods: the list of waiting jobs, and the webhooks. */
  static readonly webhookPorts: readonly number[] = [8082, 9443];
  /** Ports on which its pods tell their metrics. */
  static readonly metricsPorts: readonly number[] = [8443];

  readonly namespace: INamespace;
  readonly managedNamespaces: readonly string[];
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_KUEUE_CONTROLLER_PROPS` */
  constructor(scope: Construct, id: string, props: KueueControllerProps) {
    super(scope, id);
    const { namespace } = props;
    const managedNamespaces = props.managedNamespaces.map(({ namespaceName }) => namespaceName);

    this.validateProps(props, managedNamespaces);

    const chart = installChart(this, "Chart", props, {
      chart: "kueue",
      values: this.values(props, managedNamespaces),
    });
    this.namespace = namespace;
    this.managedNamespaces = managedNamespaces;
    this.ready = [chart.resource];
  }

  private values(props: KueueControllerProps, managedNamespaces: readonly string[]): Record<string, unknown> {
    const { frameworks = DEFAULT_FRAMEWORKS, podsReadyTimeoutMinutes = DEFAULT_TIMEOUT, fairSharing = false } = props;
    const { holdJobsWithoutQueue = false, certManager = false, monitoring = false } = props;
    const settings = replicaSettings(props);
    const { replicas, nodeSelector, tolerations, highAvailability } = settings;
    const size = resources("250m", "512Mi", "1Gi");
    const jobs = { frameworks, managedNamespaces, podsReadyTimeoutMinutes, fairSharing, holdJobsWithoutQueue };
    return {
      enableCertManager: certManager,
      enablePrometheus: monitoring,
      managerConfig: { controllerManagerConfigYaml: kueueConfig({ ...jobs, monitoring }) },
      controllerManager: {
        ...{ replicas, nodeSelector, tolerations },
        podDisruptionBudget: disruptionBudget(settings),
        topologySpreadConstraints: highAvailability ? spread(POD_LABELS) : [],
        manager: {
          priorityClassName: CRITICAL_PRIORITY,
          resources: { ...size, limits: { ...size.limits, cpu: null } },
        },
      },
    };
  }

  private validateProps(props: KueueControllerProps, managedNamespaces: readonly string[]): void {
    const { namespace, frameworks = DEFAULT_FRAMEWORKS, podsReadyTimeoutMinutes = DEFAULT_TIMEOUT } = props;
    const checks = new PropChecks(this, "INVALID_KUEUE_CONTROLLER_PROPS");
    checkPlace(checks, props);
    const some = "must name at least one namespace";
    checks.require(managedNamespaces.length > 0, "managedNamespaces", some, managedNamespaces);
    const own = managedNamespaces.filter((name) => name === "kube-system" || name === namespace.namespaceName);
    const others = "must not hold kube-system or Kueue's own namespace: it would wait for itself";
    checks.require(own.length === 0, "managedNamespaces", others, own);
    checks.require(frameworks.length > 0, "frameworks", "must name at least one kind of job", frameworks);
    frameworks.forEach((framework, index) => {
      const nearest = nearestName(framework, JOB_FRAMEWORKS);
      const hint = nearest === undefined ? "" : `, did you mean "${nearest}"?`;
      const rule = `must be a kind of job that Kueue knows${hint}`;
      checks.require(JOB_FRAMEWORKS.includes(framework), `frameworks[${index}]`, rule, framework);
    });
    const minutes = `must be a whole number from 1 to ${LONGEST_TIMEOUT}, or "never"`;
    const timely = podsReadyTimeoutMinutes === "never" || isMinutes(podsReadyTimeoutMinutes);
    checks.require(timely, "podsReadyTimeoutMinutes", minutes, podsReadyTimeoutMinutes);
    checks.throwIfAny();
  }
}

class ImportedKueueController extends Construct implements IKueueController {
  readonly namespace: INamespace;
  readonly managedNamespaces: readonly string[];
  readonly ready: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { namespace, managedNamespaces }: KueueControllerAttributes) {
    super(scope, id);
    this.namespace = namespace;
    this.managedNamespaces = managedNamespaces;
  }
}

const DEFAULT_FRAMEWORKS: readonly JobFramework[] = [
  "batch/job",
  "jobset.x-k8s.io/jobset",
  "trainer.kubeflow.org/trainjob",
  "kubeflow.org/mpijob",
  "ray.io/rayjob",
  "ray.io/raycluster",
];

/** By these labels the chart tells the controller's pods apart. */
const POD_LABELS = { "app.kubernetes.io/name": "kueue", "control-plane": "controller-manager" };

function isMinutes(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LONGEST_TIMEOUT;
}
