/** How many pods share each GPU. */
export interface SharedGpuOptions {
  /** Pods that share each GPU: 2 or more, as long as each share has 1 GiB of memory; at most 48 with MPS. */
  readonly replicas: number;
}

/** How each GPU is cut into instances. */
export interface MigOptions {
  /** NVIDIA's name of the profile, as in `1g.10gb`; one that the pool's GPU has. */
  readonly profile: string;
}

/** Pods take turns on a GPU. Nothing keeps their memory apart: one pod can use up what the others need. */
export interface TimeSlicedGpu {
  /** How many take turns. */
  readonly timeSlicing: SharedGpuOptions;
  /** Never beside `timeSlicing`. */
  readonly mps?: never;
  /** Never beside `timeSlicing`. */
  readonly mig?: never;
}

/** Pods run on a GPU at once through NVIDIA's Multi-Process Service, each with its share of memory and threads. */
export interface MpsGpu {
  /** How many run at once. */
  readonly mps: SharedGpuOptions;
  /** Never beside `mps`. */
  readonly timeSlicing?: never;
  /** Never beside `mps`. */
  readonly mig?: never;
}

/** Each GPU is cut into instances with memory, caches and faults of their own. */
export interface MigGpuSharing {
  /** How it is cut. */
  readonly mig: MigOptions;
  /** Never beside `mig`. */
  readonly timeSlicing?: never;
  /** Never beside `mig`. */
  readonly mps?: never;
}

/** How pods share a pool's GPUs; one way of three. */
export type GpuSharing = TimeSlicedGpu | MpsGpu | MigGpuSharing;
