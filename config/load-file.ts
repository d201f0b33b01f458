import { ENVIRONMENT_CHECKS } from "./checks";
import { ConfigError, type ConfigProblem } from "./config-error";
import type { EnvironmentDraft, Finding } from "./draft";
import type { EnvironmentConfig } from "./environment-config";
import { readEnvironment, type EnvironmentFile } from "./environment-files";
import { fillDefaults, type FilledEnvironment } from "./fill-defaults";
import { environmentSchema } from "./schema/environment";
import { judgeBySchema } from "./schema-issues";
import { formatPath, isMap, valueAt, type ValuePath } from "./value-path";
import { parseYaml, type YamlSource } from "./yaml-source";

/** An environment that passed every check, with what is needed to say where its values come from. */
export interface LoadedEnvironment {
  readonly file: EnvironmentFile;
  readonly config: EnvironmentConfig;
  readonly source: YamlSource;
  readonly filled: FilledEnvironment;
}

/**
 * Reads and checks one file.
 *
 * @throws ConfigError with everything that is wrong with it
 */
export function loadFile(root: string, file: EnvironmentFile): LoadedEnvironment {
  const read = readEnvironment(root, file);
  if ("rule" in read) throw new ConfigError([read]);
  return loadText(read.text, file);
}

/**
 * Checks the text of one file.
 *
 * @throws ConfigError with everything that is wrong with it
 */
export function loadText(text: string, file: EnvironmentFile): LoadedEnvironment {
  const parsed = parseYaml(text, file.file);
  if ("problems" in parsed) throw new ConfigError(parsed.problems);
  const { source } = parsed;
  if (!isMap(source.value)) {
    throw new ConfigError([
      { file: file.file, line: 1, path: "", rule: "must be a map of settings", got: source.value ?? undefined },
    ]);
  }
  const filled = fillDefaults(source.value, file.stage);
  const { findings, draft } = judgeBySchema(filled.value);
  const all = [
    ...findings.filter(({ path }) => filled.originOf(path) !== "derived" || valueAt(filled.value, path) === undefined),
    ...checkIdentity(draft as EnvironmentDraft, file),
    ...ENVIRONMENT_CHECKS.flatMap((check) => [...check(draft as EnvironmentDraft)]),
  ];
  if (all.length > 0) throw new ConfigError(inOrder(all.map((finding) => problemOf(finding, file.file, source))));
  return { file, config: frozen(environmentSchema.parse(filled.value)), source, filled };
}

/** A finding with the place it is at. */
export function problemOf({ path, ...finding }: Finding, file: string, source: YamlSource): ConfigProblem {
  return { file, line: source.lineOf(path as ValuePath), path: formatPath(path), ...finding };
}

function* checkIdentity({ project, stage }: EnvironmentDraft, file: EnvironmentFile): Generator<Finding> {
  if (project !== undefined && project !== file.project) {
    yield {
      path: ["project"],
      rule: "must be the name of the folder the file is in",
      got: project,
      allowed: file.project,
    };
  }
  if (stage !== undefined && stage !== file.stage) {
    yield { path: ["stage"], rule: "must be the name of the file", got: stage, allowed: file.stage };
  }
}

function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
