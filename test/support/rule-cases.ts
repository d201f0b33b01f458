import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { AlertCase, RecordedCase } from "./rule-tests";

/** The cases of one area. */
export interface AreaCases {
  /** Name of the file. */
  readonly area: string;
  readonly cases: readonly AlertCase[];
  readonly recordingCases: readonly RecordedCase[];
}

const FOLDER = join(__dirname, "..", "constructs", "observability", "rules", "cases");

/** Names of the files with cases, sorted. */
export function caseAreas(): readonly string[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
  return files.map((file) => basename(file, ".ts")).sort();
}

/** All cases of alerts and of recorded series, by the file that holds them. */
export async function ruleCases(): Promise<readonly AreaCases[]> {
  return Promise.all(
    caseAreas().map(async (area) => {
      const module = (await import(join(FOLDER, area))) as Partial<AreaCases>;
      return { area, cases: module.cases ?? [], recordingCases: module.recordingCases ?? [] };
    }),
  );
}
