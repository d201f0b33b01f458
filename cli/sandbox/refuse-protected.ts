import { type EnvironmentConfig, explainEnvironment } from "../../config";
import { CliError } from "../cli-error";

/**
 * Refuses to destroy an environment that is protected from deletion. Terraform would refuse too, but only for the first
 * resource it meets, and without saying where the protection is set.
 *
 * @throws CliError exit 1 with the place of the setting and how to go on
 */
export function refuseProtected(configRoot: string, { project, stage, protection }: EnvironmentConfig): void {
  if (!protection.deletion) return;
  const environment = `${project}/${stage}`;
  const setting = explainEnvironment(configRoot, environment).find(({ path }) => path === "protection.deletion");
  const place = setting === undefined ? "" : ` (${setting.origin})`;
  throw new CliError(
    1,
    `${environment} is protected: \`protection.deletion\` is true${place}. To destroy it, set it to false in ` +
      `config/environments/${environment}.yaml and deploy that; then destroy.`,
  );
}
