import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Chart } from "../../catalog";

/** The first file of the catalogue of charts: what is short, so that all of it can be read at once. */
interface ChartIndex {
  readonly about: string;
  readonly charts: Readonly<Record<string, IndexEntry>>;
}

type IndexEntry = Pick<Chart, "version" | "appVersion" | "repository" | "oldestKubernetes" | "asOf">;

const ABOUT =
  "Charts at the versions in use: names, versions, dates. Made by `npm run catalog:charts -- DIR` from the folders of the charts that their repositories publish; the keys of each chart's values stand in the file of its name.";

/** What the catalogue in a folder says of its charts. */
export function readIndex(folder: string): ChartIndex {
  const path = join(folder, "index.json");
  if (!existsSync(path)) return { about: ABOUT, charts: {} };
  return JSON.parse(readFileSync(path, "utf8")) as ChartIndex;
}

/** Lays out the text of a file. */
export type Formatter = (text: string, path: string) => Promise<string>;

/** Puts charts into the catalogue in a folder, each in place of what it had of the chart of that name. */
export async function writeCatalogue(folder: string, charts: readonly Chart[], format: Formatter): Promise<void> {
  const writeJson = async (path: string, value: unknown): Promise<void> => {
    writeFileSync(path, await format(JSON.stringify(value), path));
  };
  const entries = { ...readIndex(folder).charts };
  mkdirSync(folder, { recursive: true });
  for (const { name, version, appVersion, repository, oldestKubernetes, asOf, ...facts } of charts) {
    entries[name] = { version, appVersion, repository, oldestKubernetes, asOf };
    await writeJson(join(folder, `${name}.json`), facts);
  }
  const sorted = Object.fromEntries(Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1)));
  await writeJson(join(folder, "index.json"), { about: ABOUT, charts: sorted });
}
