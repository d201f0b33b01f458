import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * The project whose source a synthesis points at: the working directory when the synthesis lies in it, else the nearest folder
 * above the synthesis that holds a `cdktf.json`, else the working directory.
 *
 * @param paths absolute paths of what was synthesised
 */
export function projectRoot(cwd: string, paths: readonly string[]): string {
  const [outside] = paths.filter((path) => relative(cwd, path).startsWith(".."));
  return (outside !== undefined && projectAbove(outside)) || cwd;
}

function projectAbove(path: string): string | undefined {
  if (existsSync(join(path, "cdktf.json"))) return path;
  const parent = dirname(path);
  return parent === path ? undefined : projectAbove(parent);
}
