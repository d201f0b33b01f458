import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { tryFindEksImageRegistry } from "../../catalog";
import type { Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ComponentProps } from "../components/component-props";
import { GPU_TOLERATION, NEURON_TOLERATION, POOL_LABEL, poolNames, tolerationsFor } from "../components/gpu-pools";
import { installChart } from "../components/install-chart";

/** What an `EfaDevicePlugin` is made of. */
export interface EfaDevicePluginProps extends ComponentProps {
  /**
   * Further values of the label `flightdeck.dev/pool` whose nodes have EFA interfaces: those of pools that
   * are defined elsewhere.
   *
   * @default - the pools of the cluster with `efa` alone
   */
  readonly furtherPools?: readonly string[];
  /**
   * Registry of the plugin's image, without a slash at its end.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
   * @default - the one that EKS keeps in the cluster's region
   */
  readonly imageRegistry?: string;
  /**
   * Taints to tolerate besides those of GPU and Neuron nodes and of the cluster's pools with EFA.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
}

/**
 * The device plugin of the Elastic Fabric Adapter: pods ask for `vpc.amazonaws.com/efa` and get interfaces that pass by the
 * operating system. It runs on the nodes of pools with `efa` and nowhere else: other nodes have no such interface, whatever
 * their instance type could have. The namespace must allow privileged pods.
 *
 * @example
 * new EfaDevicePlugin(this, "EfaDevicePlugin", { cluster, namespace: kubeSystem });
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html
 */
export class EfaDevicePlugin extends Construct {
  /** The strictest level its pods run under: they use the devices of the node. */
  static readonly podSecurity: PodSecurityLevel = "privileged";

  /** What must stand before pods count on EFA interfaces. */
  readonly ready: readonly ITerraformDependable[];

  /** @throws ValidationError `INVALID_EFA_DEVICE_PLUGIN_PROPS` */
  constructor(scope: Construct, id: string, props: EfaDevicePluginProps) {
    super(scope, id);
    const { cluster, furtherPools = [], tolerations = [] } = props;
    const pools = cluster.pools.filter(({ efa }) => efa);
    const names = [...poolNames(pools), ...furtherPools];
    const { imageRegistry: registry = tryFindEksImageRegistry(cluster.identity.region) } = props;

    const checks = new PropChecks(this, "INVALID_EFA_DEVICE_PLUGIN_PROPS");
    const some = "must have a pool with `efa`, or `furtherPools` name one: the plugin would run nowhere";
    checks.require(names.length > 0, "cluster", some, poolNames(cluster.pools));
    const told = `must be given: no registry of EKS is known in ${cluster.identity.region}`;
    checks.require(registry !== undefined, "imageRegistry", told, registry);
    const plain = "must be a host, with a path if need be, without a slash at its end";
    checks.require(registry === undefined || /^[\w.:-]+(\/[\w.-]+)*$/.test(registry), "imageRegistry", plain, registry);
    checks.throwIfAny();

    const chart = installChart(this, "Chart", props, {
      chart: "aws-efa-k8s-device-plugin",
      values: {
        image: { repository: `${registry}/eks/aws-efa-k8s-device-plugin` },
        supportedInstanceLabels: { keys: [POOL_LABEL], values: names },
        // One node at a time would take longer than Helm waits where there are many.
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
        tolerations: tolerationsFor(pools, [GPU_TOLERATION, NEURON_TOLERATION, ...tolerations]),
      },
    });
    this.ready = [chart.resource];
  }
}
