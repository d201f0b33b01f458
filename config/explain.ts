import { basename } from "node:path";
import { findEnvironment } from "./environment-files";
import { loadFile, type LoadedEnvironment } from "./load-file";
import { formatPath, type ValuePath } from "./value-path";

/** One value of an environment and where it comes from. */
export interface ExplainedValue {
  /** Path, as in `network.zones[0]`. */
  readonly path: string;
  /** The value: text, number, truth value, or an empty list or map. */
  readonly value: unknown;
  /** `dev.yaml:12`, `stage defaults`, `schema default` or `derived`. */
  readonly origin: string;
}

/**
 * Every value of an environment, in the order of the schema, with where it comes from.
 *
 * @param root root of the repository
 * @param id `<project>/<stage>`
 *
 * @throws ConfigError with every problem of its file, or when there is no such file
 */
export function explainEnvironment(root: string, id: string): ExplainedValue[] {
  const loaded = loadFile(root, findEnvironment(root, id));
  return leavesOf(loaded.config, []).map(([path, value]) => ({
    path: formatPath(path),
    value,
    origin: originOf(loaded, path),
  }));
}

function originOf({ file, filled, source }: LoadedEnvironment, path: ValuePath): string {
  const origin = filled.originOf(path);
  return origin === "file" ? `${basename(file.file)}:${source.lineOf(path)}` : origin;
}

function leavesOf(value: unknown, path: ValuePath): (readonly [ValuePath, unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const items: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return items.length === 0 ? [[path, value]] : items.flatMap(([key, item]) => leavesOf(item, [...path, key]));
}
