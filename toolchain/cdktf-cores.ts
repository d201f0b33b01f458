import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { ToolCheck } from "./tool-check";

const CORES = ["cdktf", "cdktn"];

/**
 * Checks that all provider packages share one copy of the CDKTF core. With two (`cdktf` beside `cdktn`, or two
 * versions) synthesis fails far from the cause: `_resetResolveDiscoveredProviderFeatureUsage is not a function`.
 */
export function checkCdktfCores(projectFolder: string): ToolCheck {
  const modules = join(projectFolder, "node_modules");
  const owners = [modules, ...packagesOf(modules).map((folder) => join(folder, "node_modules"))];
  const found = owners
    .flatMap((owner) => CORES.map((core) => join(owner, core)))
    .flatMap((folder) => {
      const core = nameAndVersion(folder);
      return core ? [{ core, place: relative(projectFolder, folder) }] : [];
    });
  const name = "CDKTF core";
  const [first] = found;
  if (!first) {
    const detail = "no `cdktf` in node_modules";
    return { name, status: "missing", detail, fix: "npm ci --ignore-scripts" };
  }
  if (found.length === 1) return { name, status: "ok", version: first.core, detail: "one copy for all providers" };
  return {
    name,
    status: "unfit",
    version: first.core,
    detail: `${found.length} copies: ${found.map(({ core, place }) => `${core} in ${place}`).join(", ")}`,
    fix: "npm dedupe; with cdktn, alias `cdktf` to it and add an `overrides` entry for each provider package",
  };
}

function packagesOf(modules: string): string[] {
  return list(modules).flatMap((name) =>
    name.startsWith("@") ? list(join(modules, name)).map((inner) => join(modules, name, inner)) : [join(modules, name)],
  );
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [];
}

function nameAndVersion(folder: string): string | undefined {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name: string; version: string };
  return `${name} ${version}`;
}
