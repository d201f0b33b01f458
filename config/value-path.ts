/** Where a value is: keys of maps as text, positions in lists as numbers. */
export type ValuePath = readonly (string | number)[];

const PLAIN_KEY = /^[\w-]+$/;

/** A path as users read it: `nodePools.gpu.l4.instanceTypes[0]`; a key with other characters in quotes: `tags["cost center"]`. */
export function formatPath(path: ValuePath): string {
  return path.map((segment, index) => formatSegment(segment, index === 0)).join("");
}

function formatSegment(segment: string | number, first: boolean): string {
  if (typeof segment === "number") return `[${segment}]`;
  if (!PLAIN_KEY.test(segment)) return `[${JSON.stringify(segment)}]`;
  return first ? segment : `.${segment}`;
}

/** Whether a value is a map of settings: neither a list nor a scalar. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path, or `undefined`. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
