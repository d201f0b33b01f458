import { createHash, createHmac } from "node:crypto";

/** What a test signs. */
export interface TokenParts {
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly sessionToken?: string;
  readonly cluster?: string;
  /** As in `20260101T120000Z`. */
  readonly date?: string;
  readonly host?: string;
  /** Parameters added to the query, or put in place of others; undefined leaves one out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Text put behind the signed URL. */
  readonly behind?: string;
}

export const DATE = "20260101T120000Z";
export const NOW = Date.parse("2026-01-01T12:00:00Z");
export const DEPLOYER_KEY = "FD-111111111111-kubectl";

/** A token as `aws eks get-token` makes it. */
export function bearerToken(parts: TokenParts = {}): string {
  return `k8s-aws-v1.${Buffer.from(presignedUrl(parts)).toString("base64url")}`;
}

/** The presigned request in such a token. */
export function presignedUrl(parts: TokenParts = {}): string {
  const { accessKey = DEPLOYER_KEY, secretKey = "sandbox", cluster = "atlas-dev", date = DATE } = parts;
  const { host = "127.0.0.1:4566", sessionToken, query = {}, behind = "" } = parts;
  const scope = [date.slice(0, 8), "eu-west-1", "sts", "aws4_request"];
  const parameters: Readonly<Record<string, string | undefined>> = {
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [accessKey, ...scope].join("/"),
    "X-Amz-Date": date,
    "X-Amz-Expires": "60",
    "X-Amz-Security-Token": sessionToken,
    "X-Amz-SignedHeaders": "host;x-k8s-aws-id",
    ...query,
  };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const text = given
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const canonical = `GET\n/\n${text}\nhost:${host}\nx-k8s-aws-id:${cluster}\n\nhost;x-k8s-aws-id\n${sha256("")}`;
  const key = scope.reduce<string | Buffer>((parent, part) => hmac(parent, part), `AWS4${secretKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope.join("/"), sha256(canonical)].join("\n"));
  return `http://${host}/?${text}&X-Amz-Signature=${signature.toString("hex")}${behind}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
