import { createHash, createHmac } from "node:crypto";

/** A presigned GET request and what it must have been signed with. */
export interface SignedUrl {
  readonly host: string;
  /** Path and query, as signed. */
  readonly url: string;
  readonly secretKey: string;
  /** Signed headers beside `host`, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

const EMPTY_BODY = sha256("");

/**
 * True when the signature in the query is that of Signature Version 4 for these headers and this key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function hasValidSignature({ host, url, secretKey, headers }: SignedUrl): boolean {
  const [path = "/", query = ""] = url.split("?");
  const parameters = new URLSearchParams(query);
  const scope = (parameters.get("X-Amz-Credential") ?? "").split("/").slice(-4);
  const all: Readonly<Record<string, string>> = { ...headers, host };
  const signed = (parameters.get("X-Amz-SignedHeaders") ?? "").split(";");
  if (signed.some((name) => all[name] === undefined)) return false;
  const canonical = [
    "GET",
    path,
    canonicalQuery(query),
    ...signed.map((name) => `${name}:${(all[name] ?? "").trim()}`),
    "",
    signed.join(";"),
    EMPTY_BODY,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", parameters.get("X-Amz-Date"), scope.join("/"), sha256(canonical)].join("\n");
  const key = scope.reduce<Buffer>((parent, part) => hmac(parent, part), Buffer.from(`AWS4${secretKey}`));
  return hmac(key, toSign).toString("hex") === parameters.get("X-Amz-Signature");
}

/** As sent, but for the signature: the signer has encoded it already. */
function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => !pair.startsWith("X-Amz-Signature="))
    .sort()
    .join("&");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
