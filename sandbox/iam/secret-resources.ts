import type { AwsCall } from "../aws/aws-call";

/** ARNs of what a Secrets Manager call is about. AWS ends the names of secrets with six characters of its own. */
export function secretResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const secret = get("SecretId") ?? (call.action === "CreateSecret" ? get("Name") : undefined);
  if (secret === undefined) return [];
  if (secret.startsWith("arn:")) return [secret.replace(/-[A-Za-z0-9]{6}$/, "-??????")];
  return [`arn:aws:secretsmanager:${call.region}:${call.account}:secret:${secret}-??????`];
}
