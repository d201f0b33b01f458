import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IGpuNodePool } from "../cluster/gpu-node-pool";
import type { Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ComponentProps } from "../components/component-props";
import {
  checkConfigLabels,
  DEFAULT_CONFIG,
  devicePluginConfigs,
  migPools,
  migStrategy,
} from "./private/device-plugin-configs";
import { claimDevicePlugin } from "./private/device-plugin-owner";
import { GPU_TOLERATION, gpuPools, POOL_LABEL, poolNames, tolerationsFor } from "../components/gpu-pools";
import { installChart } from "../components/install-chart";

/** What a `NvidiaDevicePlugin` is made of. */
export interface NvidiaDevicePluginProps extends ComponentProps {
  /**
   * Pools with MIG whose nodes cut their GPUs themselves when they start, from an image of one's own. The plugin hands slices
   * out, but cuts none: without this, pools with MIG need the `GpuOperator`.
   *
   * @default - none
   */
  readonly preCutPools?: readonly string[];
  /**
   * Further values of the label `flightdeck.dev/pool` whose nodes bring a device plugin of their own, as Bottlerocket nodes
   * do that Karpenter starts. Pools of the cluster with Bottlerocket are left out anyway.
   *
   * @default - none
   */
  readonly ownPluginPools?: readonly string[];
  /**
   * Whether nodes get labels of what their GPUs are and have (`nvidia.com/gpu.product` and others), by GPU and node feature
   * discovery. Pools say the model themselves.
   *
   * @default false
   */
  readonly gpuFeatureDiscovery?: boolean;
  /**
   * Taints to tolerate besides those of the cluster's GPU pools, as nodes may carry that Karpenter starts.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
}

/**
 * NVIDIA's device plugin: it tells the kubelet of each GPU node how many GPUs there are, and hands them to pods. How pools
 * share their GPUs (time slicing, MPS) becomes one configuration each; nodes choose by the label that their pool sets.
 *
 * It runs on GPU nodes with Amazon Linux alone: Bottlerocket has a plugin built in. One cluster takes one owner of the plugin,
 * this or the `GpuOperator`. The namespace must allow privileged pods.
 *
 * @example
 * new NvidiaDevicePlugin(this, "DevicePlugin", { cluster, namespace });
 *
 * @see https://github.com/NVIDIA/k8s-device-plugin
 */
export class NvidiaDevicePlugin extends Construct {
  /** The strictest level its pods run under: they mount folders of the node, and more where GPUs are cut or shared. */
  static readonly podSecurity: PodSecurityLevel = "privileged";

  /** What must stand before pods count on GPUs. */
  readonly ready: readonly ITerraformDependable[];

  /**
   * @throws ValidationError `INVALID_NVIDIA_DEVICE_PLUGIN_PROPS`
   * @throws ValidationError `TWO_DEVICE_PLUGIN_OWNERS` when the cluster has another one
   */
  constructor(scope: Construct, id: string, props: NvidiaDevicePluginProps) {
    super(scope, id);
    const { cluster } = props;
    const pools = gpuPools(cluster, "al2023");

    this.validateProps(props, pools);
    claimDevicePlugin(this, cluster);

    const chart = installChart(this, "Chart", props, {
      chart: "nvidia-device-plugin",
      values: this.values(props, pools),
    });
    this.ready = [chart.resource];
  }

  private values(props: NvidiaDevicePluginProps, pools: readonly IGpuNodePool[]): Record<string, unknown> {
    const { cluster, gpuFeatureDiscovery = false, ownPluginPools = [], tolerations = [] } = props;
    const configs = devicePluginConfigs(pools);
    const tolerated = tolerationsFor(pools, [GPU_TOLERATION, ...tolerations]);
    const others = [...poolNames(gpuPools(cluster, "bottlerocket")), ...ownPluginPools];
    return {
      ...(Object.keys(configs).length > 0 && { config: { map: configs, default: DEFAULT_CONFIG } }),
      ...privileges(pools),
      // One node at a time would take longer than Helm waits where there are many.
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      tolerations: tolerated,
      affinity: gpuNodesWithout(others),
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } },
      gfd: { enabled: gpuFeatureDiscovery },
      ...(gpuFeatureDiscovery && { nfd: { worker: { tolerations: tolerated } } }),
    };
  }

  private validateProps({ preCutPools = [] }: NvidiaDevicePluginProps, pools: readonly IGpuNodePool[]): void {
    const checks = new PropChecks(this, "INVALID_NVIDIA_DEVICE_PLUGIN_PROPS");
    checkConfigLabels(checks, pools);
    const cut = poolNames(migPools(pools));
    const uncut = cut.filter((name) => !preCutPools.includes(name));
    const operator =
      "must have no pool with MIG on Amazon Linux, whose GPUs nobody would cut: use the `GpuOperator` or Bottlerocket, " +
      "or name pools in `preCutPools` whose image cuts them";
    checks.require(uncut.length === 0, "cluster", operator, uncut);
    const unknown = preCutPools.filter((name) => !cut.includes(name));
    const mig = `must be pools of the cluster with MIG on Amazon Linux (${cut.join(", ") || "none"})`;
    checks.require(unknown.length === 0, "preCutPools", mig, unknown);
    checks.throwIfAny();
  }
}

/**
 * The chart adds `SYS_ADMIN` wherever a configuration could ask for MIG or for devices as mounts. Where none does, saying so
 * leaves the plugin without any capability. MPS has a control daemon beside the plugin and keeps the chart's choice.
 */
function privileges(pools: readonly IGpuNodePool[]): Record<string, unknown> {
  const strategy = { migStrategy: migStrategy(pools) };
  const simple = strategy.migStrategy === "none" && !pools.some(({ sharing }) => sharing?.mps !== undefined);
  return simple ? { ...strategy, deviceListStrategy: "envvar" } : strategy;
}

function gpuNodesWithout(poolsLeftOut: readonly string[]): Record<string, unknown> {
  const gpus = { key: "nvidia.com/gpu.present", operator: "In", values: ["true"] };
  const others = { key: POOL_LABEL, operator: "NotIn", values: poolsLeftOut };
  const matchExpressions = poolsLeftOut.length === 0 ? [gpus] : [gpus, others];
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
  };
}
