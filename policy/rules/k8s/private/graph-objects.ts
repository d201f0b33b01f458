import type { Graph } from "../../../engine/graph";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

const indexes = new WeakMap<Graph, Map<string, KubernetesObject[]>>();

/** The objects of these kinds in a namespace; `undefined` stands for the namespace that is current when they are applied. */
export function objectsIn(
  graph: Graph,
  namespace: string | undefined,
  ...kinds: readonly string[]
): readonly KubernetesObject[] {
  const index = indexes.get(graph) ?? indexOf(graph);
  indexes.set(graph, index);
  return kinds.flatMap((kind) => index.get(placeOf(kind, namespace)) ?? []);
}

function indexOf({ objects }: Graph): Map<string, KubernetesObject[]> {
  const index = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    const place = placeOf(object.kind, object.namespace);
    const there = index.get(place);
    if (there) there.push(object);
    else index.set(place, [object]);
  }
  return index;
}

function placeOf(kind: string, namespace = ""): string {
  return `${kind} ${namespace}`;
}

/** Whether labels fit a selector; undefined when an unknown value decides it. */
export function selects(selector: Value, labels: Value): boolean | undefined {
  if (selector.unknown || labels.unknown) return undefined;
  const plain = selector.keys.filter((key) => key !== "matchLabels" && key !== "matchExpressions");
  return both([
    ...selector.at("matchLabels").keys.map((key) => same(selector.at(["matchLabels", key]), labels.at([key]))),
    ...plain.map((key) => same(selector.at([key]), labels.at([key]))),
    ...selector.each("matchExpressions").map((expression) => fits(expression, labels)),
  ]);
}

/** All true, else false when one is, else not known. */
function both(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function same(wanted: Value, found: Value): boolean | undefined {
  if (wanted.unknown || found.unknown)
    return wanted.text !== undefined && wanted.text === found.text ? true : undefined;
  return found.known && String(wanted.literal) === String(found.literal);
}

function fits(expression: Value, labels: Value): boolean | undefined {
  const found = labels.at([expression.at("key").text ?? ""]);
  const listed = expression.each("values").map((value) => same(value, found));
  switch (expression.at("operator").text) {
    case "Exists":
      return !found.absent;
    case "DoesNotExist":
      return found.absent;
    case "In":
      return listed.includes(true) ? true : listed.includes(undefined) ? undefined : false;
    case "NotIn":
      return listed.includes(true) ? false : listed.includes(undefined) ? undefined : true;
    default:
      return undefined;
  }
}
