import type { PlainObject } from "../rendering";
import { resolveJson } from "../resolve-value";

/** Objects of a release of the project's own chart, whose values are the objects themselves. */
export interface ManifestObjects {
  readonly objects: readonly PlainObject[];
  readonly references: readonly string[];
}

/**
 * Reads a release of the chart that prints the objects given to it: a local chart with one values document, `{"objects": […]}`.
 *
 * @returns undefined for a release of any other chart
 */
export function readManifestObjects(
  config: Readonly<Record<string, unknown>>,
  resolve: (expression: string) => unknown,
): ManifestObjects | undefined {
  const { repository, chart, values } = config;
  if (repository !== undefined || typeof chart !== "string" || /^[a-z]+:\/\//.test(chart)) return undefined;
  const [text, ...others] = Array.isArray(values) ? (values as unknown[]) : [];
  if (typeof text !== "string" || others.length > 0) return undefined;
  const document = resolveJson(text, resolve);
  const objects = document && objectsOf(document.value);
  return objects && { objects, references: document.references };
}

function objectsOf(value: unknown): readonly PlainObject[] | undefined {
  if (value === null || typeof value !== "object" || Object.keys(value).join() !== "objects") return undefined;
  const { objects } = value as { readonly objects: unknown };
  return Array.isArray(objects) ? (objects as PlainObject[]) : undefined;
}
