import type { Graph } from "../../../engine/graph";
import type { KubernetesObject, Resource } from "../../../engine/subject";
import { Unresolved } from "../../../engine/unresolved";

/**
 * Everything that may hold the name of another environment by mistake. Reads of remote states are left out: they have a rule of
 * their own.
 */
export function copiedFrom(graph: Graph): readonly (Resource | KubernetesObject)[] {
  const resources = graph.stacks.flatMap((stack) => stack.resources);
  return [...resources.filter(({ type }) => type !== "terraform_remote_state"), ...graph.objects];
}

/**
 * Shows every text of a resource or object, templates with expressions in them and the keys of maps included. Paths, such as
 * `values[0]` or `metadata.name`, are only made when they are asked for: there are many texts, and little is wrong.
 */
export function visitTexts({ values }: Resource | KubernetesObject, visit: TextVisitor): void {
  walk(values, [], visit);
}

type TextVisitor = (text: string, path: () => string) => void;

/** Shorter keys hold no account and no name of an environment. */
const SHORTEST_NAME = 5;

function walk(content: unknown, steps: (string | number)[], visit: TextVisitor): void {
  const path = (): string => pathOf(steps);
  if (typeof content === "string") return visit(content, path);
  if (typeof content !== "object" || content === null) return;
  if (content instanceof Unresolved) return visit(content.text ?? "", path);
  if (Array.isArray(content)) return content.forEach((item, index) => step(item, index, steps, visit));
  for (const [key, item] of Object.entries(content)) step(item, key, steps, visit);
}

function step(item: unknown, name: string | number, steps: (string | number)[], visit: TextVisitor): void {
  steps.push(name);
  if (typeof name === "string" && name.length >= SHORTEST_NAME) visit(name, () => pathOf(steps));
  walk(item, steps, visit);
  steps.pop();
}

function pathOf(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, one) => {
    if (typeof one === "number") return `${path}[${one}]`;
    return path === "" ? one : `${path}.${one}`;
  }, "");
}
