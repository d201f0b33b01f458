import { environmentIds } from "../config";
import { CliError } from "./cli-error";

/**
 * The environment that a command works on: the one named, else the only one of stage `dev`.
 *
 * @throws CliError exit 2 with all environments, when none is named and there is no such one
 */
export function chooseEnvironment(root: string, named: string | undefined): string {
  if (named !== undefined) return named;
  const ids = environmentIds(root);
  const [only, ...others] = ids.filter((id) => id.endsWith("/dev"));
  if (only && others.length === 0) return only;
  throw new CliError(2, `Name an environment: ${ids.join(", ") || "there is none in config/environments yet"}.`);
}
