import type { ManifestObject } from "../../kubernetes/manifest-object";

/** Where a Kubernetes secret comes from: one value for each key, or every key of one value. */
export type SecretSource =
  | { readonly data: readonly { readonly secretKey: string; readonly remoteRef: RemoteValue }[] }
  | { readonly dataFrom: readonly [{ readonly extract: RemoteValue }] };

/** A value in AWS Secrets Manager. */
interface RemoteValue {
  /** Name of the secret. */
  readonly key: string;
  /**
   * Key in a value that is JSON.
   * @default - the whole value
   */
  readonly property?: string;
}

/** A Kubernetes secret that External Secrets makes of values in AWS Secrets Manager, and keeps the same. */
export function externalSecret(name: string, store: string, source: SecretSource): ManifestObject {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name },
    spec: {
      refreshInterval: "1h0m0s",
      secretStoreRef: { kind: "ClusterSecretStore", name: store },
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
      ...source,
    },
  };
}
