import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import { eksImage, type AddOnBuilder, type AddOnContext } from "./add-on";
import {
  CRITICAL_NODES,
  daemonSet,
  deployment,
  disruptionBudget,
  EVERY_TAINT,
  KUBE_SYSTEM,
  serviceAccount,
} from "./workloads";

const DNS_LABELS = { "k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns" };
const CNI_REQUESTS = { requests: { cpu: "25m" } };
const COREFILE = `.:53 {
    errors
    health {
        lameduck 5s
      }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
      pods insecure
      fallthrough in-addr.arpa ip6.arpa
    }
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
`;

/** @see https://github.com/aws/amazon-vpc-cni-k8s charts/aws-vpc-cni */
export const vpcCni: AddOnBuilder = (context) => {
  const { version, configuration } = context;
  const image = (repository: string) => eksImage(context, repository, version);
  return [
    serviceAccount("aws-node"),
    daemonSet({
      name: "aws-node",
      labels: { "k8s-app": "aws-node" },
      serviceAccount: "aws-node",
      hostNetwork: true,
      priorityClass: "system-node-critical",
      tolerations: EVERY_TAINT,
      initContainers: [{ name: "aws-vpc-cni-init", image: image("amazon-k8s-cni-init"), resources: CNI_REQUESTS }],
      containers: [
        { name: "aws-node", image: image("amazon-k8s-cni"), resources: CNI_REQUESTS, env: configuration.env },
        {
          name: "aws-eks-nodeagent",
          image: eksImage(context, "amazon/aws-network-policy-agent", "latest"),
          resources: CNI_REQUESTS,
        },
      ],
    }),
  ];
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html */
export const kubeProxy: AddOnBuilder = (context) => [
  serviceAccount("kube-proxy"),
  daemonSet({
    name: "kube-proxy",
    labels: { "k8s-app": "kube-proxy" },
    serviceAccount: "kube-proxy",
    hostNetwork: true,
    priorityClass: "system-node-critical",
    tolerations: EVERY_TAINT,
    containers: [
      {
        name: "kube-proxy",
        image: eksImage(context, "eks/kube-proxy", context.version.replace("-eksbuild", "-minimal-eksbuild")),
        resources: { requests: { cpu: "100m" } },
      },
    ],
  }),
];

/** @see https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html */
export const coreDns: AddOnBuilder = (context) => {
  const { configuration, version } = context;
  const { replicaCount = 2, tolerations, resources } = configuration;
  const usual = [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }, CRITICAL_NODES];
  return [
    serviceAccount("coredns"),
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "coredns", namespace: KUBE_SYSTEM, labels: DNS_LABELS },
      data: { Corefile: COREFILE },
    },
    deployment({
      name: "coredns",
      labels: DNS_LABELS,
      replicas: replicaCount,
      spread: true,
      serviceAccount: "coredns",
      priorityClass: "system-cluster-critical",
      tolerations: tolerations ?? usual,
      containers: [
        {
          name: "coredns",
          image: eksImage(context, "eks/coredns", version),
          resources: resources ?? { requests: { cpu: "100m", memory: "70Mi" }, limits: { memory: "170Mi" } },
        },
      ],
    }),
    disruptionBudget("coredns", DNS_LABELS),
    dnsService(context),
  ];
};

/** The kubelets of EKS tell pods to ask the tenth address of the services' range. */
function dnsService({ serviceCidr }: AddOnContext): KubernetesObject {
  const clusterIP = serviceCidr.replace(/\.\d+\/\d+$/, ".10");
  const port = (name: string, number: number, protocol: string) => ({
    ...{ name, port: number, protocol },
    targetPort: number,
  });
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: "kube-dns",
      namespace: KUBE_SYSTEM,
      labels: { ...DNS_LABELS, "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
      annotations: { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" },
    },
    spec: {
      clusterIP,
      selector: { "k8s-app": "kube-dns" },
      ports: [port("dns", 53, "UDP"), port("dns-tcp", 53, "TCP"), port("metrics", 9153, "TCP")],
    },
  };
}
