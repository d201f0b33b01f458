import type { Rule } from "../../engine/rule";
import { gpuCap } from "./gpu-cap";
import { gpuCapacityBlockReserved } from "./gpu-capacity-block-reserved";
import { gpuCapacityBlockSize } from "./gpu-capacity-block-size";
import { gpuDiskSize } from "./gpu-disk-size";
import { gpuDriverPresent } from "./gpu-driver-present";
import { gpuEfaOffered } from "./gpu-efa-offered";
import { gpuEfaPlacement } from "./gpu-efa-placement";
import { gpuEfaSecurityGroup } from "./gpu-efa-security-group";
import { gpuImage } from "./gpu-image";
import { gpuKarpenterConsolidated } from "./gpu-karpenter-consolidated";
import { gpuKarpenterLimited } from "./gpu-karpenter-limited";
import { gpuKarpenterTainted } from "./gpu-karpenter-tainted";
import { gpuMigOffered } from "./gpu-mig-offered";
import { gpuNeuronTainted } from "./gpu-neuron-tainted";
import { gpuNodesLabelled } from "./gpu-nodes-labelled";
import { gpuNodesTainted } from "./gpu-nodes-tainted";
import { gpuNotAmongCpu } from "./gpu-not-among-cpu";
import { gpuNotTimeSlicedInProd } from "./gpu-not-time-sliced-in-prod";
import { gpuOneDevicePlugin } from "./gpu-one-device-plugin";
import { gpuOneShape } from "./gpu-one-shape";
import { gpuOneZone } from "./gpu-one-zone";
import { gpuScalesToZero } from "./gpu-scales-to-zero";
import { gpuSharedOneWay } from "./gpu-shared-one-way";

/** Rules for nodes with GPUs and Neuron devices. */
export const gpuRules: readonly Rule[] = [
  gpuNodesTainted,
  gpuNodesLabelled,
  gpuImage,
  gpuScalesToZero,
  gpuCap,
  gpuEfaOffered,
  gpuEfaPlacement,
  gpuOneZone,
  gpuEfaSecurityGroup,
  gpuCapacityBlockReserved,
  gpuCapacityBlockSize,
  gpuMigOffered,
  gpuSharedOneWay,
  gpuDiskSize,
  gpuOneDevicePlugin,
  gpuNotTimeSlicedInProd,
  gpuOneShape,
  gpuNeuronTainted,
  gpuNotAmongCpu,
  gpuDriverPresent,
  gpuKarpenterTainted,
  gpuKarpenterLimited,
  gpuKarpenterConsolidated,
];
