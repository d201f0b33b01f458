import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { IPlaceable, PodPlacement } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import { defineConfigFiles } from "./private/config-files";
import {
  checkPlacement,
  demandOf,
  gpuResources,
  placementsOf,
  type PodDemand,
  schedulingOf,
} from "./private/placements";
import { type PodTemplate, podTemplate } from "./private/pod-template";
import { defineRunner, type Runner } from "./private/runners";
import { checkWorkload } from "./private/workload-checks";
import {
  defineDisruptionBudget,
  defineService,
  defineServiceAccount,
  labelsOf,
  metadataOf,
  selectorOf,
  type WorkloadParts,
} from "./private/workload-parts";
import type { WorkloadProps } from "./workload-options";

export type { WorkloadOptions, WorkloadProps } from "./workload-options";

/** Something that runs in a cluster. */
export interface IWorkload extends IConstruct {
  /** Name of the workload. */
  readonly workloadName: string;
  /** Name of its namespace. */
  readonly namespaceName: string;
  /** Service account of its pods: what a `PodRole` is made for. */
  readonly serviceAccountName: string;
  /** Name under which its service is found in the cluster; undefined without a service. */
  readonly host: string | undefined;
}

/** An existing workload. */
export interface WorkloadAttributes {
  /** Name of the workload. */
  readonly workloadName: string;
  /** Name of its namespace. */
  readonly namespaceName: string;
  /**
   * Service account of its pods.
   *
   * @default - the name of the workload
   */
  readonly serviceAccountName?: string;
  /**
   * Whether it has a service of its own name.
   *
   * @default true
   */
  readonly hasService?: boolean;
}

/**
 * A program in the cluster: a Deployment with its service, a Job or a CronJob. Its containers run as a normal user without
 * capabilities, on a read-only file system, with requests and limits; its pods get no token for the Kubernetes API, are spread
 * over zones and nodes, leave their nodes one by one, and stay off spot nodes and GPU nodes unless told otherwise.
 *
 * There is no StatefulSet: state lives in S3, RDS and ElastiCache, and charts that need volumes bring their own.
 *
 * @example
 * const server = new Workload(this, "Server", {
 *   cluster,
 *   namespace,
 *   name: "embedder",
 *   run: { kind: "deployment", replicas: 2 },
 *   container: {
 *     image: "registry.example.com/embedder:1.4.0",
 *     ports: { http: 8080 },
 *     readiness: { path: "/healthz", port: "http" },
 *     resources: { cpu: "2", memory: "8Gi" },
 *   },
 *   gpus: { pool: cluster.findPool("inference"), count: 1 },
 * });
 */
export class Workload extends Construct implements IWorkload, IPlaceable {
  /** A workload that is defined elsewhere. */
  static fromWorkloadAttributes(scope: Construct, id: string, attributes: WorkloadAttributes): IWorkload {
    return new ImportedWorkload(scope, id, attributes);
  }

  readonly workloadName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string | undefined;
  /** The Deployment, Job or CronJob itself, for what must wait until it stands. */
  readonly resource: TerraformResource;
  private readonly pools: PodPlacement[];
  private readonly demand: PodDemand;
  private readonly runner: Runner;
  private readonly renderTemplate: () => PodTemplate;

  /** @throws ValidationError `INVALID_WORKLOAD_PROPS` */
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { name, namespace, run, gpus, serviceAccountName = name } = props;
    this.pools = placementsOf(gpus);
    this.demand = demandOf(props);

    this.validateProps(props);
    this.node.addValidation({ validate: () => this.validatePool() });

    const parts: WorkloadParts = { ...props, namespaceName: namespace.namespaceName, labels: labelsOf(props) };
    const account = props.serviceAccountName === undefined ? [defineServiceAccount(this, parts)] : [];
    const files = defineConfigFiles(this, parts);
    this.renderTemplate = () =>
      podTemplate(props, {
        ...{ serviceAccountName, files, labels: parts.labels, selector: selectorOf(name) },
        gpus: gpuResources(gpus, this.pools),
        scheduling: schedulingOf(this.pools, this.demand.spotTolerant),
      });
    this.runner = defineRunner(this, run, {
      metadata: metadataOf(parts),
      selector: selectorOf(name),
      template: this.renderTemplate(),
      hasGpus: gpus !== undefined,
      dependsOn: [...namespace.ready, ...account, ...(files ? [files.resource] : []), ...prerequisitesOf(props)],
    });
    const service = defineService(this, parts);
    defineDisruptionBudget(this, parts);

    this.workloadName = name;
    this.namespaceName = namespace.namespaceName;
    this.serviceAccountName = serviceAccountName;
    this.host = service && hostOf(name, this.namespaceName);
    this.resource = this.runner.resource;
  }

  /**
   * Lets the pods run on the nodes of a pool and no others; called by `pool.place(workload)`. After several calls they run on any
   * of the pools.
   *
   * @throws ValidationError `INVALID_PLACEMENT` for a pool of another cluster, a spot pool, one whose nodes are too small or lack
   * a resource, or any pool but that of `gpus`
   */
  placeOn(placement: PodPlacement): void {
    const checks = new PropChecks(this, "INVALID_PLACEMENT");
    const { poolName } = placement;
    const own = this.demand.gpus?.pool.poolName;
    const rule = `must be that of \`gpus\` (${own}), which places the workload already`;
    checks.require(own === undefined || own === poolName, "pool", rule, poolName);
    if (own === undefined) checkPlacement(checks, "pool", placement, this.demand);
    checks.throwIfAny();
    if (this.pools.some((pool) => pool.poolName === poolName)) return;
    this.pools.push(placement);
    this.runner.put(this.renderTemplate());
  }

  private validateProps(props: WorkloadProps): void {
    const checks = new PropChecks(this, "INVALID_WORKLOAD_PROPS");
    checkWorkload(checks, props);
    const [pool] = this.pools;
    const named = "must name the pool that has them";
    checks.require(props.gpus === undefined || pool !== undefined, "gpus.pool", named, undefined);
    if (pool !== undefined) checkPlacement(checks, "gpus.pool", pool, this.demand);
    checks.throwIfAny();
  }

  private validatePool(): string[] {
    const asked = Object.keys(this.demand.extended);
    if (asked.length === 0 || this.pools.length > 0) return [];
    return [
      `The workload must be placed on a pool, since it asks for ${asked.join(", ")}: call \`pool.place(workload)\``,
    ];
  }
}

class ImportedWorkload extends Construct implements IWorkload {
  readonly workloadName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  readonly host: string | undefined;

  constructor(scope: Construct, id: string, attributes: WorkloadAttributes) {
    super(scope, id);
    const { workloadName, namespaceName, serviceAccountName = workloadName, hasService = true } = attributes;
    this.workloadName = workloadName;
    this.namespaceName = namespaceName;
    this.serviceAccountName = serviceAccountName;
    this.host = hasService ? hostOf(workloadName, namespaceName) : undefined;
  }
}

function hostOf(name: string, namespaceName: string): string {
  return `${name}.${namespaceName}.svc.cluster.local`;
}

function prerequisitesOf({ dependsOn = [], priorityClass }: WorkloadProps): ITerraformDependable[] {
  return [...dependsOn, ...(priorityClass?.resource ? [priorityClass.resource] : [])];
}
