import type { Graph } from "../../../engine/graph";
import type { KubernetesObject } from "../../../engine/subject";
import type { Value } from "../../../engine/value";

type Index = Map<string, KubernetesObject[]>;

const byPlace = cached(({ objects }) => indexOf(objects, (object) => [placeOf(object.kind, object.namespace)]));
const byName = cached(({ objects }) =>
  indexOf(objects, (object) => [`${placeOf(object.kind, object.namespace)} ${object.name}`]),
);
const bySelector = cached(({ objects }) => indexOf(objects, (object) => [selectorPlaceOf(object)]));

/** The objects of these kinds in a namespace; `undefined` stands for the namespace that is current when they are applied. */
export function objectsIn(
  graph: Graph,
  namespace: string | undefined,
  ...kinds: readonly string[]
): readonly KubernetesObject[] {
  return kinds.flatMap((kind) => byPlace(graph).get(placeOf(kind, namespace)) ?? []);
}

/** The object of that kind and name in a namespace. */
export function findObject(
  graph: Graph,
  kind: string,
  namespace: string | undefined,
  name: string,
): KubernetesObject | undefined {
  return byName(graph).get(`${placeOf(kind, namespace)} ${name}`)?.[0];
}

/**
 * The objects of a kind that may select these labels by their `spec.selector`: those whose first label is among them, and
 * those that select by something else.
 */
export function candidatesFor(
  graph: Graph,
  kind: string,
  namespace: string | undefined,
  labels: Value,
): readonly KubernetesObject[] {
  const index = bySelector(graph);
  const place = placeOf(kind, namespace);
  const exact = labels.keys.flatMap((key) => index.get(`${place} ${key}=${String(labels.at([key]).literal)}`) ?? []);
  const anyLabel = labels.unknown || labels.keys.some((key) => labels.at([key]).unknown);
  return anyLabel ? objectsIn(graph, namespace, kind) : [...exact, ...(index.get(place) ?? [])];
}

function selectorPlaceOf(object: KubernetesObject): string {
  const place = placeOf(object.kind, object.namespace);
  const selector = object.at("spec.selector");
  const plain = selector.at("matchLabels").absent && selector.at("matchExpressions").absent;
  const labels = plain ? selector : selector.at("matchLabels");
  const known = labels.keys.find((key) => labels.at([key]).known);
  return known === undefined ? place : `${place} ${known}=${String(labels.at([known]).literal)}`;
}

/** An index of a graph that is made once. */
export function cached<T>(make: (graph: Graph) => T): (graph: Graph) => T {
  const made = new WeakMap<Graph, { readonly index: T }>();
  return (graph) => {
    const found = made.get(graph) ?? { index: make(graph) };
    made.set(graph, found);
    return found.index;
  };
}

/** Objects by the keys that each of them has. */
export function indexOf(
  objects: readonly KubernetesObject[],
  keysOf: (object: KubernetesObject) => readonly string[],
): Index {
  const index: Index = new Map();
  for (const object of objects)
    for (const key of keysOf(object)) {
      const there = index.get(key);
      if (there) there.push(object);
      else index.set(key, [object]);
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
