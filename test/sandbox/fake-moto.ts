import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { MotoServer } from "../../sandbox/moto/moto-server";

/** A request that reached the fake. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
  /** Seed in force. */
  readonly seed: number | undefined;
}

/** What the fake answers; undefined is 200 with an empty body. */
export type Answer =
  { status?: number; headers?: Record<string, string>; body?: string; die?: "before" | "after" } | undefined;

/**
 * An upstream that behaves like moto: seeded ids, a world that is gone after a restart, and deaths on command. A POST
 * with `Action=Create…` makes an id from the seed and adds it to the world.
 */
export class FakeMoto implements MotoServer {
  port = 0;
  pid: number | undefined;
  starts = 0;
  world: string[] = [];
  readonly received: Received[] = [];
  answer: (request: Received) => Answer = () => undefined;
  private server: Server | undefined;
  private seed: number | undefined;
  private readonly listeners: ((reason: string) => void)[] = [];

  get running(): boolean {
    return this.server !== undefined;
  }

  /** Requests other than the sandbox's own first use of an account. */
  get calls(): Received[] {
    return this.received.filter((received) => !isFirstUse(received));
  }

  async start(): Promise<void> {
    this.starts += 1;
    this.pid = 1000 + this.starts;
    this.world = [];
    const server = createServer((request, response) => void this.handle(request, response));
    server.keepAliveTimeout = 1;
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    this.pid = undefined;
    server?.closeAllConnections();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  /** Ends as by `kill -9`. */
  die(): void {
    const server = this.server;
    this.server = undefined;
    server?.closeAllConnections();
    server?.close();
    for (const listener of this.listeners) listener("ended with SIGKILL");
  }

  onUnexpectedExit(listener: (reason: string) => void): void {
    this.listeners.push(listener);
  }

  logPosition(): number {
    return 0;
  }

  errorSince(): string | undefined {
    return "NotImplementedError: The CreateFoo action has not been implemented";
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = request.url ?? "";
    if (url.startsWith("/moto-api/")) {
      this.seed = Number(new URL(url, "http://moto").searchParams.get("a"));
      response.end();
      return;
    }
    const body = Buffer.concat(chunks).toString();
    const received = { method: request.method ?? "", url, headers: request.rawHeaders, body, seed: this.seed };
    this.received.push(received);
    const answer = isFirstUse(received) ? undefined : this.answer(received);
    if (answer?.die === "before") return this.die();
    const id = /Action=(Create\w+)/.exec(body)?.[1];
    if (id !== undefined && (answer?.status ?? 200) < 400) this.world.push(`${id}-${this.seed}`);
    if (answer?.die === "after") return this.die();
    response.writeHead(answer?.status ?? 200, answer?.headers ?? { "content-type": "text/xml" });
    response.end(answer?.body ?? (id === undefined ? this.world.join(",") : `${id}-${this.seed}`));
  }
}

function isFirstUse({ headers }: Received): boolean {
  return headers.some((value) => value.includes("-sandbox/2026"));
}
