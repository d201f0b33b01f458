import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { findAddonVersion } from "../../../catalog";
import type { EnvironmentIdentity } from "../../core/naming";
import type { IKey } from "../../encryption/key";
import { PodRole } from "../../identity/pod-role";
import type { AddOnOptions, S3MountOptions } from "../add-on-options";
import type { Taint } from "../pool-options";
import { CNI_POLICY } from "./node-role";
import { attachManagedPolicy } from "./service-role";

/** The cluster that add-ons are installed in. */
export interface AddOnTarget {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly version: string;
}

/** What the add-ons that need nodes are made of. */
export interface WorkloadAddOns {
  readonly options: AddOnOptions;
  /** Key of volumes; of the account's own where absent. */
  readonly diskKey: IKey | undefined;
  /** What their pods run on. */
  readonly nodes: ITerraformDependable;
}

/**
 * Addresses are assigned to nodes sixteen at a time: more pods on a node, and fewer calls to EC2 while scaling up. Network
 * policies hold once the CNI is told to enforce them.
 */
const CNI_CONFIGURATION = {
  enableNetworkPolicy: "true",
  env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
};
/** Where the agent looks at GPUs it follows instance types; unless told so it does not tolerate the taints of those nodes. */
const MONITORING_CONFIGURATION = { dcgmAgent: { tolerations: [{ operator: "Exists" }] } };
const ON_CRITICAL_NODES = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };
const ON_EVERY_NODE = { tolerateAllTaints: true };
/**
 * Lets the driver touch volumes and snapshots of its own cluster only, by the tag that EKS Pod Identity puts on its session.
 * The add-on tags what it makes with the cluster's name by itself.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEBSCSIDriverEKSClusterScopedPolicy.html
 */
const EBS_CSI_POLICY = "AmazonEBSCSIDriverEKSClusterScopedPolicy";

/**
 * Defines the add-ons that run on every node, without which none becomes ready. The VPC CNI gets a role of its own through
 * EKS Pod Identity: the association stands before the CNI's first pod, since credentials are put into a pod as it is made.
 */
export function defineNodeAddOns(scope: Construct, target: AddOnTarget): ITerraformDependable[] {
  const cniRole = defineRole(scope, "VpcCniRole", target, { name: "eks-vpc-cni", serviceAccount: "aws-node" });
  attachManagedPolicy(cniRole, target.identity, cniRole.roleName, CNI_POLICY);
  const agent = defineAddOn(scope, "PodIdentityAgent", target, { name: "eks-pod-identity-agent" });
  const cni = defineAddOn(scope, "VpcCni", target, {
    name: "vpc-cni",
    configuration: CNI_CONFIGURATION,
    dependsOn: permissionsOf(cniRole),
  });
  return [agent, cni, defineAddOn(scope, "KubeProxy", target, { name: "kube-proxy" })];
}

/** Defines the agent that reports failing parts of nodes; it runs on every node, and no node waits for it. */
export function defineNodeMonitoring(scope: Construct, target: AddOnTarget): EksAddon {
  return defineAddOn(scope, "NodeMonitoring", target, {
    name: "eks-node-monitoring-agent",
    configuration: MONITORING_CONFIGURATION,
  });
}

/** Defines the add-ons with Deployments. EKS reports them as degraded until their pods run, so they wait for nodes. */
export function defineWorkloadAddOns(scope: Construct, target: AddOnTarget, addOns: WorkloadAddOns): void {
  const { nodes, options } = addOns;
  const { ebsCsi = true, snapshotController = ebsCsi, s3Mounts } = options;
  defineAddOn(scope, "CoreDns", target, { name: "coredns", dependsOn: [nodes] });
  if (snapshotController) defineSnapshotController(scope, target, nodes);
  if (ebsCsi) defineEbsCsi(scope, target, addOns);
  if (s3Mounts !== undefined) defineS3Csi(scope, target, { mounts: s3Mounts, nodes });
}

/** Whether pods of these add-ons may run on nodes with these taints: they tolerate `CriticalAddonsOnly` and nothing else. */
export function hostsCoreDns(taints: readonly Taint[]): boolean {
  return taints.every(({ key, effect }) => effect === "PreferNoSchedule" || key === "CriticalAddonsOnly");
}

function defineSnapshotController(scope: Construct, target: AddOnTarget, nodes: ITerraformDependable): void {
  defineAddOn(scope, "SnapshotController", target, {
    name: "snapshot-controller",
    configuration: ON_CRITICAL_NODES,
    dependsOn: [nodes],
  });
}

function defineEbsCsi(scope: Construct, target: AddOnTarget, { options, diskKey, nodes }: WorkloadAddOns): void {
  const role = defineRole(scope, "EbsCsiRole", target, {
    name: "eks-ebs-csi",
    serviceAccount: "ebs-csi-controller-sa",
  });
  attachManagedPolicy(role, target.identity, role.roleName, EBS_CSI_POLICY);
  diskKey?.grantVolumeEncryption(role);
  const { volumeTags } = options;
  defineAddOn(scope, "EbsCsi", target, {
    name: "aws-ebs-csi-driver",
    configuration: {
      controller: { ...ON_CRITICAL_NODES, ...(volumeTags && { extraVolumeTags: volumeTags }) },
      node: ON_EVERY_NODE,
    },
    dependsOn: [nodes, ...permissionsOf(role)],
  });
}

/** Its mounts act as this role unless a volume says `authenticationSource: pod`. */
function defineS3Csi(
  scope: Construct,
  target: AddOnTarget,
  { mounts, nodes }: { readonly mounts: S3MountOptions; readonly nodes: ITerraformDependable },
): void {
  const role = defineRole(scope, "S3CsiRole", target, { name: "eks-s3-csi", serviceAccount: "s3-csi-driver-sa" });
  mounts.read?.forEach((store) => store.grantRead(role));
  mounts.readWrite?.forEach((store) => store.grantReadWrite(role));
  defineAddOn(scope, "S3Csi", target, {
    name: "aws-mountpoint-s3-csi-driver",
    configuration: { controller: ON_CRITICAL_NODES, node: ON_EVERY_NODE },
    dependsOn: [nodes, ...permissionsOf(role)],
  });
}

function defineRole(
  scope: Construct,
  id: string,
  { identity, clusterName }: AddOnTarget,
  pods: { readonly name: string; readonly serviceAccount: string },
): PodRole {
  return new PodRole(scope, id, { identity, clusterName, namespace: "kube-system", ...pods });
}

/** What a pod finds when it is made, and what must not go before it: the association and the policies of its role. */
function permissionsOf(role: PodRole): ITerraformDependable[] {
  return role.node.children
    .filter((child) => child.node.id !== "Resource" && TerraformResource.isTerraformResource(child))
    .map((child) => child as TerraformResource);
}

interface AddOnSpec {
  readonly name: string;
  readonly configuration?: object;
  readonly dependsOn?: ITerraformDependable[];
}

function defineAddOn(scope: Construct, id: string, target: AddOnTarget, spec: AddOnSpec): EksAddon {
  return new EksAddon(scope, id, {
    clusterName: target.clusterName,
    addonName: spec.name,
    addonVersion: findAddonVersion(spec.name, target.version),
    configurationValues: spec.configuration && JSON.stringify(spec.configuration),
    // An add-on is configured here and nowhere else.
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
    dependsOn: spec.dependsOn,
  });
}
