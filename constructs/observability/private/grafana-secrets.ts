import type { ManifestObject } from "../../kubernetes/manifest-object";
import type { GrafanaDatabase } from "../grafana-options";
import { externalSecret } from "./external-secret";

/** Kubernetes secrets that External Secrets makes for Grafana. */
export const CREDENTIALS = "grafana-credentials";
export const DATABASE_CREDENTIALS = "grafana-database";

/** A key of a secret as an environment variable. */
interface SecretVariable {
  readonly secretKeyRef: { readonly name: string; readonly key: string };
}

/** What makes Kubernetes secrets of those of AWS Secrets Manager: each key of the value becomes one of the secret. */
export function externalSecrets(
  secret: string,
  store: string,
  database: GrafanaDatabase | undefined,
): ManifestObject[] {
  return [
    wholeSecret(CREDENTIALS, secret, store),
    ...(database === undefined ? [] : [wholeSecret(DATABASE_CREDENTIALS, database.secret, store)]),
  ];
}

/** Environment variables that hold secrets, beside those that the chart sets for the administrator. */
export function secretVariables(signIn: boolean, database: boolean): Record<string, SecretVariable> {
  return {
    GF_SECURITY_SECRET_KEY: variable(CREDENTIALS, "secret-key"),
    ...(signIn && { GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET: variable(CREDENTIALS, "oauth-client-secret") }),
    ...(database && {
      GF_DATABASE_USER: variable(DATABASE_CREDENTIALS, "username"),
      GF_DATABASE_PASSWORD: variable(DATABASE_CREDENTIALS, "password"),
    }),
  };
}

function variable(name: string, key: string): SecretVariable {
  return { secretKeyRef: { name, key } };
}

function wholeSecret(name: string, key: string, store: string): ManifestObject {
  return externalSecret(name, store, { dataFrom: [{ extract: { key } }] });
}
