import type { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { Construct } from "constructs";
import { isNvidiaGpu, type InstanceType } from "../../catalog";
import { PropChecks } from "../core/prop-checks";
import type { ICluster } from "./cluster";
import type { EfaOptions } from "./efa-options";
import type { GpuSharing } from "./gpu-sharing";
import type { NodePoolAttributes } from "./node-pool-attributes";
import type { INodePool } from "./pool";
import type { PoolOptions, Taint } from "./pool-options";
import { ImportedPool } from "./private/imported-pool";
import { defineNodeGroup } from "./private/node-group";
import { PoolBase } from "./private/pool-base";
import { checkPool, knownTypes } from "./private/pool-checks";
import { efaResources, least, most, type PoolFacts, poolFacts } from "./private/pool-facts";
import { poolSettings } from "./private/pool-settings";
import { checkSharing, gpuResources, sharedGpus, type SharedGpus } from "./private/sharing";

/** A group of like nodes with NVIDIA GPUs. */
export interface IGpuNodePool extends INodePool {
  readonly kind: "gpu";
  /** Model of the GPUs as the catalogue and Karpenter name it, such as `l4`. */
  readonly gpuModel: string;
  /** Resource that a pod asks for to get a GPU, or a share of one, here: `nvidia.com/gpu`, or another name with `sharing`. */
  readonly resourceName: string;
  /** How pods share the GPUs; undefined: each GPU goes to one pod. */
  readonly sharing: GpuSharing | undefined;
}

/** What the caller of `addGpuNodePool` chooses. */
export interface GpuNodePoolOptions extends PoolOptions {
  /**
   * Size of each node's root disk in GiB, 100 to 16384. CUDA images take 5 to 20 GiB each, twice that while they are
   * unpacked, and the kubelet starts to throw images away when 85% of the disk is full.
   *
   * @default 200
   */
  readonly diskGiB?: number;
  /**
   * Most GPUs of the whole pool: a cap that holds whichever of the instance types is started, besides `maxSize`.
   *
   * @default - `maxSize` nodes of the largest type
   */
  readonly maxGpus?: number;
  /**
   * Whether nodes talk to one another over the Elastic Fabric Adapter, as training on several nodes wants it. The pool then
   * lies in one zone, and its nodes side by side. Needs the EFA device plugin in the cluster.
   *
   * @default - normal networking
   */
  readonly efa?: true | EfaOptions;
  /**
   * How pods share the GPUs. Karpenter does not count shares when it chooses nodes: leave a shared pool to the cluster
   * autoscaler.
   *
   * @default - each GPU goes to one pod
   */
  readonly sharing?: GpuSharing;
}

/** What a `GpuNodePool` is made of. */
export interface GpuNodePoolProps extends GpuNodePoolOptions {
  /** The cluster the nodes join. */
  readonly cluster: ICluster;
}

/** An existing GPU node pool. */
export interface GpuNodePoolAttributes extends NodePoolAttributes {
  /** Model of the GPUs, such as `l4`. */
  readonly gpuModel: string;
  /**
   * How pods share the GPUs.
   *
   * @default - each GPU goes to one pod
   */
  readonly sharing?: GpuSharing;
  /**
   * Resource that a pod asks for.
   *
   * @default - what `sharing` makes of it: `nvidia.com/gpu` where GPUs are not shared
   */
  readonly resourceName?: string;
}

const DEFAULT_DISK_GIB = 200;
const SMALLEST_DISK = { giB: 100, reason: "since CUDA images take 5 to 20 GiB each" };
/** The value is the one that charts of the NVIDIA components tolerate, if they look at it at all. */
const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" };

/**
 * A managed node group with NVIDIA GPUs of one model, empty until something asks for a GPU. Its image brings driver and
 * container toolkit; the device plugin comes with the Kubernetes layers (Bottlerocket has it built in).
 *
 * - Taint `nvidia.com/gpu=true:NoSchedule`: only pods that ask for a GPU, or tolerate it, take up these nodes.
 * - Labels `flightdeck.dev/gpu` (model), `nvidia.com/gpu.present`, and `k8s.amazonaws.com/accelerator`, by which the cluster
 *   autoscaler knows that a new node is not ready before its GPUs are; not where they are shared under another name.
 *
 * @example
 * cluster.addGpuNodePool("TrainingPool", { poolName: "training", instanceTypes: ["g6.xlarge", "g6.2xlarge"], maxSize: 4 });
 */
export class GpuNodePool extends PoolBase implements IGpuNodePool {
  /**
   * A GPU node pool that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_NODE_POOL_ATTRIBUTES` for instance types that the catalogue does not know, or sizes that
   * contradict
   */
  static fromGpuNodePoolAttributes(scope: Construct, id: string, attributes: GpuNodePoolAttributes): IGpuNodePool {
    return new ImportedGpuPool(scope, id, attributes);
  }

  /** Whether a pool has NVIDIA GPUs. */
  static isGpuNodePool(pool: INodePool): pool is IGpuNodePool {
    return pool.kind === "gpu";
  }

  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  readonly gpuModel: string;
  readonly resourceName: string;
  readonly sharing: GpuSharing | undefined;
  /** The node group itself, for what must wait until it stands. */
  readonly resource: EksNodeGroup;
  protected readonly facts: PoolFacts;

  /** @throws ValidationError `INVALID_GPU_NODE_POOL_PROPS` */
  constructor(scope: Construct, id: string, props: GpuNodePoolProps) {
    super(scope, id);
    const { cluster, sharing, operatingSystem = "al2023" } = props;
    const types = knownTypes(props.instanceTypes);
    const gpuModel = types[0]?.accelerator?.name ?? "";
    const shared = sharedGpus(sharing, operatingSystem, types[0]);
    const settings = poolSettings(props, {
      diskGiB: DEFAULT_DISK_GIB,
      labels: { ...gpuLabels(gpuModel, shared), ...shared.labels },
      taints: [GPU_TAINT],
      accelerator: "nvidia",
      efa: props.efa,
      devicePlugin: operatingSystem === "bottlerocket" ? shared.devicePlugin : {},
      resources: nodeResources(props, shared, least),
    });

    const checks = new PropChecks(this, "INVALID_GPU_NODE_POOL_PROPS");
    checkPool(checks, props, settings, { cluster, smallestDisk: SMALLEST_DISK });
    this.validateInstanceTypes(checks, types);
    this.validateCap(checks, props, types);
    checkSharing(checks, sharing, operatingSystem, types);
    checks.throwIfAny();

    const { group, nodeRole } = defineNodeGroup(this, cluster, settings);

    this.nodeGroupName = group.nodeGroupName;
    this.nodeGroupArn = group.arn;
    this.nodeRoleArn = nodeRole.roleArn;
    this.gpuModel = gpuModel;
    this.resourceName = shared.resourceName;
    this.sharing = sharing;
    this.resource = group;
    const { resourceName: gpuResource } = shared;
    this.facts = poolFacts(settings, {
      cluster,
      kind: "gpu",
      gpuResource,
      largest: nodeResources(props, shared, most),
    });
    cluster.registerPool(this);
  }

  override get kind(): "gpu" {
    return "gpu";
  }

  private validateCap(
    checks: PropChecks,
    { maxGpus, maxSize }: GpuNodePoolProps,
    types: readonly InstanceType[],
  ): void {
    if (maxGpus === undefined) return;
    const perNode = Math.max(0, ...types.map((type) => type.accelerator?.count ?? 0));
    const rule = `must be at least ${maxSize * perNode}: \`maxSize\` (${maxSize}) nodes of ${perNode} GPUs`;
    checks.require(Number.isInteger(maxGpus) && maxGpus >= maxSize * perNode, "maxGpus", rule, maxGpus);
  }

  private validateInstanceTypes(checks: PropChecks, types: readonly InstanceType[]): void {
    const others = types.filter((type) => !isNvidiaGpu(type)).map((type) => type.name);
    const wholeGpus = "must be types with whole NVIDIA GPUs (no other accelerator, no fraction of a GPU)";
    checks.require(others.length === 0, "instanceTypes", wholeGpus, others);

    const models = new Set(types.filter(isNvidiaGpu).map(describeGpu));
    const oneModel = "must have one GPU model, so that a workload fits on whichever type is started";
    checks.require(models.size <= 1, "instanceTypes", oneModel, [...models]);
  }
}

/**
 * To the cluster autoscaler a node with the accelerator label is unready for as long as it has no `nvidia.com/gpu`: a shared one
 * would be so all its life, and enough of them stop autoscaling in the whole cluster.
 *
 * @see https://github.com/kubernetes/autoscaler/issues/8095
 */
function gpuLabels(model: string, { resourceName }: SharedGpus): Record<string, string> {
  return {
    "flightdeck.dev/gpu": model,
    ...(resourceName === "nvidia.com/gpu" && { "k8s.amazonaws.com/accelerator": `nvidia-${model}` }),
    "nvidia.com/gpu.present": "true",
  };
}

/** What the smallest or the largest node has. */
function nodeResources(
  { instanceTypes, efa }: Pick<GpuNodePoolProps, "instanceTypes" | "efa">,
  shared: SharedGpus,
  pick: typeof least,
): Record<string, number> {
  const gpus = pick(instanceTypes, (type) => type.accelerator?.count ?? 0);
  return { ...gpuResources(shared, gpus), ...efaResources(instanceTypes, efa, pick) };
}

class ImportedGpuPool extends ImportedPool implements IGpuNodePool {
  readonly gpuModel: string;
  readonly resourceName: string;
  readonly sharing: GpuSharing | undefined;

  constructor(scope: Construct, id: string, attributes: GpuNodePoolAttributes) {
    const { sharing, operatingSystem = "al2023", instanceTypes, gpuModel } = attributes;
    const shared = sharedGpus(sharing, operatingSystem, knownTypes(instanceTypes)[0]);
    const { resourceName = shared.resourceName } = attributes;
    const resources = (gpus: number) => gpuResources({ ...shared, resourceName }, gpus);
    super(scope, id, attributes, { kind: "gpu", gpuResource: resourceName, resources });
    this.gpuModel = gpuModel;
    this.resourceName = resourceName;
    this.sharing = sharing;
  }

  override get kind(): "gpu" {
    return "gpu";
  }
}

/** Memory tells models of one name apart: the A100 of p4d has 40 GiB, that of p4de 80. */
function describeGpu({ accelerator }: InstanceType): string {
  const memory = accelerator?.memoryMiB;
  return `${accelerator?.name}${memory ? ` ${memory} MiB` : ""}`;
}
