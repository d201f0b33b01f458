import { parse } from "yaml";
import type { AddonSnapshot } from "../../eks";
import type { KubernetesObject } from "../../kubernetes/kubernetes-object";
import type { AddOnBuilder, AddOnConfiguration } from "./add-on";
import { metricsServer, nodeMonitoringAgent, podIdentityAgent } from "./agents";
import { coreDns, kubeProxy, vpcCni } from "./networking";
import { ebsCsi, s3Csi, snapshotController } from "./storage";

const BUILDERS: Readonly<Record<string, AddOnBuilder>> = {
  "vpc-cni": vpcCni,
  "kube-proxy": kubeProxy,
  coredns: coreDns,
  "eks-pod-identity-agent": podIdentityAgent,
  "aws-ebs-csi-driver": ebsCsi,
  "snapshot-controller": snapshotController,
  "eks-node-monitoring-agent": nodeMonitoringAgent,
  "aws-mountpoint-s3-csi-driver": s3Csi,
  "metrics-server": metricsServer,
};

/** Names of the add-ons whose objects are known. */
export const KNOWN_ADD_ONS: readonly string[] = Object.keys(BUILDERS);

/**
 * The objects that an add-on puts into a cluster, in the order in which they can be applied.
 *
 * @returns undefined for an add-on that is not known here
 */
export function addOnObjects(
  { name, version, configuration }: AddonSnapshot,
  place: { readonly region: string; readonly serviceCidr: string },
): KubernetesObject[] | undefined {
  return BUILDERS[name]?.({ ...place, version, configuration: parsed(configuration) });
}

/** EKS has checked it; what is no object means the defaults. */
function parsed(text: string | undefined): AddOnConfiguration {
  const value: unknown = text === undefined ? undefined : parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as AddOnConfiguration) : {};
}
