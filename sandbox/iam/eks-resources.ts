import type { AwsCall } from "../aws/aws-call";

/** Resource types by the path segment below a cluster. */
const KINDS: Readonly<Record<string, string>> = {
  "node-groups": "nodegroup",
  addons: "addon",
  "access-entries": "access-entry",
  "pod-identity-associations": "podidentityassociation",
};

/**
 * ARNs of what an EKS call is about. Ids that EKS makes up are left open, and names of node groups too: Terraform ends
 * them with the time, so that the policy must hold for the next one.
 */
export function eksResources(call: AwsCall, get: (name: string) => string | undefined): string[] {
  const [, collection, name, kind, id] = call.path.split("/").map(decodeURIComponent);
  const arn = (rest: string) => `arn:aws:eks:${call.region}:${call.account}:${rest}`;
  if (collection === "tags") return [openIds(decodeURIComponent(call.path.slice("/tags/".length)))];
  if (collection !== "clusters") return [];
  const cluster = name ?? (call.mutates ? get("name") : undefined);
  if (cluster === undefined || cluster === "") return [];
  const resources = [arn(`cluster/${cluster}`)];
  const type = KINDS[kind ?? ""];
  if (type === undefined || id === undefined) return resources;
  return [...resources, arn(type === "addon" ? `${type}/${cluster}/${id}/*` : `${type}/${cluster}/*`)];
}

function openIds(arn: string): string {
  const [type, cluster, name] = (arn.split(":").at(-1) ?? "").split("/");
  const prefix = arn.slice(0, arn.lastIndexOf(":") + 1);
  if (type === "cluster") return arn;
  return type === "addon" ? `${prefix}${type}/${cluster}/${name}/*` : `${prefix}${type}/${cluster}/*`;
}
