import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import {
  type ComponentProps,
  EfaDevicePlugin,
  GpuOperator,
  type GpuOperatorProps,
  type KarpenterNodePool,
  NeuronDevicePlugin,
  NvidiaDevicePlugin,
  type Taint,
  type Toleration,
} from "../../constructs";
import type { Namespaces } from "../namespaces";

/** What hands accelerators to pods, where any pool has some; `started`: the pools whose nodes Karpenter starts. */
export function defineAcceleratorSupport(
  scope: Construct,
  { controllers }: EnvironmentConfig,
  namespaces: Namespaces,
  started: readonly KarpenterNodePool[],
  { pool, ...shared }: Omit<ComponentProps, "namespace"> & Pick<GpuOperatorProps, "pool">,
): void {
  const { cluster, dependsOn } = shared;
  const { pools } = cluster;
  const tolerations = started.filter(({ kind }) => kind === "gpu").flatMap(({ taints }) => taints.map(toleration));
  if (controllers.gpus === "gpu-operator") {
    const podSecurity = GpuOperator.podSecurity;
    const namespace = namespaces.forController("GpuOperatorNamespace", { name: "gpu-operator", podSecurity });
    new GpuOperator(scope, "GpuOperator", { ...shared, namespace, tolerations, pool });
  } else if ([...pools, ...started].some(({ kind }) => kind === "gpu")) {
    const podSecurity = NvidiaDevicePlugin.podSecurity;
    const namespace = namespaces.forController("DevicePluginNamespace", { name: "nvidia-device-plugin", podSecurity });
    const bottlerocket = started.filter(({ operatingSystem }) => operatingSystem === "bottlerocket");
    const ownPluginPools = bottlerocket.map(({ poolName }) => poolName);
    new NvidiaDevicePlugin(scope, "NvidiaDevicePlugin", { ...shared, namespace, ownPluginPools, tolerations });
  }
  if (pools.some(({ efa }) => efa)) {
    new EfaDevicePlugin(scope, "EfaDevicePlugin", { ...shared, namespace: namespaces.system });
  }
  if ([...pools, ...started].some(({ kind }) => kind === "neuron")) {
    const namespace = namespaces.system;
    new NeuronDevicePlugin(scope, "NeuronDevicePlugin", { cluster, namespace, dependsOn, karpenterPools: started });
  }
}

function toleration({ key, value, effect }: Taint): Toleration {
  return value === undefined ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
}
