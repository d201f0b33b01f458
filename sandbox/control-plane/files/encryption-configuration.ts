/**
 * Secrets are encrypted in etcd, as EKS encrypts them with a key of KMS.
 *
 * @param key 32 bytes, base64
 */
export function encryptionConfiguration(key: string): string {
  return JSON.stringify({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
      {
        resources: ["secrets"],
        providers: [{ secretbox: { keys: [{ name: "sandbox", secret: key }] } }, { identity: {} }],
      },
    ],
  });
}
