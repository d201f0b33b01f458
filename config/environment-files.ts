import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { nearestName } from "../catalog";
import { didYouMean } from "./wording";
import { ConfigError, type ConfigProblem } from "./config-error";
import type { Stage } from "./environment-config";
import { STAGES } from "./schema/primitives";

/** Folder of the environments, below the root of the repository. */
export const ENVIRONMENTS_FOLDER = "config/environments";

/** The file of one environment. */
export interface EnvironmentFile {
  /** `<project>/<stage>`. */
  readonly id: string;
  /** Name of its folder. */
  readonly project: string;
  /** Name of the file without `.yaml`. */
  readonly stage: Stage;
  /** Path from the root of the repository, with forward slashes. */
  readonly file: string;
}

/** What lies in the folder of environments. */
export interface EnvironmentListing {
  readonly files: readonly EnvironmentFile[];
  /** Files that are no environment, though they lie there. */
  readonly problems: readonly ConfigProblem[];
}

const EXTENSION = ".yaml";

/** Lists the folder of environments; an absent folder is an empty one. */
export function listEnvironments(root: string): EnvironmentListing {
  const folder = join(root, ENVIRONMENTS_FOLDER);
  const entries = namesIn(folder)
    .filter((project) => statSync(join(folder, project), { throwIfNoEntry: false })?.isDirectory())
    .flatMap((project) => namesIn(join(folder, project)).map((name) => ({ project, name })))
    .filter(({ name }) => /\.(ya?ml|json)$/i.test(name));
  const listed = entries.map(({ project, name }) => describe(project, name));
  return {
    files: listed.filter((item): item is EnvironmentFile => "id" in item),
    problems: listed.filter((item): item is ConfigProblem => "rule" in item),
  };
}

/** Ids of all environments that have a file under `config/environments`, as `<project>/<stage>`, sorted. */
export function environmentIds(root: string): string[] {
  return listEnvironments(root).files.map(({ id }) => id);
}

/**
 * The file of an environment.
 *
 * @throws ConfigError when there is none, with the environments there are
 */
export function findEnvironment(root: string, id: string): EnvironmentFile {
  const { files } = listEnvironments(root);
  const found = files.find((file) => file.id === id);
  if (found !== undefined) return found;
  const ids = files.map((file) => file.id);
  const rule = `has no environment ${JSON.stringify(id)}${didYouMean(nearestName(id, ids))}`;
  const allowed = ids.length === 0 ? "none: there is no file yet" : ids.join(", ");
  throw new ConfigError([{ file: ENVIRONMENTS_FOLDER, path: "", rule, allowed }]);
}

/** The text of an environment's file, or the reason why it cannot be read. */
export function readEnvironment(root: string, { file }: EnvironmentFile): { readonly text: string } | ConfigProblem {
  try {
    return { text: readFileSync(join(root, file), "utf8") };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    return { file, path: "", rule: `must be a file that can be read (${reason})` };
  }
}

function describe(project: string, name: string): EnvironmentFile | ConfigProblem {
  const file = `${ENVIRONMENTS_FOLDER}/${project}/${name}`;
  const stage = STAGES.find((known) => `${known}${EXTENSION}` === name);
  if (stage !== undefined) return { id: `${project}/${stage}`, project, stage, file };
  const allowed = STAGES.map((known) => `${known}${EXTENSION}`).join(", ");
  return { file, path: "", rule: "must be named after its stage", got: name, allowed };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
