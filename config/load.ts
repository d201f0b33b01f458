import { checkAcross } from "./checks-across";
import { ConfigError, type ConfigProblem } from "./config-error";
import type { EnvironmentConfig } from "./environment-config";
import { ENVIRONMENTS_FOLDER, findEnvironment, listEnvironments, type EnvironmentFile } from "./environment-files";
import { loadFile, type LoadedEnvironment } from "./load-file";

/**
 * One environment, checked by itself.
 *
 * @param root root of the repository
 * @param id `<project>/<stage>`
 *
 * @throws ConfigError with every problem of its file, or when there is no such file
 */
export function loadEnvironment(root: string, id: string): EnvironmentConfig {
  return loadFile(root, findEnvironment(root, id)).config;
}

/**
 * Every environment, each checked by itself and all against each other.
 *
 * @param root root of the repository
 *
 * @throws ConfigError with every problem of every file, or when there is no environment
 */
export function loadEnvironments(root: string): EnvironmentConfig[] {
  const { files, problems } = listEnvironments(root);
  if (files.length + problems.length === 0) throw new ConfigError([NO_ENVIRONMENT]);
  const loaded = files.map((file) => tryLoad(root, file));
  const environments = loaded.filter((result): result is LoadedEnvironment => "config" in result);
  const found: ConfigProblem[] = [
    ...problems,
    ...loaded.flatMap((result) => ("config" in result ? [] : result.problems)),
    ...checkAcross(environments),
  ];
  if (found.length > 0) throw new ConfigError(found);
  return environments.map(({ config }) => config);
}

/** A run over nothing must not look like one that found nothing wrong. */
const NO_ENVIRONMENT: ConfigProblem = {
  file: ENVIRONMENTS_FOLDER,
  path: "",
  rule: "must hold at least one environment",
  allowed: `${ENVIRONMENTS_FOLDER}/<project>/<stage>.yaml`,
};

function tryLoad(root: string, file: EnvironmentFile): LoadedEnvironment | ConfigError {
  try {
    return loadFile(root, file);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
