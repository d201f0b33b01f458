import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** Where the runbooks are. */
export const RUNBOOKS = join(__dirname, "..", "..", "docs", "runbooks");

/** Names of the runbooks there are, without the index. */
export function runbookNames(): string[] {
  const files = readdirSync(RUNBOOKS).filter((name) => name.endsWith(".md") && name !== "README.md");
  return files.map((name) => basename(name, ".md")).sort();
}
