import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { neuronDevicePluginImage, neuronDevicePluginRegistry } from "../../catalog";
import type { Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import { ManifestSet } from "../kubernetes/manifest-set";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ComponentProps } from "../components/component-props";
import type { KarpenterNodePool } from "./karpenter-node-pool";
import { NEURON_TOLERATION, poolNames, tolerationsFor } from "../components/gpu-pools";
import { NEURON_PLUGIN, neuronPluginObjects } from "./private/neuron-plugin-objects";

/** What a `NeuronDevicePlugin` is made of: no chart, hence no source of one. */
export interface NeuronDevicePluginProps extends Omit<ComponentProps, "source"> {
  /**
   * Further values of the label `flightdeck.dev/pool` whose nodes have AWS Inferentia or Trainium: those of pools that are
   * defined elsewhere. Taints of theirs, besides that of Neuron nodes, belong in `tolerations`.
   *
   * @default - the Neuron pools of the cluster and of `karpenterPools` alone
   */
  readonly furtherPools?: readonly string[];
  /**
   * Pools whose nodes Karpenter starts. Those without Neuron devices are left out.
   *
   * @default - none
   */
  readonly karpenterPools?: readonly KarpenterNodePool[];
  /**
   * Registry of the plugin's image, without a slash at its end. It must have the image under AWS's own name, as a pull-through
   * cache of `public.ecr.aws` does.
   *
   * @default "public.ecr.aws"
   */
  readonly imageRegistry?: string;
  /**
   * Taints to tolerate besides those of Neuron nodes and of the pools.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * Whether the plugin sees `/run` of its node, and with it the socket of the container runtime, which can do anything there.
   * AWS's own chart lets it, for the list of devices that Neuron Runtime 1.x kept there; images with the Neuron driver have none.
   *
   * @default false
   */
  readonly exposeRunDirectory?: boolean;
}

/**
 * The device plugin of AWS Inferentia and Trainium: pods ask for `aws.amazon.com/neuron` (whole devices) or
 * `aws.amazon.com/neuroncore` (cores) and get them for themselves. It runs on the nodes of Neuron pools and nowhere else. The
 * namespace must allow privileged pods: the plugin meets the kubelet in a directory of the node.
 *
 * A node must not have the Neuron DRA driver besides, which hands out the same devices.
 *
 * @example
 * new NeuronDevicePlugin(this, "NeuronDevicePlugin", { cluster, namespace: kubeSystem });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/device-management-neuron.html
 */
export class NeuronDevicePlugin extends Construct {
  /** The strictest level its pods run under: they use a directory of the node. */
  static readonly podSecurity: PodSecurityLevel = "privileged";

  /** What must stand before pods count on Neuron devices. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_NEURON_DEVICE_PLUGIN_PROPS` */
  constructor(scope: Construct, id: string, props: NeuronDevicePluginProps) {
    super(scope, id);
    const { cluster, namespace, furtherPools = [], karpenterPools = [], tolerations = [], dependsOn = [] } = props;
    const { imageRegistry = neuronDevicePluginRegistry, exposeRunDirectory = false } = props;
    const pools = [...cluster.pools, ...karpenterPools].filter(({ kind }) => kind === "neuron");
    const names = [...new Set([...poolNames(pools), ...furtherPools])];

    const checks = new PropChecks(this, "INVALID_NEURON_DEVICE_PLUGIN_PROPS");
    const some =
      "must have a pool with AWS Inferentia or Trainium, or `furtherPools` name one: the plugin would run nowhere";
    checks.require(names.length > 0, "cluster", some, poolNames([...cluster.pools, ...karpenterPools]));
    const odd = furtherPools.filter((name) => !LABEL_VALUE.test(name));
    checks.require(odd.length === 0, "furtherPools", LABEL_VALUE_RULE, odd);
    const plain = "must be a host, with a path if need be, without a slash at its end";
    checks.require(/^[\w.:-]+(\/[\w.-]+)*$/.test(imageRegistry), "imageRegistry", plain, imageRegistry);
    checks.throwIfAny();

    const { namespaceName } = namespace;
    const set = new ManifestSet(this, "Objects", {
      name: NEURON_PLUGIN,
      namespace: namespaceName,
      objects: neuronPluginObjects({
        namespaceName,
        image: neuronDevicePluginImage(imageRegistry),
        pools: names,
        tolerations: tolerationsFor(pools, [NEURON_TOLERATION, ...tolerations]),
        runOfNode: exposeRunDirectory,
      }),
      dependsOn: [...new Set([...namespace.ready, ...dependsOn])],
    });
    this.ready = [set.resource];
  }
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE_RULE = "must be 1 to 63 letters, digits, - _ and . that start and end with a letter or digit";
