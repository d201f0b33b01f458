import { apiModel } from "./model/api-model";

/** An operation found by method and path, with the decoded values of its path template. */
export interface Route {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly operation: string;
  readonly method: string;
  readonly segments: readonly string[];
}

// Literal segments win over parameters: `/addons/supported-versions` is no add-on.
const ROUTES: readonly CompiledRoute[] = Object.entries(apiModel.operations)
  .map(([operation, { method, path }]) => ({ operation, method, segments: path.split("/").slice(1) }))
  .sort((a, b) => parameterCount(a.segments) - parameterCount(b.segments));

/**
 * Finds the operation of a request.
 *
 * @param method HTTP method in any case
 * @param path percent-encoded path without query
 * @returns undefined when the EKS API has no such method and path
 */
export function findRoute(method: string, path: string): Route | undefined {
  const given = path.replace(/\/+$/, "").split("/").slice(1);
  for (const route of ROUTES) {
    if (route.method !== method.toUpperCase()) continue;
    const params = matchSegments(route.segments, given);
    if (params !== undefined) return { operation: route.operation, params };
  }
  return undefined;
}

function matchSegments(template: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const last = template.length - 1;
  // Some clients leave the slashes of an ARN in `/tags/{resourceArn}` as they are.
  const parts =
    given.length > template.length && template[0] === "tags"
      ? [...given.slice(0, last), given.slice(last).join("/")]
      : given;
  if (parts.length !== template.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const part = parts[index] ?? "";
    if (isParameter(segment)) {
      if (part === "") return undefined;
      params[segment.slice(1, -1)] = decode(part);
    } else if (segment !== part) return undefined;
  }
  return params;
}

function parameterCount(segments: readonly string[]): number {
  return segments.filter(isParameter).length;
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
