import { Agent, request } from "node:https";
import type { IncomingMessage } from "node:http";
import type { ApiConnection } from "./api-connection";
import { KubernetesApiError, UNREACHABLE } from "./api-error";
import { readFailure } from "./read-failure";

/** One request to the API server. */
export interface ApiRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** @default - none */
  readonly body?: unknown;
  /** @default "application/json" */
  readonly contentType?: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const SOCKETS = 16;

/** HTTPS with JSON to one API server, over connections that are kept. */
export class ApiTransport {
  private readonly agent: Agent;
  private readonly base: URL;
  private readonly headers: Readonly<Record<string, string>>;

  /**
   * @param connection how the server is reached, and as whom
   * @param timeoutMs milliseconds until a request without an answer fails
   */
  constructor(
    { server, certificateAuthority, identity }: ApiConnection,
    private readonly timeoutMs: number,
  ) {
    const client = "token" in identity ? {} : { cert: identity.certificate, key: identity.key };
    this.base = new URL(server);
    this.agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, ca: certificateAuthority, ...client });
    this.headers = {
      accept: "application/json",
      ...("token" in identity ? { authorization: `Bearer ${identity.token}` } : {}),
    };
  }

  /**
   * Sends a request.
   *
   * @returns the answer's JSON, or its text where it is none
   * @throws KubernetesApiError for every answer but success, and `Unreachable` for none
   */
  async send(asked: ApiRequest): Promise<unknown> {
    const { status, text } = await this.exchange(asked, true);
    const value = parsed(text);
    if (status >= 200 && status < 300) return value;
    throw new KubernetesApiError(readFailure(status, value, `${asked.method} ${asked.path}`));
  }

  /** Ends the connections. */
  close(): void {
    this.agent.destroy();
  }

  private exchange(asked: ApiRequest, mayRetry: boolean): Promise<Answer> {
    const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
    return new Promise((resolve, reject) => {
      const sent = request(new URL(asked.path, this.base), {
        method: asked.method,
        agent: this.agent,
        timeout: this.timeoutMs,
        headers: { ...this.headers, ...contentHeaders(asked, body) },
      });
      sent.on("response", (response) => {
        collect(response, resolve, () => {
          reject(this.unreachable("the connection was cut within the answer"));
        });
      });
      sent.on("timeout", () => {
        reject(this.unreachable(`no answer within ${this.timeoutMs} ms`));
        sent.destroy();
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server may close a kept connection at the moment it is used again: then it has not seen the request.
        if (mayRetry && sent.reusedSocket && error.code === "ECONNRESET") {
          this.exchange(asked, false).then(resolve, reject);
          return;
        }
        reject(this.unreachable(error.message || (error.code ?? "no connection")));
      });
      sent.end(body);
    });
  }

  private unreachable(detail: string): KubernetesApiError {
    return new KubernetesApiError({
      status: 0,
      reason: UNREACHABLE,
      message: `The API server at ${this.base.origin} does not answer: ${detail}`,
    });
  }
}

function contentHeaders(
  { contentType = "application/json" }: ApiRequest,
  body: string | undefined,
): Record<string, string | number> {
  return body === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(body) };
}

function collect(response: IncomingMessage, done: (answer: Answer) => void, cut: () => void): void {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("end", () => {
    done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
  });
  response.on("error", cut);
  response.on("aborted", cut);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
