import type { PolicyReport } from "../enforcement/policy-report";
import type { Format } from "./formats";
import { writeGithub } from "./github";
import { writeGitlab } from "./gitlab";
import { writeJson } from "./json";
import { writeJunit } from "./junit";
import { writeMarkdown } from "./markdown";
import type { ReportOptions } from "./report-options";
import { writeSarif } from "./sarif";
import { writeText } from "./text";

const WRITERS: Readonly<Record<Format, (reports: readonly PolicyReport[], options: ReportOptions) => string>> = {
  text: writeText,
  json: writeJson,
  sarif: writeSarif,
  junit: writeJunit,
  github: writeGithub,
  gitlab: writeGitlab,
  markdown: writeMarkdown,
};

/** Writes reports in a format. The same reports and options give the same bytes, which end with a line feed. */
export function writeReport(format: Format, reports: readonly PolicyReport[], options: ReportOptions): string {
  return WRITERS[format](reports, options);
}
