/** Name of the `ClusterSecretStore` that components read through unless told of another. */
export const SECRET_STORE = "aws-secrets-manager";
