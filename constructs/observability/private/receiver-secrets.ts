import type { ManifestObject } from "../../kubernetes/manifest-object";
import type { AlertReceiver, AlertRouting } from "../alert-receivers";
import type { StoredSecret } from "../stored-secret";
import { externalSecret } from "./external-secret";

/** The Kubernetes secret with what receivers need. */
export const RECEIVERS_SECRET = "alert-receivers";

const SECRETS_FOLDER = "/etc/alertmanager/secrets";

/** One value of a Kubernetes secret, and where it comes from. */
export interface SecretEntry {
  /** Key of the Kubernetes secret. */
  readonly key: string;
  /** Where the value stands. */
  readonly stored: StoredSecret;
  /** Path of the prop that names it. */
  readonly prop: string;
}

/** File in which Alertmanager finds a value that is mounted; it reads it each time it sends. */
export function secretFile(key: string, secretName = RECEIVERS_SECRET): string {
  return `${SECRETS_FOLDER}/${secretName}/${key}`;
}

/** Keys by which a receiver's values are told apart. */
export function secretKey(receiver: string, part: "url" | "routing-key" | "password" | "token"): string {
  return `${receiver}-${part}`;
}

/** Every value that receivers need, in order of keys. */
export function receiverSecrets({ receivers }: AlertRouting): readonly SecretEntry[] {
  const entries = Object.entries(receivers).flatMap(([name, receiver]) => entriesOf(name, receiver));
  return entries.sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Kubernetes secrets that Alertmanager mounts: that of its receivers, and those with the tokens of what retrains models. */
export function mountedSecrets(routing: AlertRouting): readonly string[] {
  const tokens = (routing.retraining ?? []).flatMap(({ token }) => (token === undefined ? [] : [token.secretName]));
  const own = receiverSecrets(routing).length > 0 ? [RECEIVERS_SECRET] : [];
  return [...new Set([...own, ...tokens])].sort();
}

/** The Kubernetes secret with these values. */
export function secretOf(name: string, store: string, entries: readonly SecretEntry[]): ManifestObject {
  const data = entries.map(({ key, stored: { secret, property } }) => ({
    secretKey: key,
    remoteRef: { key: secret, ...(property !== undefined && { property }) },
  }));
  return externalSecret(name, store, { data });
}

function entriesOf(name: string, receiver: AlertReceiver): readonly SecretEntry[] {
  const at = `alerting.receivers.${name}`;
  const url = (stored: StoredSecret) => ({ key: secretKey(name, "url"), stored, prop: `${at}.url` });
  switch (receiver.kind) {
    case "slack":
    case "teams":
      return [url(receiver.url)];
    case "pagerduty":
      return [{ key: secretKey(name, "routing-key"), stored: receiver.routingKey, prop: `${at}.routingKey` }];
    case "email":
      return [{ key: secretKey(name, "password"), stored: receiver.password, prop: `${at}.password` }];
    case "webhook": {
      const { token } = receiver;
      return [
        ...(typeof receiver.url === "string" ? [] : [url(receiver.url)]),
        ...(token === undefined ? [] : [{ key: secretKey(name, "token"), stored: token, prop: `${at}.token` }]),
      ];
    }
  }
}
