/** A `ClusterSecretStore`: the way from namespaces to secrets. */
export interface SecretStoreOptions {
  /**
   * Name of the store, which each `ExternalSecret` names.
   *
   * @default "aws-secrets-manager"
   */
  readonly storeName?: string;
  /** Namespaces that may read secrets through the store, at least one. Who may make an `ExternalSecret` there reads them all. */
  readonly namespaces: readonly string[];
}
