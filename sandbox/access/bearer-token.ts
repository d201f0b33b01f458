import { signatureScope } from "../aws/signature-scope";

const PREFIX = "k8s-aws-v1.";
const MAX_CHARACTERS = 4096;
const LIFETIME_MS = 15 * 60_000;
/** How far a signer's clock may be ahead. */
const SKEW_MS = 5 * 60_000;
const MAX_EXPIRES_SECONDS = 900;
const COMPACT_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const CLUSTER_HEADER = "x-k8s-aws-id";
const PARAMETERS = new Set([
  "action",
  "version",
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-expires",
  "x-amz-security-token",
  "x-amz-signature",
  "x-amz-signedheaders",
  "x-amz-user-agent",
]);
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** A token that is well-formed and in time: the request in it, not yet executed. */
export interface BearerToken {
  readonly accessKey: string;
  readonly region: string;
  /** Address with the port, as signed. */
  readonly host: string;
  /** Path and query, as signed. */
  readonly url: string;
}

/** Outcome of reading a token. `foreign`: made by another scheme, so nothing is said of it. */
export type ReadToken =
  | { readonly kind: "token"; readonly token: BearerToken }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "foreign" };

/**
 * Reads a token of `aws eks get-token`: a presigned STS request, with the rules that aws-iam-authenticator has for it,
 * except that the address must be one of this machine.
 *
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go
 */
export function readBearerToken(text: string, now: number): ReadToken {
  if (!text.startsWith(PREFIX)) return { kind: "foreign" };
  if (text.length > MAX_CHARACTERS) return refused(`the token has more than ${MAX_CHARACTERS} characters`);
  const url = parseUrl(text.slice(PREFIX.length));
  if (url === undefined) return refused("the token holds no URL");
  const problem = addressProblem(url) ?? queryProblem(url) ?? timeProblem(url, now);
  if (problem !== undefined) return refused(problem);
  const scope = signatureScope([], url.searchParams);
  if (scope?.service !== "sts") return refused("the token is not signed for STS");
  const { accessKey, region } = scope;
  return { kind: "token", token: { accessKey, region, host: url.host, url: url.pathname + url.search } };
}

function refused(reason: string): ReadToken {
  return { kind: "refused", reason };
}

function parseUrl(encoded: string): URL | undefined {
  if (!/^[\w-]+$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, "base64url").toString("utf8");
  return URL.canParse(text) ? new URL(text) : undefined;
}

function addressProblem(url: URL): string | undefined {
  if (!LOOPBACK.has(url.hostname)) {
    return `the token is made for ${url.host}, not for the sandbox: set AWS_ENDPOINT_URL to its address`;
  }
  if (url.pathname !== "/") return `the token's path must be /, got ${url.pathname}`;
  return url.username === "" && url.hash === "" ? undefined : "the token's URL must have neither user nor fragment";
}

function queryProblem({ searchParams }: URL): string | undefined {
  const names = [...searchParams.keys()].map((name) => name.toLowerCase());
  const unknown = names.find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) return `the token has the parameter ${unknown}, which a token may not have`;
  if (new Set(names).size < names.length) return "the token has a parameter twice";
  const action = searchParams.get("Action");
  if (action !== "GetCallerIdentity") return `the token's action must be GetCallerIdentity, got ${action ?? "none"}`;
  const signed = (searchParams.get("X-Amz-SignedHeaders") ?? "").toLowerCase().split(";");
  if (!signed.includes(CLUSTER_HEADER)) return `the token does not sign ${CLUSTER_HEADER}, the name of its cluster`;
  return searchParams.get("X-Amz-Signature") ? undefined : "the token has no signature";
}

function timeProblem({ searchParams }: URL, now: number): string | undefined {
  const expires = searchParams.get("X-Amz-Expires") ?? "";
  if (!/^\d{1,5}$/.test(expires) || Number(expires) > MAX_EXPIRES_SECONDS) {
    return `the token's X-Amz-Expires must be a number of seconds up to ${MAX_EXPIRES_SECONDS}, got ${expires || "none"}`;
  }
  const date = searchParams.get("X-Amz-Date") ?? "";
  const signedAt = Date.parse(date.replace(COMPACT_TIME, "$1-$2-$3T$4:$5:$6Z"));
  if (!COMPACT_TIME.test(date) || Number.isNaN(signedAt)) {
    return `the token's X-Amz-Date must be a time as in 20260101T120000Z, got ${date || "none"}`;
  }
  if (now > signedAt + LIFETIME_MS) return `the token has expired: it was made at ${date}, and is good for 15 minutes`;
  return signedAt > now + SKEW_MS ? `the token was made at ${date}, which is in the future` : undefined;
}
