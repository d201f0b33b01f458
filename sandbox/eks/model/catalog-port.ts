export type Accelerator = "none" | "nvidia" | "neuron" | "other";
export type Architecture = "amd64" | "arm64";

/** Facts of an instance type that decide which machine image fits. */
export interface InstanceTypeFacts {
  readonly name: string;
  readonly architecture: Architecture;
  readonly accelerator: Accelerator;
}

/** What a machine image is built for. */
export interface AmiTypeFacts {
  readonly name: string;
  readonly os: "al2023" | "bottlerocket" | "al2" | "windows";
  readonly architecture: Architecture;
  readonly accelerator: Accelerator;
}

/** A Kubernetes version that EKS offers or offered. Dates are `YYYY-MM-DD`. */
export interface KubernetesVersionFacts {
  /** Minor version, e.g. `1.34`. */
  readonly version: string;
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** An add-on that EKS offers. */
export interface AddonFacts {
  readonly name: string;
  /** Build by minor version of Kubernetes. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The dated facts that the EKS API answers from. */
export interface EksCatalog {
  /** Date of the facts, `YYYY-MM-DD`: support periods are judged by it, not by today. */
  readonly asOf: string;
  /** Newest first. */
  readonly kubernetesVersions: readonly KubernetesVersionFacts[];
  readonly addons: readonly AddonFacts[];
  readonly amiTypes: readonly AmiTypeFacts[];
  tryFindInstanceType(name: string): InstanceTypeFacts | undefined;
}
