import { request } from "node:http";

/** What a test sends to a gateway. */
export interface SignedRequest {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly account?: string;
  readonly principal?: string;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

export const authorization = (service: string, account = "111111111111", principal = "atlas-dev-network"): string =>
  `AWS4-HMAC-SHA256 Credential=FD-${account}-${principal}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** Sends a request as an AWS SDK would, on a connection of its own. */
export function send(endpoint: string, given: SignedRequest): Promise<Answered> {
  const { service, method = "POST", path = "/", body = "", account, principal } = given;
  const headers = { authorization: authorization(service, account, principal), ...given.headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, {
      method,
      path,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      agent: false,
    });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("end", () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    outgoing.end(body);
  });
}

/** Sends a query-protocol call. */
export function query(endpoint: string, action: string, given: Partial<SignedRequest> = {}): Promise<Answered> {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  return send(endpoint, { service: "ec2", headers, body: `Action=${action}&Version=2016-11-15`, ...given });
}
