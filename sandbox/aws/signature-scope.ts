import { headerOf } from "./aws-call";

/** What the SigV4 Credential of a request says. */
export interface SignatureScope {
  readonly accessKey: string;
  readonly region: string;
  readonly service: string;
}

/** Who a request is from. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string;
  readonly principal: string;
}

/** Account of callers whose access key names none. */
export const DEFAULT_ACCOUNT = "000000000000";

const SANDBOX_KEY = /^FD-(\d{12})-(.+)$/;

/**
 * Reads the credential scope from the Authorization header or, in presigned URLs, from the query.
 *
 * @returns undefined when the request is not signed with SigV4
 */
export function signatureScope(headers: readonly string[], query: URLSearchParams): SignatureScope | undefined {
  const authorization = headerOf(headers, "authorization") ?? "";
  const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get("X-Amz-Credential") ?? "";
  // From the end: an access key of somebody's own making may hold slashes.
  const parts = credential.split("/");
  if (parts.length < 5) return undefined;
  const [region, service] = parts.slice(-3, -1);
  return { accessKey: parts.slice(0, -4).join("/"), region: region ?? "", service: (service ?? "").toLowerCase() };
}

/** Account and principal of an access key: `FD-<account>-<principal>`, or the key itself in the default account. */
export function callerOf(accessKey: string): Caller {
  const [, account, principal] = SANDBOX_KEY.exec(accessKey) ?? [];
  return account !== undefined && principal !== undefined
    ? { account, principal }
    : { account: DEFAULT_ACCOUNT, principal: accessKey };
}

/** The access key that makes the gateway attribute calls to this account and principal. */
export function sandboxAccessKey(account: string, principal: string): string {
  return `FD-${account}-${principal}`;
}
