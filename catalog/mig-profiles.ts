import data from "./mig-profiles.json";
import type { InstanceType } from "./instance-types";

/** A way to cut a GPU into equal instances. */
export interface MigProfile {
  /** NVIDIA's name, as in `1g.10gb`: slices of compute and memory. */
  readonly name: string;
  /** Instances of one GPU when all of it is cut by this profile. */
  readonly count: number;
  /** Whether Bottlerocket sets it up by itself. */
  readonly bottlerocket: boolean;
}

/** A GPU that can be cut into instances (MIG). */
export interface MigGpu {
  /** Lower-case model, as in `a100`. */
  readonly name: string;
  /** Memory in MiB as EC2 reports it: tells GPUs of one model apart. */
  readonly memoryMiB: number;
  /** The GPU's name in Bottlerocket's settings; null where Bottlerocket cannot cut it. */
  readonly bottlerocket: string | null;
  /** The profiles it has. */
  readonly profiles: readonly MigProfile[];
}

const GPUS: readonly MigGpu[] = data.gpus;

/** Every GPU that can be cut. */
export function migGpus(): readonly MigGpu[] {
  return GPUS;
}

/** What is known of cutting the GPUs of an instance type; `undefined` when they cannot be cut. */
export function tryFindMigGpu({ accelerator }: Pick<InstanceType, "accelerator">): MigGpu | undefined {
  return GPUS.find((gpu) => gpu.name === accelerator?.name && gpu.memoryMiB === accelerator.memoryMiB);
}
