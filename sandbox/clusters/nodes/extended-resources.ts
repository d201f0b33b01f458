import { neuronCores, tryFindMigGpu } from "../../../catalog";
import type { InstanceFacts } from "./instance-facts";

/** What decides the devices that a node offers besides its instance type. */
export interface DeviceSettings {
  readonly labels: Readonly<Record<string, string>>;
  /** What the instance is told at its first start, decoded. */
  readonly userData: string;
  readonly bottlerocket: boolean;
  readonly efaInterfaces: number;
}

const GPU = "nvidia.com/gpu";
const SHARED_GPU = "nvidia.com/gpu.shared";
const SHARED_CONFIG = /^(?:time-slicing|mps)-(\d+)$/;
const MIG_CONFIG = /^all-(\dg\.\d+gb)$/;
const BOTTLEROCKET_REPLICAS = /^replicas\s*=\s*(\d+)\s*$/m;
const BOTTLEROCKET_PROFILE = /^\s*"[\w.]+"\s*=\s*"(\dg\.\d+gb)"\s*$/m;

/**
 * The extended resources of a node, as the device plugins would register them. They are there from the start: no
 * device plugin runs in the sandbox, since the pods that would register them are simulated like their nodes.
 */
export function extendedResources(type: InstanceFacts, settings: DeviceSettings): Record<string, number> {
  const { efaInterfaces } = settings;
  return {
    ...acceleratorResources(type, settings),
    ...(efaInterfaces > 0 && { "vpc.amazonaws.com/efa": efaInterfaces }),
  };
}

function acceleratorResources(type: InstanceFacts, settings: DeviceSettings): Record<string, number> {
  const { accelerator } = type;
  if (accelerator === null || accelerator.count === 0) return {};
  const { kind, manufacturer, count, name } = accelerator;
  if (kind === "neuron") {
    return {
      "aws.amazon.com/neuron": count,
      "aws.amazon.com/neuroncore": count * (neuronCores(name) ?? 1),
    };
  }
  if (manufacturer === "nvidia") return nvidiaResources(type, count, settings);
  return kind === "gpu" ? { [`${manufacturer}.com/gpu`]: count } : {};
}

/** On Amazon Linux, labels say how GPUs are shared; on Bottlerocket, which has its own device plugin, user data does. */
function nvidiaResources(type: InstanceFacts, count: number, settings: DeviceSettings): Record<string, number> {
  const { labels, userData, bottlerocket } = settings;
  const replicas = bottlerocket
    ? BOTTLEROCKET_REPLICAS.exec(userData)?.[1]
    : SHARED_CONFIG.exec(labels["nvidia.com/device-plugin.config"] ?? "")?.[1];
  if (replicas !== undefined) return { [SHARED_GPU]: count * Number(replicas) };
  const profile = bottlerocket
    ? BOTTLEROCKET_PROFILE.exec(userData)?.[1]
    : MIG_CONFIG.exec(labels["nvidia.com/mig.config"] ?? "")?.[1];
  if (profile === undefined) return { [GPU]: count };
  const slices = count * slicesPerGpu(type, profile);
  return { [bottlerocket ? GPU : `nvidia.com/mig-${profile}`]: slices };
}

function slicesPerGpu(type: InstanceFacts, profile: string): number {
  const gpu = tryFindMigGpu(type);
  return gpu?.profiles.find(({ name }) => name === profile)?.count ?? 0;
}
