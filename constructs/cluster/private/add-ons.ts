import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { findAddonVersion } from "../../../catalog";
import type { EnvironmentIdentity } from "../../core/naming";
import { PodRole } from "../../identity/pod-role";
import type { Taint } from "../pool-options";
import { CNI_POLICY } from "./node-role";
import { attachManagedPolicy } from "./service-role";

/** The cluster that add-ons are installed in. */
export interface AddOnTarget {
  readonly identity: EnvironmentIdentity;
  readonly clusterName: string;
  readonly version: string;
}

/** Addresses are assigned to nodes sixteen at a time: more pods on a node, and fewer calls to EC2 while scaling up. */
const CNI_CONFIGURATION = { env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" } };

/**
 * Defines the add-ons that run on every node, without which none becomes ready. The VPC CNI gets a role of its own through
 * EKS Pod Identity: the association stands before the CNI's first pod, since credentials are put into a pod as it is made.
 */
export function defineNodeAddOns(scope: Construct, target: AddOnTarget): ITerraformDependable[] {
  const { identity, clusterName } = target;
  const cniRole = new PodRole(scope, "VpcCniRole", {
    identity,
    clusterName,
    name: "eks-vpc-cni",
    namespace: "kube-system",
    serviceAccount: "aws-node",
  });
  const cniPolicy = attachManagedPolicy(cniRole, identity, cniRole.roleName, CNI_POLICY);
  const agent = defineAddOn(scope, "PodIdentityAgent", target, { name: "eks-pod-identity-agent" });
  const cni = defineAddOn(scope, "VpcCni", target, {
    name: "vpc-cni",
    configuration: CNI_CONFIGURATION,
    dependsOn: [cniPolicy, associationOf(cniRole)],
  });
  return [agent, cni, defineAddOn(scope, "KubeProxy", target, { name: "kube-proxy" })];
}

/** Defines the cluster's DNS. EKS reports it as degraded until its pods run, so it waits for nodes. */
export function defineCoreDns(scope: Construct, target: AddOnTarget, nodes: ITerraformDependable): EksAddon {
  return defineAddOn(scope, "CoreDns", target, { name: "coredns", dependsOn: [nodes] });
}

/** Whether the pods of CoreDNS may run on nodes with these taints: it tolerates `CriticalAddonsOnly` and nothing else. */
export function hostsCoreDns(taints: readonly Taint[]): boolean {
  return taints.every(({ key, effect }) => effect === "PreferNoSchedule" || key === "CriticalAddonsOnly");
}

function associationOf(role: PodRole): EksPodIdentityAssociation {
  return role.node.findChild("Association") as EksPodIdentityAssociation;
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
