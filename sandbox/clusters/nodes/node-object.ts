import type { ClusterSnapshot, NodeGroupSnapshot } from "../../eks";
import type { SubnetFacts } from "../../eks/effects/subnets";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { InstanceFacts } from "./instance-facts";
import type { NodeIdentity } from "./node-identity";
import {
  groupLabels,
  groupTaints,
  marksAnnotation,
  MARKS_ANNOTATION,
  RELEASE_ANNOTATION,
  releaseOf,
} from "./node-marks";
import type { NodeResources } from "./node-resources";

/** Everything that a node is made of. */
export interface NodeParts {
  readonly cluster: Pick<ClusterSnapshot, "name" | "region" | "version">;
  readonly group: NodeGroupSnapshot;
  readonly type: InstanceFacts;
  readonly subnet: SubnetFacts;
  readonly identity: NodeIdentity;
  readonly resources: NodeResources;
}

/**
 * The Node object that the kubelet of a new instance of a node group registers, completed by the cloud controller. Its
 * conditions are left to what plays the kubelet.
 */
export function nodeObject(parts: NodeParts): KubernetesObject {
  const { group, subnet, identity, resources } = parts;
  const { name, address, instanceId } = identity;
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: nodeLabels(parts),
      annotations: { [RELEASE_ANNOTATION]: releaseOf(group), [MARKS_ANNOTATION]: marksAnnotation(group) },
    },
    spec: { providerID: `aws:///${subnet.zone}/${instanceId}`, taints: groupTaints(group) },
    status: {
      ...{ capacity: resources.capacity, allocatable: resources.allocatable },
      addresses: [
        { type: "InternalIP", address },
        { type: "InternalDNS", address: name },
        { type: "Hostname", address: name },
      ],
      nodeInfo: nodeInfo(parts),
    },
  };
}

function nodeLabels({ cluster, group, type, subnet, identity }: NodeParts): Record<string, string> {
  const { region } = cluster;
  const { zone } = subnet;
  const os = group.amiType.startsWith("WINDOWS") ? "windows" : "linux";
  // What nodeadm tells the kubelet on GPU instances of Amazon Linux.
  const gpu = type.accelerator?.manufacturer === "nvidia" && group.amiType.startsWith("AL2023");
  return {
    ...(gpu && { "nvidia.com/gpu.present": "true" }),
    ...groupLabels(group),
    "beta.kubernetes.io/arch": type.arch,
    "beta.kubernetes.io/instance-type": type.name,
    "beta.kubernetes.io/os": os,
    "failure-domain.beta.kubernetes.io/region": region,
    "failure-domain.beta.kubernetes.io/zone": zone,
    "kubernetes.io/arch": type.arch,
    "kubernetes.io/hostname": identity.name,
    "kubernetes.io/os": os,
    "node.kubernetes.io/instance-type": type.name,
    "topology.ebs.csi.aws.com/zone": zone,
    "topology.kubernetes.io/region": region,
    "topology.kubernetes.io/zone": zone,
  };
}

function nodeInfo({ cluster, group, type, identity }: NodeParts): Record<string, string> {
  const windows = group.amiType.startsWith("WINDOWS");
  const bottlerocket = group.amiType.startsWith("BOTTLEROCKET");
  const linux = bottlerocket ? "Bottlerocket OS" : "Amazon Linux 2023";
  const { instanceId } = identity;
  return {
    architecture: type.arch,
    bootID: instanceId,
    containerRuntimeVersion: "containerd://simulated",
    kernelVersion: "simulated",
    kubeProxyVersion: "",
    kubeletVersion: `v${group.version ?? cluster.version}.0-eks-simulated`,
    machineID: instanceId,
    operatingSystem: windows ? "windows" : "linux",
    osImage: windows ? "Windows Server" : linux,
    systemUUID: instanceId,
  };
}
