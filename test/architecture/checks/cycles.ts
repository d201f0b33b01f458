import { importsOf, resolveImport } from "./imports";
import type { SourceFile } from "./source-file";

/** Import cycles, type imports included: each once, beginning with its alphabetically first file. */
export function findImportCycles(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .map(({ specifier }) => resolveImport(file.path, specifier, paths))
        .filter((target) => target !== undefined && paths.has(target)) as string[],
    ]),
  );
  const cycles = new Set<string>();
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.add(describe(trail.slice(start)));
    if (start >= 0 || finished.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of [...paths].sort()) visit(path, []);
  return [...cycles].sort();
}

function describe(cycle: readonly string[]): string {
  const first = cycle.indexOf([...cycle].sort()[0] as string);
  const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
  return `Import cycle: ${[...turned, turned[0]].join(" → ")}. Move what both need into a file that imports neither.`;
}
