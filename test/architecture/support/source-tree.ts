import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SourceFile } from "../checks/source-file";
import { parseSource } from "../checks/source-file";

const REPOSITORY = resolve(__dirname, "../../..");
const FIXTURES = "test/architecture/fixtures";
const SKIPPED = new Set(["node_modules", "cdktf.out", "coverage", FIXTURES]);
const SOURCE = /(?<!\.d)\.[mc]?[jt]s$/;

/** The source files below a folder, paths relative to it; hidden folders, generated output and fixtures left out. */
export function readSourceTree(root: string = REPOSITORY, keep: (path: string) => boolean = () => true): SourceFile[] {
  return listSources(root, "")
    .filter(keep)
    .map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}

/** A fixture: a small repository that breaks one rule. */
export function readFixture(name: string): SourceFile[] {
  return readSourceTree(join(REPOSITORY, FIXTURES, name));
}

export function readRepositoryJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(REPOSITORY, path), "utf8")) as T;
}

function listSources(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith(".") || SKIPPED.has(path)) return [];
    if (entry.isDirectory()) return listSources(root, path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}
