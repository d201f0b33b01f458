import type { Graph } from "../../../engine/graph";
import { podSpecOf } from "../../../engine/pod-spec";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";
import { objectsIn } from "./graph-objects";

/**
 * What a container asks for of a resource: its own request, else its limit, which Kubernetes takes for the request too, else
 * what its pod or a limit range of the namespace says.
 */
export function requestOf(graph: Graph, object: KubernetesObject, container: Value, resource: string): Value {
  return firstSet(container.at(["resources", "requests", resource]), [
    container.at(["resources", "limits", resource]),
    ...ofPod(object, resource, ["requests", "limits"]),
    ...ofLimitRanges(graph, object, resource, ["defaultRequest", "default"]),
  ]);
}

/** The most that a container may use of a resource: its own limit, else that of its pod or of a limit range of the namespace. */
export function limitOf(graph: Graph, object: KubernetesObject, container: Value, resource: string): Value {
  return firstSet(container.at(["resources", "limits", resource]), [
    ...ofPod(object, resource, ["limits"]),
    ...ofLimitRanges(graph, object, resource, ["default"]),
  ]);
}

function firstSet(own: Value, others: readonly Value[]): Value {
  return [own, ...others].find((value) => !value.absent) ?? own;
}

function ofPod(object: KubernetesObject, resource: string, fields: readonly string[]): readonly Value[] {
  return fields.map((field) => podSpecOf(object).at(["resources", field, resource]));
}

function ofLimitRanges(
  graph: Graph,
  { namespace }: KubernetesObject,
  resource: string,
  fields: readonly string[],
): readonly Value[] {
  return objectsIn(graph, namespace, "LimitRange")
    .flatMap((range) => range.each("spec.limits"))
    .filter((limit) => limit.at("type").text === "Container")
    .flatMap((limit) => fields.map((field) => limit.at([field, resource])));
}
