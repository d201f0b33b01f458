import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../../config";
import { type EnvironmentIdentity, type IKey, Secret } from "../../constructs";

/** What the secrets are made of. */
export interface SecretsProps {
  /** The environment the secrets belong to. */
  readonly identity: EnvironmentIdentity;
  /** What the environment says of what needs them. */
  readonly config: Pick<EnvironmentConfig, "observability" | "protection">;
  /** Key that encrypts them. */
  readonly encryptionKey: IKey;
}

/** Name of the secret of alert receivers, after project and stage: a JSON key for each receiver. */
export const ALERTING_SECRET = "observability/alerting";
/** Name of the secret of Grafana, after project and stage. */
export const GRAFANA_SECRET = "observability/grafana";

/**
 * Defines the places of secrets that people put in before the layers that need them are deployed. An unprotected environment
 * may come again tomorrow, so its secrets keep no name occupied.
 */
export function defineSecrets(scope: Construct, { identity, config, encryptionKey }: SecretsProps): void {
  if (!config.observability.enabled) return;
  const { deletion } = config.protection;
  const shared = { identity, encryptionKey, deletionProtection: deletion, recoveryWindowDays: deletion ? 30 : 0 };
  new Secret(scope, "GrafanaSecret", {
    ...shared,
    secretName: GRAFANA_SECRET,
    description: "Grafana: admin-user, admin-password, secret-key; with single sign-on oauth-client-secret",
  });
  if (Object.keys(config.observability.alerts.receivers).length === 0) return;
  new Secret(scope, "AlertingSecret", {
    ...shared,
    secretName: ALERTING_SECRET,
    description: "Receivers of alerts: a key for each, with its webhook URL, integration key, password or token",
  });
}
