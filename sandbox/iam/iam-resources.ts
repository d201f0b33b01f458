import type { AwsCall } from "../aws/aws-call";

/** Resource types by the parameter that names one, the most telling first. */
const NAMING: readonly (readonly [parameter: string, type: string])[] = [
  ["RoleName", "role"],
  ["InstanceProfileName", "instance-profile"],
  ["UserName", "user"],
  ["GroupName", "group"],
  ["PolicyName", "policy"],
];

/** ARNs of what an IAM call is about. */
export function iamResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  for (const [parameter, type] of NAMING) {
    const name = get(parameter);
    if (name === undefined) continue;
    const path = type === "role" || type === "policy" ? (get("Path") ?? "/") : "/";
    return [`arn:aws:iam::${call.account}:${type}${path}${name}`];
  }
  const policy = get("PolicyArn");
  if (policy !== undefined) return [policy];
  return call.action.includes("OpenIDConnectProvider") ? [providerArn(call, get)] : [];
}

/** The id in the name of a cluster's provider is EKS's to choose, so it is left open. */
function providerArn({ account }: AwsCall, get: (name: string) => string | undefined): string {
  const issuer = get("Url")?.replace(/^https:\/\//, "") ?? get("OpenIDConnectProviderArn")?.split(":oidc-provider/")[1];
  const known = issuer !== undefined && !issuer.startsWith("oidc.eks.");
  return `arn:aws:iam::${account}:oidc-provider/${known ? issuer : "*"}`;
}
