import { instanceTypes, isNvidiaGpu } from "../../../catalog";
import { eksImage, partOf, upstreamVersion, type AddOnBuilder } from "./add-on";
import { customKind } from "./custom-kind";
import { daemonSet, deployment, EVERY_TAINT, KUBE_SYSTEM, serviceAccount } from "./workloads";

/** @see https://github.com/aws/eks-pod-identity-agent charts/eks-pod-identity-agent */
export const podIdentityAgent: AddOnBuilder = (context) => {
  const image = eksImage(context, "eks/eks-pod-identity-agent", upstreamVersion(context));
  return [
    serviceAccount("eks-pod-identity-agent"),
    daemonSet({
      name: "eks-pod-identity-agent",
      labels: { "app.kubernetes.io/name": "eks-pod-identity-agent" },
      serviceAccount: "eks-pod-identity-agent",
      hostNetwork: true,
      priorityClass: "system-node-critical",
      tolerations: EVERY_TAINT,
      initContainers: [{ name: "eks-pod-identity-agent-init", image }],
      containers: [{ name: "eks-pod-identity-agent", image }],
    }),
  ];
};

/** @see https://github.com/aws/eks-node-monitoring-agent charts/eks-node-monitoring-agent */
export const nodeMonitoringAgent: AddOnBuilder = (context) => {
  const { resources } = partOf(context, "nodeAgent");
  const dcgm = partOf(context, "dcgmAgent");
  const image = eksImage(context, "eks/eks-node-monitoring-agent", context.version);
  const usual = { requests: { cpu: "10m", memory: "30Mi" }, limits: { cpu: "250m", memory: "100Mi" } };
  return [
    customKind({ group: "eks.amazonaws.com", version: "v1alpha1", kind: "NodeDiagnostic", scope: "Cluster" }),
    serviceAccount("eks-node-monitoring-agent"),
    daemonSet({
      name: "eks-node-monitoring-agent",
      labels: { "app.kubernetes.io/name": "eks-node-monitoring-agent" },
      serviceAccount: "eks-node-monitoring-agent",
      hostNetwork: true,
      priorityClass: "system-node-critical",
      tolerations: EVERY_TAINT,
      containers: [{ name: "eks-node-monitoring-agent", image, resources: resources ?? usual }],
    }),
    daemonSet({
      name: "dcgm-server",
      labels: { "k8s-app": "dcgm-server", version: "v1" },
      priorityClass: "system-node-critical",
      ...(dcgm.tolerations !== undefined && { tolerations: dcgm.tolerations }),
      nodeRequirements: [
        { key: "node.kubernetes.io/instance-type", operator: "In", values: gpuTypes() },
        { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
      ],
      containers: [
        {
          name: "eks-node-monitoring-agent-dcgm",
          image: eksImage(context, "eks/observability/dcgm-exporter", "latest"),
          ...(dcgm.resources !== undefined && { resources: dcgm.resources }),
        },
      ],
    }),
  ];
};

/** @see https://github.com/kubernetes-sigs/metrics-server charts/metrics-server */
export const metricsServer: AddOnBuilder = (context) => {
  const {
    tolerations,
    resources,
    replicas = 2,
  } = context.configuration as typeof context.configuration & {
    readonly replicas?: number;
  };
  const labels = { "app.kubernetes.io/name": "metrics-server" };
  return [
    serviceAccount("metrics-server"),
    deployment({
      name: "metrics-server",
      labels,
      replicas,
      spread: true,
      serviceAccount: "metrics-server",
      priorityClass: "system-cluster-critical",
      ...(tolerations !== undefined && { tolerations }),
      containers: [
        {
          name: "metrics-server",
          image: eksImage(context, "eks/metrics-server", context.version),
          resources: resources ?? { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "400Mi" } },
        },
      ],
    }),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "metrics-server", namespace: KUBE_SYSTEM, labels },
      spec: { selector: labels, ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: 10251 }] },
    },
  ];
};

function gpuTypes(): string[] {
  return instanceTypes()
    .filter(isNvidiaGpu)
    .map(({ name }) => name);
}
