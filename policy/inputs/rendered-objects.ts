import { resolveTemplate } from "../engine/expressions/evaluate";
import { EMPTY_SCOPE } from "../engine/expressions/scope";
import { TemplateError } from "../engine/expressions/template-error";
import { escapeTemplate, mayBeTemplate } from "../engine/expressions/template-text";
import { KubernetesObject } from "../engine/subject";
import type { Stack, SubjectPlace } from "../engine/subject";
import { Unresolved } from "../engine/unresolved";
import type { RenderedChart, RenderedObject } from "../../rendering";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Brings rendered objects into the shape in which rules see them. Each one stands at the resource that brings it into the
 * cluster; several objects of one chart share that address.
 *
 * @param stacks the stacks they were rendered from: construct paths and source locations come from there
 * @param charts the charts that were rendered: their objects are those of others
 */
export function readRendered(
  objects: readonly RenderedObject[],
  stacks: readonly Stack[] = [],
  charts: readonly RenderedChart[] = [],
): readonly KubernetesObject[] {
  const chartOf = new Map(charts.map((rendered) => [keyOf(rendered), rendered.chart]));
  const places = new Map(stacks.flatMap(({ resources }) => resources.map((resource) => [keyOf(resource), resource])));
  return objects.map((rendered) => {
    const { stack, address, references, object } = rendered;
    const { path, trace } = places.get(keyOf(rendered)) ?? {};
    const place = {
      stack,
      address,
      ...(path === undefined ? {} : { path }),
      ...(trace === undefined ? {} : { trace }),
      ...(chartOf.has(keyOf(rendered)) ? { chart: chartOf.get(keyOf(rendered)) } : {}),
    };
    return toKubernetesObject(object, place, references);
  });
}

/**
 * An object whose texts are templates of Terraform.
 *
 * @param references the expressions in it, without their braces: another `${…}` is a text of the object itself, such as a
 * shell's variable. When left out, every one is an expression
 */
export function toKubernetesObject(
  object: Fields,
  place: SubjectPlace,
  references?: readonly string[],
): KubernetesObject {
  if (references?.length === 0) return new KubernetesObject(place, object);
  const written = references?.map((reference) => (reference.startsWith("%{") ? reference : `\${${reference}}`));
  const pattern = written && new RegExp(`(${written.map(escapePattern).join("|")})`);
  return new KubernetesObject(place, resolveAll(object, pattern) as Fields);
}

function resolveAll(value: unknown, references: RegExp | undefined): unknown {
  if (typeof value === "string") return resolveText(value, references);
  if (Array.isArray(value)) return value.map((item) => resolveAll(item, references));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolveAll(inner, references)]));
}

function resolveText(text: string, references: RegExp | undefined): unknown {
  if (!mayBeTemplate(text) || references?.test(text) === false) return text;
  const pieces = references ? text.split(references) : [text];
  const template = pieces
    .map((piece, index) => (references && index % 2 === 0 ? escapeTemplate(piece) : piece))
    .join("");
  try {
    return resolveTemplate(template, EMPTY_SCOPE);
  } catch (error) {
    if (error instanceof TemplateError) return new Unresolved([], text);
    throw error;
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function keyOf({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return `${stack} ${address}`;
}
