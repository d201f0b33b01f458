import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IGpuNodePool } from "../cluster/gpu-node-pool";
import type { INodePool } from "../cluster/pool";
import type { Toleration } from "../core/placement";
import { PropChecks } from "../core/prop-checks";
import type { PodSecurityLevel } from "../kubernetes/namespace-options";
import type { ComponentProps } from "../components/component-props";
import {
  checkConfigLabels,
  DEFAULT_CONFIG,
  type DevicePluginConfigs,
  devicePluginConfigs,
  migPools,
  migStrategy,
} from "./private/device-plugin-configs";
import { claimDevicePlugin } from "./private/device-plugin-owner";
import { GPU_TOLERATION, gpuPools, tolerationsFor } from "../components/gpu-pools";
import { installChart } from "../components/install-chart";
import { checkPlace, replicaSettings } from "../components/replicas";

/** What a `GpuOperator` is made of. */
export interface GpuOperatorProps extends ComponentProps {
  /**
   * Pool whose nodes the operator runs on, with the two parts of node feature discovery that are not on each node. Nodes with
   * the taint `CriticalAddonsOnly` are tolerated in any case.
   *
   * @default - any node whose taints let the pods in
   */
  readonly pool?: INodePool;
  /**
   * Whether the operator runs the DCGM exporter, which measures the GPUs. Leave it off where the observability layer runs its
   * own: two exporters count everything twice.
   *
   * @default false
   */
  readonly dcgmExporter?: boolean;
  /**
   * Taints to tolerate besides those of the cluster's GPU pools, as nodes may carry that Karpenter starts.
   *
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
}

/**
 * NVIDIA's GPU operator: device plugin, GPU and node feature discovery, and, where a pool cuts its GPUs, the MIG manager. Driver
 * and container toolkit are those of the EKS image. Its work on a node begins when the node is there: `ready` means that the
 * operator runs, not that GPUs are set up.
 *
 * It takes care of GPU nodes with Amazon Linux. Pools with Bottlerocket, which has all of this built in, must carry the label
 * `nvidia.com/gpu.deploy.operands=false`. One cluster takes one owner of the device plugin, this or the `NvidiaDevicePlugin`.
 * The namespace must allow privileged pods.
 *
 * @example
 * new GpuOperator(this, "GpuOperator", { cluster, namespace });
 *
 * @see https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/amazon-eks.html
 */
export class GpuOperator extends Construct {
  /** The strictest level its pods run under: they mount folders of the node, and more where GPUs are cut or shared. */
  static readonly podSecurity: PodSecurityLevel = "privileged";

  /** What must stand before pods count on GPUs. */
  readonly ready: readonly ITerraformDependable[];

  /**
   * @throws ValidationError `INVALID_GPU_OPERATOR_PROPS`
   * @throws ValidationError `TWO_DEVICE_PLUGIN_OWNERS` when the cluster has another one
   */
  constructor(scope: Construct, id: string, props: GpuOperatorProps) {
    super(scope, id);
    const { cluster } = props;
    const pools = gpuPools(cluster, "al2023");

    const checks = new PropChecks(this, "INVALID_GPU_OPERATOR_PROPS");
    checkPlace(checks, props);
    checkConfigLabels(checks, pools);
    this.validateBottlerocket(checks, gpuPools(cluster, "bottlerocket"));
    checks.throwIfAny();
    claimDevicePlugin(this, cluster);

    const chart = installChart(this, "Chart", props, {
      chart: "gpu-operator",
      values: this.values(props, pools),
    });
    this.ready = [chart.resource];
  }

  /** The operator finds GPU nodes by their PCI devices, so a label is all that keeps it off. */
  private validateBottlerocket(checks: PropChecks, pools: readonly IGpuNodePool[]): void {
    for (const { poolName, labels } of pools) {
      const rule = `must keep the operator off pool ${poolName}, which has Bottlerocket: give it the label ${OFF}: "false"`;
      checks.require(labels[OFF] === "false", "cluster.pools", rule, labels[OFF]);
    }
  }

  private values(props: GpuOperatorProps, pools: readonly IGpuNodePool[]): Record<string, unknown> {
    const { dcgmExporter = false, tolerations = [] } = props;
    const tolerated = tolerationsFor(pools, [GPU_TOLERATION, ...tolerations]);
    const { nodeSelector, tolerations: criticalTolerations } = replicaSettings(props);
    const place = { nodeSelector, tolerations: criticalTolerations };
    return {
      // There are no driver images for Amazon Linux; the EKS image brings both.
      driver: { enabled: false },
      toolkit: { enabled: false },
      devicePlugin: { enabled: true, ...pluginConfig(devicePluginConfigs(pools)) },
      mig: { strategy: migStrategy(pools) },
      migManager: migManager(migPools(pools)),
      dcgmExporter: { enabled: dcgmExporter, serviceMonitor: { enabled: false } },
      // One node at a time would take hours where there are many.
      daemonsets: { tolerations: tolerated, rollingUpdate: { maxUnavailable: "10%" } },
      // Without node feature discovery on a node, the operator takes it for one without GPUs.
      "node-feature-discovery": { worker: { tolerations: tolerated }, master: place, gc: place },
      operator: { upgradeCRD: true, ...place },
    };
  }
}

const OFF = "nvidia.com/gpu.deploy.operands";
const CONFIG_MAP = "device-plugin-configs";

function pluginConfig(configs: DevicePluginConfigs): Record<string, unknown> {
  if (Object.keys(configs).length === 0) return {};
  return { config: { create: true, name: CONFIG_MAP, default: DEFAULT_CONFIG, data: configs } };
}

/**
 * The A100 takes MIG mode only after a restart of the node where a GPU cannot be reset, as in a virtual machine.
 *
 * @see https://github.com/NVIDIA/gpu-operator/issues/1606
 */
function migManager(pools: readonly IGpuNodePool[]): Record<string, unknown> {
  const restart = pools.some(({ gpuModel }) => gpuModel === "a100");
  return { enabled: pools.length > 0, ...(restart && { env: [{ name: "WITH_REBOOT", value: "true" }] }) };
}
