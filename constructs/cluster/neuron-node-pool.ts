import type { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { Construct } from "constructs";
import { type InstanceType, neuronCores } from "../../catalog";
import { PropChecks } from "../core/prop-checks";
import type { ICluster } from "./cluster";
import type { EfaOptions } from "./efa-options";
import type { NodePoolAttributes } from "./node-pool-attributes";
import type { INodePool } from "./pool";
import type { PoolOptions, Taint } from "./pool-options";
import { ImportedPool } from "./private/imported-pool";
import { defineNodeGroup } from "./private/node-group";
import { PoolBase } from "./private/pool-base";
import { checkPool, knownTypes } from "./private/pool-checks";
import { efaResources, least, most, type PoolFacts, poolFacts } from "./private/pool-facts";
import { poolSettings } from "./private/pool-settings";

/** A group of like nodes with AWS Inferentia or Trainium. */
export interface INeuronNodePool extends INodePool {
  readonly kind: "neuron";
  /** Model of the Neuron devices as the catalogue and Karpenter name it, such as `trainium2`. */
  readonly neuronModel: string;
  /** Resource that a pod asks for to get whole devices: `aws.amazon.com/neuron`. */
  readonly resourceName: string;
}

/** What the caller of `addNeuronNodePool` chooses. */
export interface NeuronNodePoolOptions extends PoolOptions {
  /**
   * Size of each node's root disk in GiB, 100 to 16384. Images of the Neuron SDK take 5 to 15 GiB each.
   *
   * @default 200
   */
  readonly diskGiB?: number;
  /**
   * Whether nodes talk to one another over the Elastic Fabric Adapter, as training on several nodes wants it. The pool then
   * lies in one zone, and its nodes side by side. Needs the EFA device plugin in the cluster.
   *
   * @default - normal networking
   */
  readonly efa?: true | EfaOptions;
}

/** What a `NeuronNodePool` is made of. */
export interface NeuronNodePoolProps extends NeuronNodePoolOptions {
  /** The cluster the nodes join. */
  readonly cluster: ICluster;
}

/** An existing Neuron node pool. */
export interface NeuronNodePoolAttributes extends NodePoolAttributes {
  /** Model of the Neuron devices, such as `trainium2`. */
  readonly neuronModel: string;
}

const NEURON = "aws.amazon.com/neuron";
const NEURON_CORE = "aws.amazon.com/neuroncore";
const DEFAULT_DISK_GIB = 200;
const SMALLEST_DISK = { giB: 100, reason: "since images of the Neuron SDK take 5 to 15 GiB each" };
const NEURON_TAINT: Taint = { key: NEURON, value: "true", effect: "NoSchedule" };

/**
 * A managed node group with AWS Inferentia or Trainium of one model, empty until something asks for a device. Its image
 * brings the Neuron driver; the Neuron device plugin comes with the Kubernetes layers.
 *
 * - Taint `aws.amazon.com/neuron=true:NoSchedule`: only pods that tolerate it take up these nodes.
 * - Label `flightdeck.dev/neuron` (model). Not `k8s.amazonaws.com/accelerator`: the cluster autoscaler would wait for NVIDIA
 *   GPUs on nodes that carry it.
 *
 * @example
 * cluster.addNeuronNodePool("ServingPool", { poolName: "serving", instanceTypes: ["inf2.xlarge", "inf2.8xlarge"], maxSize: 4 });
 */
export class NeuronNodePool extends PoolBase implements INeuronNodePool {
  /**
   * A Neuron node pool that is defined elsewhere.
   *
   * @throws ValidationError `INVALID_NODE_POOL_ATTRIBUTES` for instance types that the catalogue does not know, or sizes that
   * contradict
   */
  static fromNeuronNodePoolAttributes(
    scope: Construct,
    id: string,
    attributes: NeuronNodePoolAttributes,
  ): INeuronNodePool {
    return new ImportedNeuronPool(scope, id, attributes);
  }

  readonly nodeGroupName: string;
  readonly nodeGroupArn: string;
  readonly nodeRoleArn: string;
  readonly neuronModel: string;
  readonly resourceName = NEURON;
  /** The node group itself, for what must wait until it stands. */
  readonly resource: EksNodeGroup;
  protected readonly facts: PoolFacts;

  /** @throws ValidationError `INVALID_NEURON_NODE_POOL_PROPS` */
  constructor(scope: Construct, id: string, props: NeuronNodePoolProps) {
    super(scope, id);
    const { cluster } = props;
    const types = knownTypes(props.instanceTypes);
    const neuronModel = types[0]?.accelerator?.name ?? "";
    const settings = poolSettings(props, {
      diskGiB: DEFAULT_DISK_GIB,
      labels: { "flightdeck.dev/neuron": neuronModel },
      taints: [NEURON_TAINT],
      accelerator: "neuron",
      efa: props.efa,
      resources: nodeResources(props, neuronModel, least),
    });

    const checks = new PropChecks(this, "INVALID_NEURON_NODE_POOL_PROPS");
    checkPool(checks, props, settings, { cluster, smallestDisk: SMALLEST_DISK });
    this.validateInstanceTypes(checks, types);
    const own = props.ownImage !== undefined || settings.operatingSystem === "al2023";
    const image = 'must be "al2023", the one that EKS builds images with the Neuron driver of, without `ownImage`';
    checks.require(own, "operatingSystem", image, settings.operatingSystem);
    checks.throwIfAny();

    const { group, nodeRole } = defineNodeGroup(this, cluster, settings);

    this.nodeGroupName = group.nodeGroupName;
    this.nodeGroupArn = group.arn;
    this.nodeRoleArn = nodeRole.roleArn;
    this.neuronModel = neuronModel;
    this.resource = group;
    this.facts = poolFacts(settings, { cluster, kind: "neuron", largest: nodeResources(props, neuronModel, most) });
    cluster.registerPool(this);
  }

  override get kind(): "neuron" {
    return "neuron";
  }

  private validateInstanceTypes(checks: PropChecks, types: readonly InstanceType[]): void {
    const others = types.filter((type) => type.accelerator?.kind !== "neuron").map((type) => type.name);
    const neuron = "must be types with AWS Inferentia or Trainium";
    checks.require(others.length === 0, "instanceTypes", neuron, others);

    const models = new Set(
      types.flatMap(({ accelerator }) => (accelerator?.kind === "neuron" ? [accelerator.name] : [])),
    );
    const oneModel = "must have one model of Neuron device: a compiled model runs on the one it was compiled for";
    checks.require(models.size <= 1, "instanceTypes", oneModel, [...models]);
  }
}

class ImportedNeuronPool extends ImportedPool implements INeuronNodePool {
  readonly neuronModel: string;
  readonly resourceName = NEURON;

  constructor(scope: Construct, id: string, attributes: NeuronNodePoolAttributes) {
    const { neuronModel } = attributes;
    super(scope, id, attributes, { kind: "neuron", resources: (devices) => neuronResources(neuronModel, devices) });
    this.neuronModel = neuronModel;
  }

  override get kind(): "neuron" {
    return "neuron";
  }
}

/** What the smallest or the largest node has. */
function nodeResources(
  { instanceTypes, efa }: NeuronNodePoolProps,
  model: string,
  pick: typeof least,
): Record<string, number> {
  const devices = pick(instanceTypes, (type) => type.accelerator?.count ?? 0);
  return { ...neuronResources(model, devices), ...efaResources(instanceTypes, efa, pick) };
}

function neuronResources(model: string, devices: number): Record<string, number> {
  return { [NEURON]: devices, [NEURON_CORE]: devices * (neuronCores(model) ?? 0) };
}
