/** A level of the Pod Security Standards. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** What all pods of a namespace may ask for together. What is left out is not limited. */
export interface NamespaceQuota {
  /**
   * CPU that containers request, such as `20`.
   *
   * @default - not limited
   */
  readonly cpuRequests?: string;
  /**
   * CPU that containers are limited to. Pods without a limit are then refused.
   *
   * @default - not limited
   */
  readonly cpuLimits?: string;
  /**
   * Memory that containers request, such as `64Gi`.
   *
   * @default - not limited
   */
  readonly memoryRequests?: string;
  /**
   * Memory that containers are limited to. Pods without a limit are then refused.
   *
   * @default - not limited
   */
  readonly memoryLimits?: string;
  /**
   * GPUs, or shares and slices of them, by the resource that pods ask for: `{ "nvidia.com/gpu": 8 }`. 0 keeps pods that ask
   * for one out.
   *
   * @default - not limited
   */
  readonly gpus?: Readonly<Record<string, number>>;
  /**
   * Pods that have not ended.
   *
   * @default - not limited
   */
  readonly pods?: number;
  /**
   * Volume claims.
   *
   * @default - not limited
   */
  readonly volumeClaims?: number;
  /**
   * Storage of all volume claims, such as `500Gi`.
   *
   * @default - not limited
   */
  readonly storage?: string;
  /**
   * Services of type LoadBalancer, each of which is paid for.
   *
   * @default - not limited
   */
  readonly loadBalancers?: number;
}

/** What a container gets that says nothing itself. */
export interface ContainerDefaults {
  /**
   * CPU it requests.
   *
   * @default - none
   */
  readonly cpuRequest?: string;
  /**
   * CPU it is limited to.
   *
   * @default - none
   */
  readonly cpuLimit?: string;
  /**
   * Memory it requests.
   *
   * @default - none
   */
  readonly memoryRequest?: string;
  /**
   * Memory it is limited to.
   *
   * @default - none
   */
  readonly memoryLimit?: string;
}

/** Ports of pods. */
export interface PodPorts {
  /**
   * TCP ports.
   *
   * @default - none
   */
  readonly tcp?: readonly number[];
  /**
   * UDP ports.
   *
   * @default - none
   */
  readonly udp?: readonly number[];
}
