import type { KubernetesObject } from "../../kubernetes/kubernetes-object";

/** Namespace of the add-ons. */
export const KUBE_SYSTEM = "kube-system";

type Labels = Readonly<Record<string, string>>;

/** A container: name, image, and what it asks for. */
export interface ContainerParts {
  readonly name: string;
  readonly image: string;
  /** @default - none */
  readonly resources?: object;
  /** @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** A DaemonSet or a Deployment of an add-on. */
export interface WorkloadParts {
  readonly name: string;
  /** Of the pods; they are selected by them. */
  readonly labels: Labels;
  readonly containers: readonly ContainerParts[];
  /** @default - none */
  readonly initContainers?: readonly ContainerParts[];
  /** @default - the namespace's own */
  readonly serviceAccount?: string;
  /** @default false */
  readonly hostNetwork?: boolean;
  readonly priorityClass: "system-node-critical" | "system-cluster-critical";
  /** @default - none */
  readonly tolerations?: readonly object[];
  /**
   * Requirements on labels of the nodes, beside Linux.
   * @default - none
   */
  readonly nodeRequirements?: readonly object[];
}

/** A Deployment of an add-on. */
export interface DeploymentParts extends WorkloadParts {
  readonly replicas: number;
  /** Whether its pods rather run on different nodes. */
  readonly spread: boolean;
}

/** Tolerates every taint. */
export const EVERY_TAINT: readonly object[] = [{ operator: "Exists" }];
/** Tolerates nodes kept for critical add-ons. */
export const CRITICAL_NODES: object = { key: "CriticalAddonsOnly", operator: "Exists" };
/** What CSI drivers ask for, each container of them. */
export const CSI_RESOURCES = { requests: { cpu: "10m", memory: "40Mi" }, limits: { memory: "256Mi" } };
const NOT_ON = { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate", "hybrid", "auto"] };

export function daemonSet(parts: WorkloadParts): KubernetesObject {
  const { name, labels } = parts;
  const affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [NOT_ON, ...(parts.nodeRequirements ?? [])] }],
      },
    },
  };
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace: KUBE_SYSTEM, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "10%" } },
      template: podTemplate(parts, affinity),
    },
  };
}

export function deployment(parts: DeploymentParts): KubernetesObject {
  const { name, labels, replicas, spread } = parts;
  const term = { labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" };
  const affinity = {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }],
    },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: KUBE_SYSTEM, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: podTemplate(parts, spread ? affinity : undefined) },
  };
}

export function serviceAccount(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: KUBE_SYSTEM } };
}

/** Lets one pod of a Deployment go at a time. */
export function disruptionBudget(name: string, labels: Labels): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name, namespace: KUBE_SYSTEM, labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  };
}

export function csiDriver(name: string, spec: object): KubernetesObject {
  return { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", metadata: { name }, spec };
}

function podTemplate(parts: WorkloadParts, affinity: object | undefined): object {
  const { labels, containers, initContainers, serviceAccount: account, hostNetwork, tolerations } = parts;
  return {
    metadata: { labels },
    spec: {
      ...(affinity !== undefined && { affinity }),
      ...(account !== undefined && { serviceAccountName: account }),
      ...(hostNetwork === true && { hostNetwork }),
      nodeSelector: { "kubernetes.io/os": "linux" },
      priorityClassName: parts.priorityClass,
      ...(tolerations !== undefined && { tolerations }),
      ...(initContainers !== undefined && { initContainers: initContainers.map(container) }),
      containers: containers.map(container),
    },
  };
}

function container({ name, image, resources, env }: ContainerParts): object {
  return {
    name,
    image,
    ...(resources !== undefined && { resources }),
    ...(env !== undefined && {
      env: Object.entries(env).map(([key, value]) => ({ name: key, value: String(value) })),
    }),
  };
}
