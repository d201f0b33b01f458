import { callerOf, sandboxAccessKey } from "../aws/signature-scope";
import type { AccessEntrySnapshot, ClusterSnapshot } from "../eks/snapshot";
import type { AccessParts, CallerIdentity, ClusterPlace } from "./access-parts";
import { readBearerToken } from "./bearer-token";
import type { BearerToken } from "./bearer-token";
import { principalOf, withoutPath } from "./caller-principal";
import type { CallerPrincipal } from "./caller-principal";
import { findCluster } from "./find-cluster";
import { hasValidSignature } from "./presigned-signature";

/** Who a token's maker is to the API server. */
export interface KubernetesUser {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** Outcome of a review. `foreign`: no token of `aws eks get-token`, so nothing is said of it. */
export type Authentication =
  | { readonly kind: "user"; readonly user: KubernetesUser }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "foreign" };

/** User name of whoever deploys into the sandbox. */
export const DEPLOYER = "flightdeck:deployer";

/** Under this name the authorization review finds the access entry again. */
export const PRINCIPAL_EXTRA = "canonicalArn";

/** Says who has made a token, if its caller has an access entry in the cluster. */
export async function authenticate(parts: AccessParts, place: ClusterPlace, token: string): Promise<Authentication> {
  const read = readBearerToken(token, (parts.now ?? Date.now)());
  if (read.kind !== "token") return read;
  const cluster = findCluster(parts.snapshot(), place);
  if (cluster === undefined) return refused(`there is no cluster ${place.name} in ${place.account} ${place.region}`);
  const caller = await parts.callerIdentity(read.token);
  if (caller === undefined) return refused(`nobody in the sandbox owns the access key ${read.token.accessKey}`);
  const problem = signatureProblem(read.token, caller, cluster.name);
  if (problem !== undefined) return refused(problem);
  const principal = principalOf(caller.arn);
  if (principal === undefined) return refused(`${caller.arn} is neither a user nor the session of a role`);
  const extra = extraOf(read.token, caller, principal);
  const entry = cluster.accessEntries.find(({ principalArn }) => withoutPath(principalArn) === principal.arn);
  if (entry === undefined) return deployer(cluster, read.token, extra) ?? refused(noEntry(cluster, principal));
  const username = await usernameOf(parts, cluster, entry, principal);
  if (username === undefined) return refused(`${caller.arn} is no EC2 instance of ${cluster.name}`);
  const uid = `aws-iam-authenticator:${principal.account}:${principal.arn}`;
  return { kind: "user", user: { username, uid, groups: entry.kubernetesGroups, extra } };
}

function refused(reason: string): Authentication {
  return { kind: "refused", reason };
}

/** The name of the cluster is no part of the request but of what is signed: a token for another cluster fails here. */
function signatureProblem(token: BearerToken, caller: CallerIdentity, cluster: string): string | undefined {
  const { host, url } = token;
  const { secretKey, sessionToken } = caller;
  const sent = new URLSearchParams(url.slice(url.indexOf("?"))).get("X-Amz-Security-Token") ?? undefined;
  if (sent !== sessionToken) return `the token's X-Amz-Security-Token is not that of ${token.accessKey}`;
  if (hasValidSignature({ host, url, secretKey, headers: { "x-k8s-aws-id": cluster } })) return undefined;
  return `the token's signature does not fit: it is made for another cluster than ${cluster}, or with another secret key`;
}

function extraOf(token: BearerToken, caller: CallerIdentity, principal: CallerPrincipal): KubernetesUser["extra"] {
  const { arn, sessionName } = principal;
  const extra = { arn: [caller.arn], [PRINCIPAL_EXTRA]: [arn], accessKeyId: [token.accessKey] };
  return sessionName === undefined ? extra : { ...extra, sessionName: [sessionName] };
}

/** The keys of the sandbox's own making stand for whoever deploys, who in AWS has an access entry of his own. */
function deployer(
  { account }: ClusterSnapshot,
  { accessKey }: BearerToken,
  extra: KubernetesUser["extra"],
): Authentication | undefined {
  const own = callerOf(accessKey);
  // Composed with the cluster's account: whoever deploys another account is a stranger here.
  if (accessKey !== sandboxAccessKey(account, own.principal)) return undefined;
  const uid = `aws-iam-authenticator:${account}:${DEPLOYER}`;
  return { kind: "user", user: { username: DEPLOYER, uid, groups: ["system:masters"], extra } };
}

function noEntry({ name, authenticationMode }: ClusterSnapshot, { arn }: CallerPrincipal): string {
  if (authenticationMode !== "CONFIG_MAP") return `${arn} has no access entry in cluster ${name}`;
  return `cluster ${name} authenticates by its aws-auth ConfigMap, which the sandbox does not read: use access entries`;
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
async function usernameOf(
  parts: AccessParts,
  cluster: ClusterSnapshot,
  { username }: AccessEntrySnapshot,
  { account, sessionName = "" }: CallerPrincipal,
): Promise<string | undefined> {
  const filled = username
    .replaceAll("{{SessionName}}", sessionName.replaceAll("@", "-"))
    .replaceAll("{{SessionNameRaw}}", sessionName)
    .replaceAll("{{AccountID}}", account);
  if (!filled.includes("{{EC2PrivateDNSName}}")) return filled;
  const name = await parts.privateDnsName?.(cluster, sessionName);
  return name === undefined ? undefined : filled.replaceAll("{{EC2PrivateDNSName}}", name);
}
