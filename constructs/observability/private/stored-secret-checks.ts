import type { EnvironmentIdentity } from "../../core/naming";
import type { PropChecks } from "../../core/prop-checks";
import type { StoredSecret } from "../stored-secret";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const NAME = /^[\w/+=.@-]{1,512}$/;

/** Records a problem unless External Secrets may read the secret, which is what its role lets it: those of the environment. */
export function checkStoredSecret(
  checks: PropChecks,
  { secret, property }: StoredSecret,
  prop: string,
  { project, stage }: EnvironmentIdentity,
): void {
  const start = `${project}/${stage}/`;
  const rule = `must be the name of a secret of AWS Secrets Manager under ${start}`;
  const named = NAME.test(secret) && secret.startsWith(start) && secret.length > start.length;
  checks.require(named, `${prop}.secret`, rule, secret);
  checks.require(property !== "", `${prop}.property`, "must be a key, or left out for the whole secret", property);
}
