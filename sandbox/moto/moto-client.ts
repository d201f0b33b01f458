import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:http";
import type { AwsResponse } from "../aws/aws-call";
import { SandboxError } from "../errors";

/** What is sent to moto. */
export interface MotoRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value …, as the client sent them. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  /** Twelve digits. */
  readonly account: string;
}

/** Headers that belong to one connection, not to the message. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "upgrade",
  "expect",
  "proxy-connection",
]);
const NOT_SENT = new Set([...HOP_BY_HOP, "content-length"]);
const NOT_RETURNED = new Set([...HOP_BY_HOP, "access-control-allow-origin"]);
// moto closes the connection after each answer, so there is nothing to keep.
const agent = new Agent({ keepAlive: false });

/**
 * Sends one request to moto, neither URL nor headers changed.
 *
 * @throws SandboxError SANDBOX_MOTO_GONE when the connection fails before the whole answer is there
 */
export function sendToMoto(port: number, message: MotoRequest): Promise<AwsResponse> {
  const headers = without(message.headers, NOT_SENT);
  headers.push("x-moto-account-id", message.account);
  if (message.body.length > 0 || message.method === "PUT" || message.method === "POST") {
    headers.push("content-length", String(message.body.length));
  }
  return new Promise((resolve, reject) => {
    const gone = (error: Error) =>
      reject(new SandboxError("SANDBOX_MOTO_GONE", `moto on port ${port}: ${error.message}`));
    const outgoing = request(
      { host: "127.0.0.1", port, method: message.method, path: message.url, headers, agent, setHost: false },
      (incoming) => void collect(incoming).then(resolve, gone),
    );
    outgoing.once("error", gone);
    outgoing.end(message.body);
  });
}

async function collect(incoming: IncomingMessage): Promise<AwsResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  if (!incoming.complete) throw new SandboxError("SANDBOX_MOTO_GONE", "the answer broke off");
  return {
    status: incoming.statusCode ?? 500,
    headers: without(incoming.rawHeaders, NOT_RETURNED),
    body: Buffer.concat(chunks),
  };
}

function without(headers: readonly string[], names: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? "";
    if (!names.has(name.toLowerCase())) kept.push(name, headers[index + 1] ?? "");
  }
  return kept;
}
