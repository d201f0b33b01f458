import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { WorkloadProps } from "../workload-options";
import { standardLabels } from "./metadata";
import { replicasOf } from "./workload-facts";

/** A workload's props with what all its objects carry. */
export interface WorkloadParts extends Omit<WorkloadProps, "labels"> {
  readonly namespaceName: string;
  /** Labels of every object. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Name, namespace and labels of an object. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** The labels by which the pods of a workload are found. They can never change. */
export function selectorOf(name: string): Record<string, string> {
  return { "app.kubernetes.io/name": name };
}

/** The labels of every object of a workload. */
export function labelsOf({ name, cluster, team }: WorkloadProps): Record<string, string> {
  return { ...standardLabels(cluster.identity, team), ...selectorOf(name) };
}

/** Metadata of an object that is called as the workload, unless told otherwise. */
export function metadataOf({ name, namespaceName, labels }: WorkloadParts, own = name): ObjectMetadata {
  return { name: own, namespace: namespaceName, labels: { ...labels } };
}

/** What an object of a workload waits for; nothing in a namespace that is defined elsewhere. */
export function afterNamespace({ namespace: { ready } }: WorkloadParts): ITerraformDependable[] | undefined {
  return ready.length === 0 ? undefined : [...ready];
}

/** Defines the service account of the pods. Whether they get its token is said by the pods alone. */
export function defineServiceAccount(scope: Construct, parts: WorkloadParts): ServiceAccountV1 {
  return new ServiceAccountV1(scope, "ServiceAccount", {
    metadata: metadataOf(parts),
    automountServiceAccountToken: false,
    dependsOn: afterNamespace(parts),
  });
}

/** Defines the service of a deployment whose main container has ports. */
export function defineService(scope: Construct, parts: WorkloadParts): ServiceV1 | undefined {
  const { run, container, service } = parts;
  const ports = Object.entries(container.ports ?? {});
  if (run.kind !== "deployment" || ports.length === 0) return undefined;
  return new ServiceV1(scope, "Service", {
    metadata: { ...metadataOf(parts), annotations: service?.annotations && { ...service.annotations } },
    spec: {
      type: "ClusterIP",
      selector: selectorOf(parts.name),
      port: ports.map(([port, number]) => ({ name: port, port: service?.ports?.[port] ?? number, targetPort: port })),
    },
    dependsOn: afterNamespace(parts),
  });
}

/** Defines how many pods of a deployment may be missing while nodes are drained. */
export function defineDisruptionBudget(scope: Construct, parts: WorkloadParts): PodDisruptionBudgetV1 | undefined {
  const { name, run } = parts;
  if (run.kind !== "deployment") return undefined;
  const { disruptionBudget = replicasOf(run) < 2 ? undefined : { maxUnavailable: 1 } } = run;
  if (disruptionBudget === undefined) return undefined;
  const { minAvailable, maxUnavailable } = disruptionBudget;
  return new PodDisruptionBudgetV1(scope, "DisruptionBudget", {
    metadata: metadataOf(parts),
    spec: {
      minAvailable: minAvailable?.toString(),
      maxUnavailable: maxUnavailable?.toString(),
      selector: { matchLabels: selectorOf(name) },
    },
    dependsOn: afterNamespace(parts),
  });
}
