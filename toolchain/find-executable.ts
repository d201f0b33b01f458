import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, resolve } from "node:path";
import type { EnvironmentVariables } from "./environment";

/**
 * Finds a program on the PATH of the given environment, or takes an absolute path as it is.
 *
 * @returns an absolute path, which holds wherever the program is run
 */
export function findExecutable(name: string, env: EnvironmentVariables): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  const suffixes = env.PATHEXT ? ["", ...env.PATHEXT.split(";")] : [""];
  for (const folder of (env.PATH ?? env.Path ?? "").split(delimiter)) {
    if (folder === "") continue;
    const found = suffixes.map((suffix) => resolve(folder, name + suffix)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
