import type { Graph } from "../../engine/graph";
import { Resource } from "../../engine/subject";
import type { Stack } from "../../engine/subject";
import type { Value } from "../../engine/value";

/** A part of a stack that is no resource, as something that findings can name. */
export interface StackPart {
  /** Its place; what it says is in `value`. */
  readonly subject: Resource;
  readonly value: Value;
}

/** The configurations of a provider in all stacks: `provider.aws`, `provider.aws.replica`. */
export function providersOf(graph: Graph, name: string): readonly StackPart[] {
  return graph.stacks.flatMap((stack) =>
    (stack.providers[name] ?? []).map((value, index) => {
      const alias = value.at("alias").text;
      const suffix = alias === undefined ? (index === 0 ? "" : `[${index}]`) : `.${alias}`;
      return { subject: partOf(stack, `provider.${name}${suffix}`, "provider", {}), value };
    }),
  );
}

/** The configurations of every provider in all stacks. */
export function allProvidersOf(graph: Graph): readonly StackPart[] {
  const names = new Set(graph.stacks.flatMap(({ providers }) => Object.keys(providers)));
  return [...names].flatMap((name) => providersOf(graph, name));
}

/** The backend of a stack: `terraform.backend.s3`; undefined when none is written. */
export function backendOf(stack: Stack): StackPart | undefined {
  if (stack.backend === undefined) return undefined;
  const { type, values } = stack.backend;
  const subject = partOf(stack, `terraform.backend.${type}`, "backend", values);
  return { subject, value: subject.at([]) };
}

/** The providers that a stack requires, all of them together: `terraform.required_providers`. */
export function requirementsOf(stack: Stack): StackPart | undefined {
  if (stack.requiredProviders === undefined) return undefined;
  const subject = partOf(stack, "terraform.required_providers", "required_providers", stack.requiredProviders);
  return { subject, value: subject.at([]) };
}

function partOf(
  { id: stack }: Stack,
  address: string,
  type: string,
  values: Readonly<Record<string, unknown>>,
): Resource {
  return new Resource({ stack, address }, "managed", type, type, values);
}
