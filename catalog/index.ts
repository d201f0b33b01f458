export { addons, findAddon, findAddonVersion, type Addon } from "./addons";
export {
  amiTypeFor,
  amiTypes,
  findAmiType,
  type AmiAccelerator,
  type AmiOs,
  type AmiType,
  type AmiTypeQuery,
} from "./ami-types";
export {
  findInstanceType,
  instanceTypes,
  isNvidiaGpu,
  priceSource,
  tryFindInstanceType,
  type Accelerator,
  type Architecture,
  type InstanceType,
  type PriceSource,
} from "./instance-types";
export {
  findKubernetesVersion,
  kubernetesVersions,
  kubernetesVersionsAsOf,
  supportPhase,
  tryFindKubernetesVersion,
  type KubernetesVersion,
  type SupportPhase,
} from "./kubernetes-versions";
export { limits, type Limits } from "./limits";
export { nearestName } from "./nearest-name";
export { findRegion, regions, tryFindRegion, type Region } from "./regions";
export { UnknownNameError } from "./unknown-name-error";
