/** Someone who may change what runs in some namespaces, and nothing else. */
export interface NamespaceEditor {
  /** ARN of the IAM role or user, path included. */
  readonly principalArn: string;
  /** Names of the Kubernetes namespaces, at least one; not those of Kubernetes itself. They need not exist yet. */
  readonly namespaces: readonly string[];
}
